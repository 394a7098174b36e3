package org.spikemeter.dvs.filter;

import java.util.ArrayList;
import java.util.List;

/** The filters that can be asked for by name: {@code ba:5ms,refractory:1ms}. */
public final class EventFilters {
    private static final String NAMES = "ba:TIME, refractory:TIME, hot:RATE[:WINDOW], rate:RATE[:WINDOW]";

    private EventFilters() {
    }

    /**
     * Makes filters, new ones each time, for events of no recording.
     *
     * @param text names with values, separated by commas
     * @return in the order in which they are to be applied
     * @throws IllegalArgumentException where one is not known or has no such value; the message says what is possible
     */
    public static List<CountingFilter> parse(final String text) {
        return parse(text, "events");
    }

    /** The same, for a recording, which messages call by its name. */
    static List<CountingFilter> parse(final String text, final String name) {
        final PixelMemory memory = new PixelMemory(name);
        final List<CountingFilter> filters = new ArrayList<>();
        for (final String part : text.split(",", -1)) {
            filters.add(filter(part.strip(), memory));
        }
        return filters;
    }

    private static CountingFilter filter(final String text, final PixelMemory memory) {
        final String[] parts = text.split(":", -1);
        try {
            return switch (parts[0]) {
                case "ba" -> new BackgroundActivityFilter(Quantities.parseDuration(value(parts, 1)), memory);
                case "refractory" -> new RefractoryFilter(Quantities.parseDuration(value(parts, 1)), memory);
                case "hot" -> new HotPixelFilter(Quantities.parseCount(value(parts, 2)),
                    window(parts, HotPixelFilter.DEFAULT_WINDOW_MICROS), memory);
                case "rate" -> new RateFilter(Quantities.parseCount(value(parts, 2)),
                    window(parts, RateFilter.DEFAULT_WINDOW_MICROS));
                default -> throw new IllegalArgumentException("no filter of this name");
            };
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException("filter '" + text + "': " + e.getMessage() + " (filters are " + NAMES
                + ")", e);
        }
    }

    private static String value(final String[] parts, final int most) {
        if (parts.length < 2 || parts.length > most + 1) {
            throw new IllegalArgumentException(parts.length < 2 ? "has no value" : "has too many values");
        }
        return parts[1];
    }

    private static long window(final String[] parts, final long byDefault) {
        return parts.length > 2 ? Quantities.parseDuration(parts[2]) : byDefault;
    }
}
