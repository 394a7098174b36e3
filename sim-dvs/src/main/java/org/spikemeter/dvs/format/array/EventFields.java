package org.spikemeter.dvs.format.array;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an event is made of, each part of it being something: a field of records, an array of an archive, a column.
 *
 * @param <V> what the parts are
 */
public record EventFields<V>(V t, V x, V y, V p) {
    /** Names that others give to them (tonic, expelliarmus, DSEC, event_utils, M3ED), the usual ones first. */
    private static final List<String> TIMES = List.of("t", "ts", "timestamp", "timestamps", "time", "times");
    private static final List<String> COLUMNS = List.of("x", "xs");
    private static final List<String> ROWS = List.of("y", "ys");
    private static final List<String> POLARITIES =
        List.of("p", "ps", "pol", "pols", "polarity", "polarities", "on");

    /** Part of a message: what the names should have been. */
    public static final String EXPECTED = "t, x, y and p (or ts, timestamp, timestamps, xs, ys, ps, pol, polarity, on)";

    /** Something that makes one of something else, and may fail. */
    @FunctionalInterface
    public interface Maker<V, W, E extends Exception> {
        /** Makes it. */
        W make(V part) throws E;
    }

    /**
     * Finds the parts among things that have names; upper and lower case are the same.
     *
     * @return empty where one is missing
     */
    public static <V> Optional<EventFields<V>> among(final Map<String, V> named) {
        final Map<String, V> lower = new TreeMap<>();
        named.forEach((name, thing) -> lower.putIfAbsent(name.toLowerCase(Locale.ROOT), thing));
        final V t = first(TIMES, lower);
        final V x = first(COLUMNS, lower);
        final V y = first(ROWS, lower);
        final V p = first(POLARITIES, lower);
        return t == null || x == null || y == null || p == null
            ? Optional.empty() : Optional.of(new EventFields<>(t, x, y, p));
    }

    private static <V> V first(final List<String> names, final Map<String, V> among) {
        for (final String name : names) {
            final V found = among.get(name);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** Something else for each part. */
    public <W, E extends Exception> EventFields<W> map(final Maker<? super V, ? extends W, E> maker) throws E {
        return new EventFields<>(maker.make(t), maker.make(x), maker.make(y), maker.make(p));
    }

    /** The four parts. */
    public List<V> all() {
        return List.of(t, x, y, p);
    }
}
