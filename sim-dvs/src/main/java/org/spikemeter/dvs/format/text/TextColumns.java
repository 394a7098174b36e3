package org.spikemeter.dvs.format.text;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which column is what, and what the time is in.
 *
 * @param roles for each column one of the constants
 * @param unit of time; empty where no name says it
 */
record TextColumns(String roles, Optional<TimeUnit> unit) {
    static final char TIME = 't';
    static final char X = 'x';
    static final char Y = 'y';
    static final char POLARITY = 'p';
    /** A column that does not matter. */
    static final char OTHER = '-';

    /** As files of the Robotics and Perception Group have them. */
    static final TextColumns TIME_FIRST = new TextColumns("txyp", Optional.empty());
    /** As OpenEB has them. */
    static final TextColumns TIME_LAST = new TextColumns("xypt", Optional.empty());

    private static final String NEEDED = "txyp";
    private static final Pattern TIME_NAME =
        Pattern.compile("(?:t|ts|time|timestamps?)(?:[_ ]?[\\[(](\\w+)[\\])]|_(\\w+))?");
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
        for (final String quoted : names) {
            final String name = quoted.replace("\"", "").strip().toLowerCase(Locale.ROOT);
            final Matcher time = TIME_NAME.matcher(name);
            if (time.matches()) {
                final String suffix = time.group(1) != null ? time.group(1) : time.group(2);
                unit = suffix == null ? Optional.empty() : TimeUnit.named(suffix);
                roles.append(suffix == null || unit.isPresent() ? TIME : OTHER);
            } else {
                roles.append(name.equals("x") ? X : name.equals("y") ? Y
                    : POLARITY_NAME.matcher(name).matches() ? POLARITY : OTHER);
            }
        }
        final boolean complete =
            NEEDED.chars().allMatch(role -> roles.chars().filter(each -> each == role).count() == 1);
        return complete ? Optional.of(new TextColumns(roles.toString(), unit)) : Optional.empty();
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
