package org.spikemeter.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spikemeter.reference.ReferenceData;

/** A plain Java program with the engine on its class path and no JVM flag. */
class EmbeddingTest {
    @TempDir
    private Path folder;

    @Test
    void shouldRunTheExampleWithoutAnyFlag() throws IOException, InterruptedException {
        compile("Embed", engine());
        final Programs.Outcome outcome =
            start("Embed", engine(), ReferenceData.path("emotion-plif-sparse/network.json").toString());
        assertEquals(0, outcome.code(), outcome.err());
        assertEquals("", outcome.err());
        final List<String> lines = outcome.lines();
        assertTrue(lines.getFirst().contains("scalar") && lines.getFirst().contains("--add-modules"),
            "one line says what runs and what a flag would add: " + lines.getFirst());
        assertEquals(1 + 7 + 1, lines.size(), outcome.out());
        assertTrue(lines.get(1).matches("plif1 +[1-9][0-9,]* ACC +[1-9][0-9,]* spikes"), lines.get(1));
        assertTrue(lines.getLast().matches("[0-9.]+ uJ"), lines.getLast());
    }

    @Test
    void shouldSayWhichFlagIsMissingWhenVectorsOrRingsAreAskedFor() throws IOException, InterruptedException {
        final Programs.Outcome outcome =
            start(FlaglessProbe.class.getName(), engine(), ReferenceData.path("awkward-net/network.json").toString());
        assertEquals(0, outcome.code(), outcome.err());
        final List<String> lines = outcome.lines();
        assertEquals(2, lines.size(), outcome.out());
        assertTrue(lines.get(0).startsWith("IllegalStateException: ")
            && lines.get(0).contains("--add-modules=jdk.incubator.vector"), lines.get(0));
        assertTrue(lines.get(1).startsWith("IllegalStateException: ")
            && lines.get(1).contains("--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED"), lines.get(1));
        assertFalse(outcome.err().contains("Error"), outcome.err());
    }

    @Test
    void shouldRunTheExampleThatListens() throws IOException, InterruptedException {
        compile("Listen", engine());
        final Programs.Outcome outcome =
            start("Listen", engine(), ReferenceData.path("emotion-plif-sparse/network.json").toString());
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(outcome.out().matches("[1-9][0-9,]* cycles, [1-9][0-9,]* packets, [1-9][0-9,]* words of memory"
            + " traffic, highest address [1-9][0-9,]* in emotion-plif-sparse\\R"), outcome.out());
    }

    @Test
    void shouldRunTheExampleOfARandomNetwork() throws IOException, InterruptedException {
        compile("Brunel", engine());
        final Programs.Outcome outcome = start("Brunel", engine(), "5", "2", "200", "1", "29");
        assertEquals(0, outcome.code(), outcome.err());
        final List<String> lines = outcome.lines();
        assertEquals(2, lines.size(), outcome.out());
        assertTrue(lines.getFirst().matches("[1-9][0-9,]* spikes, [1-9][0-9.]* Hz, [1-9][0-9,]* synaptic events, .*"),
            lines.getFirst());
        final String exact = lines.getFirst().replaceFirst("events, .*", "");
        assertTrue(lines.getLast().startsWith(exact), "the same again: " + outcome.out());
    }

    @Test
    void shouldRunTheExampleOfALivePipeline() throws IOException, InterruptedException {
        final String all = classPath().collect(Collectors.joining(File.pathSeparator));
        compile("Live", all);
        final Programs.Outcome outcome =
            start("Live", all, ReferenceData.path("emotion-plif-sparse/network.json").toString(), "2");
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(outcome.lines().getFirst().startsWith("page     http://127.0.0.1:"), outcome.out());
        assertTrue(outcome.lines().stream().anyMatch(line -> line.matches("step [0-9,]+: (positive|negative|tie)")),
            outcome.out());
        assertTrue(outcome.out().matches("(?s).* events and 200 steps in .*"), outcome.out());
        assertTrue(outcome.lines().getLast().matches(
            "accepted ([0-9,]+) events: processed \\1, dropped 0 \\(in 0 batches\\), abandoned 0"), outcome.out());
    }

    private void compile(final String example, final String libraries) {
        final Path source = Programs.root().resolve("docs/examples").resolve(example + ".java");
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, "-Xlint:all,-path", "-Werror",
            "-cp", libraries, "-d", folder.toString(), source.toString()), example + " compiles");
    }

    private Programs.Outcome start(final String program, final String libraries, final String... arguments)
        throws IOException, InterruptedException {
        final String testClasses = classPath().filter(entry -> entry.endsWith("test-classes"))
            .collect(Collectors.joining(File.pathSeparator));
        final List<String> command = new ArrayList<>(List.of(Programs.java(), "-cp",
            String.join(File.pathSeparator, folder.toString(), libraries, testClasses), program));
        command.addAll(List.of(arguments));
        return Programs.process(folder, new ProcessBuilder(command));
    }

    /** The engine and what it needs, and nothing else. */
    private static String engine() {
        final String engine = classPath()
            .filter(entry -> entry.matches(".*[/\\\\](engine[/\\\\]target[/\\\\].*|(agrona|jackson)-[^/\\\\]*\\.jar)"))
            .collect(Collectors.joining(File.pathSeparator));
        assertTrue(engine.contains("agrona") && engine.contains("jackson-databind"), engine);
        return engine;
    }

    private static Stream<String> classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator));
    }
}
