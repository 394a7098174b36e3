package org.spikemeter.reference;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * Files of others, which are not part of this project: tests that want them are skipped, visibly, where they are not.
 */
public final class Samples {
    private static final String VARIABLE = "SPIKEMETER_SAMPLES";

    private Samples() {
    }

    /** A file below the samples: {@code SPIKEMETER_SAMPLES}, or {@code ../shared/samples} beside the checkout. */
    public static Path path(final String relative) {
        Path folder = Path.of("").toAbsolutePath();
        while (folder.getParent() != null && !Files.isRegularFile(folder.resolve("spikemeter"))) {
            folder = folder.getParent();
        }
        final String given = System.getenv(VARIABLE);
        final Path samples = given != null ? Path.of(given)
            : folder.resolveSibling("shared").resolve("samples");
        final Path file = samples.resolve(relative);
        Assumptions.assumeTrue(Files.exists(file), "no " + file + " (" + VARIABLE + " names the folder of samples)");
        return file;
    }
}
