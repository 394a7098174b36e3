package org.spikemeter.runtime.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.filter.EventChanges;
import org.spikemeter.dvs.filter.EventFilters;
import org.spikemeter.dvs.filter.FilteredReader;
import org.spikemeter.dvs.format.EventFormats;
import org.spikemeter.dvs.format.io.EventInput;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options about how a recording of events is read, and what is done to its events. */
final class EventOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--format", paramLabel = "NAME[:VARIANT]", completionCandidates = FormatNames.class,
        description = "Recording: its format (found out from its bytes): ${COMPLETION-CANDIDATES}.")
    private String format;

    @Option(names = "--size", paramLabel = "WxH",
        description = "Recording: size of its sensor, where it does not say it; events outside are left out.")
    private String size;

    @Option(names = "--origin", paramLabel = "first|TIME",
        description = "Recording: the time that becomes 0: that of the first event, or this one, in us or with its"
            + " unit (as recorded).")
    private String origin;

    @Option(names = "--time", paramLabel = "A:B",
        description = "Recording: events from A until before B, by the new origin, in us or with their units (all).")
    private String time;

    @Option(names = "--crop", paramLabel = "X,Y,W,H", description = "Recording: only this part of the sensor.")
    private String crop;

    @Option(names = "--flip", paramLabel = "x|y|xy", description = "Recording: mirror left and right, or up and down.")
    private String flip;

    @Option(names = "--transpose", description = "Recording: swap x and y, after the rest.")
    private boolean transpose;

    @Option(names = "--filter", paramLabel = "NAME:VALUE,...",
        description = "Recording: filters, in the order given: ba:TIME (background activity), refractory:TIME (of"
            + " each pixel), hot:RATE[:WINDOW] (pixels), rate:RATE[:WINDOW] (of all events); TIME and WINDOW with their"
            + " unit (5ms), RATE in events a second (200, 20k, 1M).")
    private String filter;

    /**
     * Opens a recording, with all changes.
     *
     * @throws ParameterException where an option makes no sense
     */
    FilteredReader open(final Path file) throws IOException {
        final EventChanges changes = changes();
        final EventReader reader = format == null ? EventFormats.open(file)
            : value("--format", format, EventFormats::named).open(file);
        try {
            return new FilteredReader(reader, changes);
        } catch (final IllegalArgumentException wrong) {
            reader.close();
            throw wrong;
        }
    }

    /**
     * Reads a recording from a stream, with all changes.
     *
     * @throws ParameterException where an option makes no sense, or no format is given
     */
    FilteredReader open(final EventInput in) throws IOException {
        if (format == null) {
            throw new ParameterException(spec.commandLine(), in.name() + ": expected --format NAME");
        }
        return new FilteredReader(value("--format", format, EventFormats::named).open(in), changes());
    }

    /** The size of the sensor, where it is given. */
    Optional<SensorSize> size() {
        return Optional.ofNullable(value("--size", size, SensorSize::parse));
    }

    /** True where a format was given, so that whatever is read is a recording. */
    boolean hasFormat() {
        return format != null;
    }

    /** True where any option was given. */
    boolean isAnyGiven() {
        return hasMoreThanSize() || size != null;
    }

    /** True where any option but {@code --size} was given. */
    boolean hasMoreThanSize() {
        return format != null || !changes().equals(EventChanges.ofSize(size())) || origin != null;
    }

    /**
     * What is to be done to events.
     *
     * @throws ParameterException where an option makes no sense
     */
    EventChanges changes() {
        return new EventChanges(
            size(),
            origin == null ? EventChanges.Origin.RECORDED : value("--origin", origin, EventChanges.Origin::parse),
            window(),
            Optional.ofNullable(value("--crop", crop, EventChanges.Crop::parse)),
            flip == null ? EventChanges.Flip.NONE : value("--flip", flip, EventChanges.Flip::parse),
            transpose,
            filter == null ? "" : value("--filter", filter, EventOptions::checkedFilters));
    }

    private EventChanges.TimeWindow window() {
        return time == null ? EventChanges.TimeWindow.ALL
            : value("--time", time, EventChanges.TimeWindow::parse);
    }

    private static String checkedFilters(final String filters) {
        EventFilters.parse(filters);
        return filters;
    }

    /** Where the options say when a recording begins: the window of time, or a time that becomes 0. */
    OptionalLong from() {
        if (window().hasFrom()) {
            return OptionalLong.of(window().from());
        }
        return origin != null && !changes().origin().isFirst() ? OptionalLong.of(0) : OptionalLong.empty();
    }

    /** Where the options say when it ends. */
    OptionalLong to() {
        return window().hasTo() ? OptionalLong.of(window().to()) : OptionalLong.empty();
    }

    private <T> T value(final String option, final String text, final Function<String, T> parser) {
        if (text == null) {
            return null;
        }
        try {
            return parser.apply(text);
        } catch (final IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), option + ": " + wrong.getMessage(), wrong);
        }
    }
}
