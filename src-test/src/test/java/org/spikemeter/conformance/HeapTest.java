package org.spikemeter.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reference network, from video to label, in a JVM of its own with little heap. */
class HeapTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"300m", "128m"})
    void shouldFindTheLabelWhenHeapIsSmall(final String heap) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(argument -> argument.startsWith("--"))
            .forEach(command::add);
        command.addAll(List.of("-Xmx" + heap, "-cp", System.getProperty("java.class.path"),
            HeapProbe.class.getName()));
        final Path output = folder.resolve("output.txt");
        final Path errors = folder.resolve("errors.txt");
        final Process process = new ProcessBuilder(command)
            .redirectOutput(output.toFile()).redirectError(errors.toFile()).start();
        try {
            assertTrue(process.waitFor(2, TimeUnit.MINUTES), "still runs");
        } finally {
            process.destroyForcibly();
        }
        assertEquals(0, process.exitValue(), Files.readString(errors));
        assertEquals("positive", Files.readString(output).strip());
    }
}
