package org.spikemeter.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The direction of dependencies, and which package may use which library; see docs/architecture.md. */
@AnalyzeClasses(packages = "org.spikemeter", importOptions = ImportOption.DoNotIncludeTests.class)
final class DependencyTest {
    @ArchTest
    static final ArchRule ENGINE_STANDS_ALONE = classes().that().resideInAPackage("org.spikemeter.engine..")
        .should().onlyDependOnClassesThat().resideInAnyPackage(
            "org.spikemeter.engine..", "java..", "jdk.incubator.vector..", "org.agrona..", "tools.jackson..",
            "io.jhdf..", "ai.onnx..", "com.google.protobuf..")
        .because("a study that embeds the engine takes no sensor, no video and no command line along");

    @ArchTest
    static final ArchRule SENSOR_KNOWS_ONLY_THE_ENGINE = classes().that().resideInAPackage("org.spikemeter.dvs..")
        .should().onlyDependOnClassesThat().resideInAnyPackage(
            "org.spikemeter.dvs..", "org.spikemeter.engine..", "java..", "javax.imageio..", "javax.xml.stream..",
            "org.bytedeco..", "net.jpountz..", "com.github.luben..", "io.jhdf..");

    @ArchTest
    static final ArchRule COMPRESSION_ONLY_IN_FORMATS = noClasses().that()
        .resideOutsideOfPackage("org.spikemeter.dvs.format..")
        .should().dependOnClassesThat().resideInAnyPackage("net.jpountz..", "com.github.luben..");

    @ArchTest
    static final ArchRule VECTORS_ONLY_IN_KERNELS = noClasses().that()
        .resideOutsideOfPackage("org.spikemeter.engine.kernel..")
        .should().dependOnClassesThat().resideInAPackage("jdk.incubator..")
        .because("everything else must load in a JVM without the incubating module");

    @ArchTest
    static final ArchRule RINGS_ONLY_IN_AER_AND_SIMULATE = noClasses().that()
        .resideOutsideOfPackages("org.spikemeter.engine.aer..", "org.spikemeter.engine.simulate..")
        .should().dependOnClassesThat().resideInAPackage("org.agrona..");

    @ArchTest
    static final ArchRule JSON_ONLY_AT_THE_EDGES = noClasses().that()
        .resideOutsideOfPackages("org.spikemeter.engine.importer..", "org.spikemeter.engine.energy..",
            "org.spikemeter.engine.io..", "org.spikemeter.runtime..")
        .should().dependOnClassesThat().resideInAPackage("tools.jackson..");

    @ArchTest
    static final ArchRule PROTOBUF_ONLY_IN_ONNX = noClasses().that()
        .resideOutsideOfPackage("org.spikemeter.engine.importer.onnx..")
        .should().dependOnClassesThat().resideInAnyPackage("ai.onnx..", "com.google.protobuf..");

    @ArchTest
    static final ArchRule HDF5_ONLY_IN_NIR_AND_RECORDINGS = noClasses().that()
        .resideOutsideOfPackages("org.spikemeter.engine.importer.nir..", "org.spikemeter.dvs.format.hdf5..")
        .should().dependOnClassesThat().resideInAPackage("io.jhdf..");

    @ArchTest
    static final ArchRule VIDEO_ONLY_IN_FRAMES = noClasses().that()
        .resideOutsideOfPackage("org.spikemeter.dvs.frame..")
        .should().dependOnClassesThat().resideInAPackage("org.bytedeco..");

    @ArchTest
    static final ArchRule COMMAND_LINE_ONLY_IN_CLI = noClasses().that()
        .resideOutsideOfPackage("org.spikemeter.runtime.cli..")
        .should().dependOnClassesThat().resideInAPackage("picocli..");

    @ArchTest
    static final ArchRule NO_UNSAFE = noClasses().should().dependOnClassesThat()
        .resideInAnyPackage("sun.misc..", "jdk.internal..", "org.jctools.queues", "org.jctools.queues.atomic..")
        .because("JCTools' varhandle queues do the same without Unsafe");

    @ArchTest
    static final ArchRule NO_CYCLES_OF_PACKAGES =
        slices().matching("org.spikemeter.(**)").should().beFreeOfCycles();

    private DependencyTest() {
    }
}
