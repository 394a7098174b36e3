package org.spikemeter.dvs.binning;

import org.spikemeter.dvs.filter.Quantities;

/** Which events of a recording make one step. */
public sealed interface Binning {
    /**
     * Steps of a fixed length; a step may have no event.
     *
     * @param micros length, at least 1
     */
    record Time(long micros) implements Binning {
        @Override
        public String toString() {
            return "time:" + Quantities.duration(micros);
        }
    }

    /**
     * Steps of a fixed number of events, in the order in which they are stored; the last one may have fewer.
     *
     * @param events at least 1
     */
    record Count(long events) implements Binning {
        @Override
        public String toString() {
            return "count:" + Quantities.count(events);
        }
    }

    /**
     * A fixed number of steps, all of the same length. As SpikingJelly's {@code frames_number} by time: from the first
     * to the last event, divided without a remainder, which the last step takes. (SpikingJelly ends with an error
     * where a step has no event, and here it is an empty step.)
     *
     * @param parts number of steps, at least 1
     */
    record Parts(int parts) implements Binning {
        @Override
        public String toString() {
            return "parts:" + parts;
        }
    }

    /** A step from each image frame of the recording to the next one. */
    record Frames() implements Binning {
        @Override
        public String toString() {
            return "frames";
        }
    }

    /**
     * From text: {@code time:10ms}, {@code count:5k}, {@code parts:16}, {@code frames}.
     *
     * @throws IllegalArgumentException where it is none of them
     */
    static Binning parse(final String text) {
        final int colon = text.indexOf(':');
        final String name = colon < 0 ? text : text.substring(0, colon);
        final String value = colon < 0 ? "" : text.substring(colon + 1);
        try {
            return switch (name) {
                case "time" -> new Time(Quantities.parseDuration(value));
                case "count" -> new Count(Quantities.parseCount(value));
                case "parts" -> new Parts(Math.toIntExact(Quantities.parseCount(value)));
                case "frames" -> frames(colon);
                default -> throw new IllegalArgumentException("expected time:T, count:N, parts:N or frames");
            };
        } catch (final IllegalArgumentException | ArithmeticException e) {
            throw new IllegalArgumentException("'" + text + "': " + e.getMessage(), e);
        }
    }

    private static Binning frames(final int colon) {
        if (colon >= 0) {
            throw new IllegalArgumentException("frames takes no value");
        }
        return new Frames();
    }
}
