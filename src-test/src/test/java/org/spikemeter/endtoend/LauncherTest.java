package org.spikemeter.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.spikemeter.reference.ReferenceData;

/**
 * The launcher, in a home of its own with spaces in its path, with what the build made and a Maven that only notes how
 * it was called: the real one would build again under the feet of this test.
 */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherTest {
    private static final String INCUBATOR = "WARNING: Using incubator modules: jdk.incubator.vector\n";
    private static final List<String> TOOLS = List.of("sh", "dirname", "readlink", "sed", "find", "head", "rm", "rmdir",
        "touch", "mkdir", "cat", "mv", "sleep", "ln", "uname");

    @TempDir
    private Path folder;
    private Path home;
    private Path tools;
    private Path source;
    private String javaHome = System.getProperty("java.home");
    private String options = "";

    @BeforeEach
    void layOut() throws IOException {
        home = folder.resolve("a home");
        final Path target = home.resolve("runtime/target");
        Files.createDirectories(target);
        final Path built = Programs.root().resolve("runtime/target");
        for (final String file : List.of("spikemeter-runtime.jar", "jvm.options")) {
            Files.copy(built.resolve(file), target.resolve(file));
        }
        Files.createSymbolicLink(home.resolve("lib of the build"), built.resolve("lib"));
        Files.copy(Programs.root().resolve("spikemeter"), home.resolve("spikemeter"),
            StandardCopyOption.COPY_ATTRIBUTES);
        source = home.resolve("engine/src/main/Source.java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, "");
        tools = folder.resolve("tools");
        Files.createDirectory(tools);
        for (final String tool : TOOLS) {
            Files.createSymbolicLink(tools.resolve(tool), find(tool));
        }
    }

    private static Path find(final String tool) {
        return Arrays.stream(System.getenv("PATH").split(":")).map(entry -> Path.of(entry, tool))
            .filter(Files::isExecutable).findFirst().orElseThrow(() -> new AssertionError("no " + tool));
    }

    private void addMaven(final String script) throws IOException {
        final Path maven = tools.resolve("mvn");
        Files.writeString(maven, "#!/bin/sh\necho \"$@\" >> \"$PWD/maven.log\"\n" + script + "\n");
        Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void addWorkingMaven() throws IOException {
        addMaven("ln -s \"$PWD/lib of the build\" runtime/target/lib");
    }

    private Programs.Outcome launch(final Path from, final String launcher, final String... arguments)
        throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of(launcher));
        command.addAll(List.of(arguments));
        final ProcessBuilder builder = new ProcessBuilder(command).directory(from.toFile());
        builder.environment().put("PATH", tools.toString());
        builder.environment().put("JAVA_HOME", javaHome);
        builder.environment().put("SPIKEMETER_OPTS", options);
        return Programs.process(folder, builder);
    }

    /** A Java that notes and fails what makes the cache. */
    private void addJavaWithoutCache() throws IOException {
        final Path jdk = folder.resolve("jdk");
        Files.createDirectories(jdk.resolve("bin"));
        Files.copy(Path.of(javaHome, "release"), jdk.resolve("release"));
        final Path java = jdk.resolve("bin/java");
        Files.writeString(java, "#!/bin/sh\ncase \"$*\" in *-XX:AOTMode*) echo tried >> '" + folder
            + "/tries.log'; echo noise; echo noise >&2; exit 1 ;; esac\nexec '" + Programs.java() + "' \"$@\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        javaHome = jdk.toString();
    }

    private int builds() throws IOException {
        final Path log = home.resolve("maven.log");
        return Files.exists(log) ? Files.readAllLines(log).size() : 0;
    }

    @Test
    void shouldBuildOnFirstUseAndWhenSourcesAreNewer() throws IOException, InterruptedException {
        addWorkingMaven();
        final Programs.Outcome first = launch(home, "./spikemeter", "--version");
        assertEquals(0, first.code(), first.err());
        assertEquals("spikemeter 0.1.0\n", first.out());
        assertEquals(1, builds());
        assertTrue(Files.readString(home.resolve("maven.log")).contains("-DskipTests -pl runtime -am package"));

        assertEquals(0, launch(home, "./spikemeter", "--version").code());
        assertEquals(1, builds(), "nothing has changed");

        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        assertEquals(0, launch(home, "./spikemeter", "--version").code());
        assertEquals(2, builds(), "a source is newer");
    }

    @Test
    void shouldTakeRelativePathsAndSpacesWhenStartedThroughALinkFromAnotherFolder()
        throws IOException, InterruptedException {
        addWorkingMaven();
        final Path elsewhere = Files.createDirectory(folder.resolve("else where"));
        Files.copy(ReferenceData.path("emotion-plif/clips/clip-9003.mp4"), elsewhere.resolve("a clip.mp4"));
        Files.createSymbolicLink(elsewhere.resolve("meter"), home.resolve("spikemeter"));
        final Programs.Outcome outcome =
            launch(elsewhere, "./meter", "run", "a clip.mp4", "--json", "the result.json", "--threads", "2");
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(outcome.out().contains("positive"), outcome.out());
        assertTrue(Files.readString(elsewhere.resolve("the result.json")).contains("spikemeter-run/1"));
    }

    @Test
    void shouldPassTheExitCodeOn() throws IOException, InterruptedException {
        addWorkingMaven();
        assertEquals(2, launch(home, "./spikemeter", "run", "--no-such-option").code());
        final Programs.Outcome failed = launch(home, "./spikemeter", "run", "no such clip.mp4");
        assertEquals(1, failed.code());
        assertTrue(failed.err().contains("no such clip.mp4"), failed.err());
    }

    @Test
    void shouldSayWhatItFoundWhenNoJavaIsNewEnough() throws IOException, InterruptedException {
        final Path launcher = home.resolve("spikemeter");
        Files.writeString(launcher, Files.readString(launcher).replace("need=25", "need=99"));
        final Programs.Outcome outcome = launch(home, "./spikemeter", "run");
        assertEquals(1, outcome.code());
        assertTrue(outcome.err().startsWith("spikemeter: no JDK 99 or later was found"), outcome.err());
        assertTrue(outcome.err().contains("Java " + Runtime.version().feature() + " in "), outcome.err());
    }

    @Test
    void shouldSayWhatToInstallWhenThereIsNoMaven() throws IOException, InterruptedException {
        final Programs.Outcome outcome = launch(home, "./spikemeter", "run");
        assertEquals(1, outcome.code());
        assertTrue(outcome.err().contains("Maven was not found: install Maven 3.8 or later"), outcome.err());
    }

    @Test
    void shouldFailAndBuildAgainNextTimeWhenTheBuildFails() throws IOException, InterruptedException {
        addMaven("exit 1");
        final Programs.Outcome outcome = launch(home, "./spikemeter", "run");
        assertEquals(1, outcome.code());
        assertTrue(outcome.err().endsWith("spikemeter: the build failed\n"), outcome.err());
        assertFalse(Files.exists(home.resolve(".spikemeter-build.lock")), "the lock is given back");
        addWorkingMaven();
        assertEquals(0, launch(home, "./spikemeter", "--version").code());
        assertEquals(2, builds());
    }

    @Test
    void shouldCacheItsStartWithTheBuild() throws IOException, InterruptedException {
        addWorkingMaven();
        assertEquals(INCUBATOR, messages(launch(home, "./spikemeter", "--version")));
        assertTrue(Files.size(cache()) > 0);
        try (Stream<Path> files = Files.list(cache().getParent())) {
            assertTrue(files.noneMatch(file -> file.toString().contains(".part")), "nothing else is left");
        }
        options = "-Xlog:class+load:stderr";
        final Programs.Outcome run = launch(home, "./spikemeter", "run");
        assertEquals(0, run.code(), run.err());
        assertTrue(run.err().contains("org.spikemeter.engine.simulate.Simulator source: shared objects file"));
    }

    @Test
    void shouldSayNothingOfACacheThatIsMissingOrDamaged() throws IOException, InterruptedException {
        addWorkingMaven();
        final Programs.Outcome cached = launch(home, "./spikemeter", "run");
        assertEquals(0, cached.code(), cached.err());
        final byte[] whole = Files.readAllBytes(cache());
        final byte[] overwritten = whole.clone();
        Arrays.fill(overwritten, whole.length / 2, whole.length / 2 + 100_000, (byte) 77);
        Files.delete(cache());
        assertSilentAndEqual(cached);
        for (final byte[] damaged : List.of(new byte[0], new byte[1000], Arrays.copyOf(whole, whole.length / 2),
            overwritten)) {
            Files.write(cache(), damaged);
            assertSilentAndEqual(cached);
        }
        assertEquals(1, builds());
    }

    private void assertSilentAndEqual(final Programs.Outcome expected) throws IOException, InterruptedException {
        final Programs.Outcome outcome = launch(home, "./spikemeter", "run");
        assertEquals(0, outcome.code(), outcome.err());
        assertEquals(expected.out(), outcome.out());
        assertEquals(INCUBATOR, outcome.err());
    }

    @Test
    void shouldTakeFlagsThatTheCacheDoesNotFit() throws IOException, InterruptedException {
        addWorkingMaven();
        assertEquals(0, launch(home, "./spikemeter", "--version").code());
        for (final String flag : List.of("-Xmx1g", "-XX:+UseG1GC", "-XX:-UseCompressedOops", "-Xshare:off")) {
            options = flag;
            final Programs.Outcome outcome = launch(home, "./spikemeter", "--version");
            assertEquals("spikemeter 0.1.0\n", outcome.out(), flag);
            assertEquals(INCUBATOR, outcome.err(), flag);
        }
        options = "-XX:AOTCache=none.aot";
        final Programs.Outcome missing = launch(home, "./spikemeter", "--version");
        assertEquals("spikemeter 0.1.0\n", missing.out());
        assertTrue(missing.err().contains("AOT cache"), "a cache that the user names is not passed over in silence");
        options = "-Xmx1";
        final Programs.Outcome refused = launch(home, "./spikemeter", "--version");
        assertEquals(1, refused.code());
        assertEquals("", refused.out(), "what the JVM says is no result");
        assertTrue(refused.err().contains("Too small maximum heap"), refused.err());
    }

    @Test
    void shouldDoWithoutACacheThatCannotBeMade() throws IOException, InterruptedException {
        addWorkingMaven();
        addJavaWithoutCache();
        for (int start = 0; start < 2; start++) {
            final Programs.Outcome outcome = launch(home, "./spikemeter", "--version");
            assertEquals(0, outcome.code(), outcome.err());
            assertEquals("spikemeter 0.1.0\n", outcome.out());
            assertEquals(INCUBATOR, messages(outcome));
        }
        assertFalse(Files.exists(cache()));
        assertEquals(List.of("tried"), Files.readAllLines(folder.resolve("tries.log")), "not with every start");
    }

    private Path cache() {
        return home.resolve("runtime/target/spikemeter.aot");
    }

    /** What stands on standard error but for the line of the launcher that it builds. */
    private static String messages(final Programs.Outcome outcome) {
        return outcome.err().lines().filter(line -> !line.startsWith("spikemeter: building"))
            .collect(Collectors.joining("\n", "", "\n"));
    }
}
