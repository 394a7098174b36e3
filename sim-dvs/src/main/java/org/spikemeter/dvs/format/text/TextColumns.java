package org.spikemeter.dvs.format.text;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.spikemeter.dvs.event.SensorSize;

/**
 * Which column is what, and what the time is in.
 *
 * @param roles for each column one of the constants
 * @param unit of time; empty where no name says it
 * @param size of the sensor; empty where the names of x and y do not say it
 */
record TextColumns(String roles, Optional<TimeUnit> unit, Optional<SensorSize> size) {
    static final char TIME = 't';
    static final char X = 'x';
    static final char Y = 'y';
    static final char POLARITY = 'p';
    /** A column that does not matter. */
    static final char OTHER = '-';

    /** As files of the Robotics and Perception Group have them. */
    static final TextColumns TIME_FIRST = new TextColumns("txyp", Optional.empty(), Optional.empty());
    /** As OpenEB has them. */
    static final TextColumns TIME_LAST = new TextColumns("xypt", Optional.empty(), Optional.empty());

    private static final String NEEDED = "txyp";
    private static final Pattern TIME_ALONE = Pattern.compile("t|ts|time|timestamps?");
    private static final Pattern TIME_WITH_UNIT =
        Pattern.compile("(?:" + TIME_ALONE + ")(?:[_ ]?[\\[(](\\w+)[\\])]|_(\\w+))");
    private static final Pattern COORDINATE_NAME = Pattern.compile("[xy](?:@\\d{1,5})?");
    private static final Pattern POLARITY_NAME = Pattern.compile("p|pol|polarity|on");

    /** A unit, by how far the point moves to the right until it is microseconds. */
    enum TimeUnit {
        SECONDS(6, "s|secs?|seconds?"),
        MILLIS(3, "ms|millis|milliseconds?"),
        MICROS(0, "us|usecs?|micros|microseconds?"),
        NANOS(-3, "ns|nsecs?|nanos|nanoseconds?");

        private final int decimals;
        private final Pattern names;

        TimeUnit(final int decimals, final String names) {
            this.decimals = decimals;
            this.names = Pattern.compile(names);
        }

        int decimals() {
            return decimals;
        }

        private static Optional<TimeUnit> named(final String name) {
            for (final TimeUnit unit : values()) {
                if (unit.names.matcher(name).matches()) {
                    return Optional.of(unit);
                }
            }
            return Optional.empty();
        }
    }

    /**
     * Columns by their names.
     *
     * @return empty where one that is needed is missing or there twice, or the unit is not known
     */
    static Optional<TextColumns> named(final String... names) {
        final StringBuilder roles = new StringBuilder();
        Optional<TimeUnit> unit = Optional.empty();
        final int[] sides = new int[2];
        for (final String quoted : names) {
            final String name = quoted.replace("\"", "").strip().toLowerCase(Locale.ROOT);
            final char role = role(name);
            roles.append(role);
            if (role == TIME) {
                unit = unit(name);
            } else if (role == X || role == Y) {
                sides[role - X] = name.length() == 1 ? 0 : Integer.parseInt(name.substring(2));
            }
        }
        final boolean isComplete =
            NEEDED.chars().allMatch(role -> roles.chars().filter(each -> each == role).count() == 1);
        final Optional<SensorSize> size = SensorSize.of(sides[0], sides[1]);
        return isComplete ? Optional.of(new TextColumns(roles.toString(), unit, size)) : Optional.empty();
    }

    private static char role(final String name) {
        if (COORDINATE_NAME.matcher(name).matches()) {
            return name.charAt(0);
        }
        if (TIME_ALONE.matcher(name).matches() || unit(name).isPresent()) {
            return TIME;
        }
        return POLARITY_NAME.matcher(name).matches() ? POLARITY : OTHER;
    }

    /** What stands behind the name of the time. */
    private static Optional<TimeUnit> unit(final String name) {
        final Matcher parts = TIME_WITH_UNIT.matcher(name);
        return parts.matches() ? TimeUnit.named(parts.group(1) != null ? parts.group(1) : parts.group(2))
            : Optional.empty();
    }

    /** True where all fields could be names. */
    static boolean areNames(final String... fields) {
        for (final String field : fields) {
            if (field.isEmpty() || !Character.isLetter(field.charAt(0)) && "_\"".indexOf(field.charAt(0)) < 0) {
                return false;
            }
        }
        return true;
    }
}
