package org.spikemeter.runtime.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.spikemeter.engine.io.AtomicFile;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Where results go: text on standard output, JSON into a file, or JSON alone on standard output. */
final class JsonOption {
    private static final String STANDARD_OUTPUT = "-";

    @Option(names = "--json", paramLabel = "FILE",
        description = "Write the results as JSON; - writes JSON, and nothing else, to standard output.")
    private String target;

    /** Fails early where the file could not be written. */
    void check() throws IOException {
        if (target != null && !isStandardOutput()) {
            AtomicFile.requireWritable(Path.of(target));
        }
    }

    /** True where JSON is wanted. */
    boolean isGiven() {
        return target != null;
    }

    /** The file that is written; null where there is none. */
    Path file() {
        return target == null || isStandardOutput() ? null : Path.of(target);
    }

    /** True where JSON goes into this file. */
    boolean isFile(final Path file) {
        return target != null && !isStandardOutput()
            && Path.of(target).toAbsolutePath().normalize().equals(file.toAbsolutePath().normalize());
    }

    private boolean isStandardOutput() {
        return STANDARD_OUTPUT.equals(target);
    }

    /** Prints and writes. */
    void publish(final PrintWriter out, final List<String> text, final ObjectNode json) throws IOException {
        final String document = JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
        if (isStandardOutput()) {
            out.print(document);
        } else {
            if (target != null) {
                AtomicFile.write(Path.of(target), file -> file.write(document.getBytes(StandardCharsets.UTF_8)));
            }
            text.forEach(out::println);
        }
        out.flush();
    }
}
