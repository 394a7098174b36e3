package org.spikemeter.dvs.filter;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.SensorSize;

/**
 * What is done to the events of a recording, in this order: what lies outside the size is left out, the origin of time
 * moves, the window of time is cut, the crop, mirrored, transposed; then the filters, in theirs.
 *
 * @param size of the sensor, where the recording does not say it, or not the right one
 * @param origin which time becomes 0
 * @param time window of times that stay, by the new origin
 * @param crop the part of the sensor that stays
 * @param flip which way it is mirrored, within the crop
 * @param transpose whether x and y are swapped, at last
 * @param filters as {@link EventFilters#parse} takes them; empty for none
 */
public record EventChanges(
    Optional<SensorSize> size, Origin origin, TimeWindow time, Optional<Crop> crop, Flip flip, boolean transpose,
    String filters) {
    /** Nothing is done. */
    public static final EventChanges NONE = ofSize(Optional.empty());

    /**
     * Checks the filters.
     *
     * @throws IllegalArgumentException as {@link EventFilters#parse}
     */
    public EventChanges {
        if (!filters.isEmpty()) {
            EventFilters.parse(filters);
        }
    }

    /** Nothing is done, but for what lies outside a size. */
    public static EventChanges ofSize(final Optional<SensorSize> size) {
        return new EventChanges(size, Origin.RECORDED, TimeWindow.ALL, Optional.empty(), Flip.NONE, false, "");
    }

    /** The area of the events afterwards, as far as the changes alone say: the crop, or the size, turned. */
    public Optional<SensorSize> area() {
        return crop.map(Crop::size).or(() -> size)
            .map(sides -> transpose ? new SensorSize(sides.height(), sides.width()) : sides);
    }

    /**
     * Which time becomes 0.
     *
     * @param isFirst true for that of the first event that is stored and in the sensor's area, where that is given
     * @param micros else this one
     */
    public record Origin(boolean isFirst, long micros) {
        /** Times stay as they are. */
        public static final Origin RECORDED = new Origin(false, 0);
        /** The first event becomes 0. */
        public static final Origin FIRST = new Origin(true, 0);

        /**
         * From text: {@code first}, or a time.
         *
         * @throws IllegalArgumentException where it is neither
         */
        public static Origin parse(final String text) {
            return text.equals("first") ? FIRST : new Origin(false, Quantities.parseMoment(text));
        }

        @Override
        public String toString() {
            return isFirst ? "first" : Quantities.duration(micros);
        }
    }

    /**
     * A window of times.
     *
     * @param from the first one, in microseconds; the smallest long for none
     * @param to the one behind the last; the largest long for none
     */
    public record TimeWindow(long from, long to) {
        /** All times. */
        public static final TimeWindow ALL = new TimeWindow(Long.MIN_VALUE, Long.MAX_VALUE);

        /**
         * From text: {@code A:B}, either of which may be left out.
         *
         * @throws IllegalArgumentException where it is none, or an empty one
         */
        public static TimeWindow parse(final String text) {
            final String[] parts = text.split(":", -1);
            if (parts.length != 2) {
                throw new IllegalArgumentException("'" + text + "': expected A:B, such as 0:1.5s, 200ms: or :2s");
            }
            final TimeWindow window = new TimeWindow(
                parts[0].isEmpty() ? ALL.from : Quantities.parseMoment(parts[0]),
                parts[1].isEmpty() ? ALL.to : Quantities.parseMoment(parts[1]));
            if (window.from >= window.to) {
                throw new IllegalArgumentException("'" + text + "': expected the second time behind the first");
            }
            return window;
        }

        /** True where it has a beginning. */
        public boolean hasFrom() {
            return from != ALL.from;
        }

        /** True where it has an end. */
        public boolean hasTo() {
            return to != ALL.to;
        }

        @Override
        public String toString() {
            return (hasFrom() ? Quantities.duration(from) : "") + ":" + (hasTo() ? Quantities.duration(to) : "");
        }
    }

    /**
     * A rectangle of the sensor, which becomes a sensor of its own.
     *
     * @param x column of its left side
     * @param y row of its upper side
     * @param width columns
     * @param height rows
     */
    public record Crop(int x, int y, int width, int height) {
        private static final Pattern TEXT = Pattern.compile("(\\d{1,9}),(\\d{1,9}),(\\d{1,9}),(\\d{1,9})");

        /**
         * Checks that some sensor can have it.
         *
         * @throws IllegalArgumentException where none can
         */
        public Crop {
            if (x < 0 || y < 0 || !SensorSize.isPossible(width, height)
                || !SensorSize.isPossible((long) x + width, (long) y + height)) {
                throw new IllegalArgumentException("crop of " + width + " x " + height + " pixels at x " + x + ", y "
                    + y + ": expected it within " + EventWord.MAX_SIDE + " x " + EventWord.MAX_SIDE);
            }
        }

        /**
         * From text: {@code X,Y,W,H}.
         *
         * @throws IllegalArgumentException where it is none
         */
        public static Crop parse(final String text) {
            final Matcher numbers = TEXT.matcher(text);
            if (!numbers.matches()) {
                throw new IllegalArgumentException("'" + text + "': expected X,Y,W,H, such as 40,20,128,128");
            }
            return new Crop(Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)),
                Integer.parseInt(numbers.group(3)), Integer.parseInt(numbers.group(4)));
        }

        /** Its size. */
        public SensorSize size() {
            return new SensorSize(width, height);
        }

        boolean isIn(final SensorSize sensor) {
            return x + width <= sensor.width() && y + height <= sensor.height();
        }

        @Override
        public String toString() {
            return x + "," + y + "," + width + "," + height;
        }
    }

    /** Which way places are mirrored. */
    public enum Flip {
        /** Not at all. */
        NONE,
        /** Left and right change places. */
        X,
        /** Top and bottom change places. */
        Y,
        /** Both: turned by half a turn. */
        XY;

        /**
         * From text: {@code x}, {@code y} or {@code xy}.
         *
         * @throws IllegalArgumentException where it is none
         */
        public static Flip parse(final String text) {
            return switch (text) {
                case "x" -> X;
                case "y" -> Y;
                case "xy" -> XY;
                default -> throw new IllegalArgumentException("'" + text + "': expected x, y or xy");
            };
        }

        boolean x() {
            return this == X || this == XY;
        }

        boolean y() {
            return this == Y || this == XY;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
