package org.spikemeter.runtime.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.format.EventFormats;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options about how a recording of events is read. */
final class EventOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--format", paramLabel = "NAME[:VARIANT]",
        description = "Format of the recording (found out from its bytes).")
    private String format;

    /**
     * Opens a recording.
     *
     * @throws ParameterException where an option makes no sense
     */
    EventReader open(final Path file) throws IOException {
        if (format == null) {
            return EventFormats.open(file);
        }
        try {
            return EventFormats.named(format).open(file);
        } catch (final IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), "--format: " + wrong.getMessage(), wrong);
        }
    }
}
