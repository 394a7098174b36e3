package org.spikemeter.endtoend;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.spikemeter.runtime.cli.Spikemeter;

/** Runs commands in this JVM, and programs in processes of their own. */
final class Programs {
    /** What a program did. */
    record Outcome(int code, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }
    }

    private Programs() {
    }

    /** A command of Spikemeter. */
    static Outcome spikemeter(final Object... arguments) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final int code = Spikemeter.execute(new PrintWriter(out), new PrintWriter(err, true),
            Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
        return new Outcome(code, out.toString(), err.toString());
    }

    /** A command of Spikemeter in a JVM of its own, which has the flags of this one and some more. */
    static ProcessBuilder ownJvm(final List<String> flags, final Object... arguments) {
        final List<String> command = new ArrayList<>(List.of(java()));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(argument -> argument.startsWith("--"))
            .forEach(command::add);
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Spikemeter.class.getName()));
        Arrays.stream(arguments).map(Object::toString).forEach(command::add);
        return new ProcessBuilder(command);
    }

    /** A process, to its end; its output goes through files in a folder. */
    static Outcome process(final Path folder, final ProcessBuilder builder) throws IOException, InterruptedException {
        final Path out = folder.resolve("process-out.txt");
        final Path err = folder.resolve("process-err.txt");
        final Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        try {
            assertTrue(process.waitFor(2, TimeUnit.MINUTES), () -> "still runs: " + builder.command());
        } finally {
            process.destroyForcibly();
        }
        return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /** The java of this JVM. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The root of the repository. */
    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(folder.resolve("spikemeter"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
