package org.spikemeter.dvs.format.array;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.spikemeter.dvs.event.EventWord;

/**
 * Which column of a table [N, 4] of plain numbers is what: nothing in the file says it, so the first rows must. The
 * polarity is last in all that are known: t, x, y, p (v2e, event_utils), or x, y, t, p (MVSEC, N-Caltech101 as the
 * University of Zurich gives it away). Where both fit, as of a single row, it is the first.
 */
public enum TableOrder {
    /** Time, column, row, polarity. */
    TXYP(0, 1, 2),
    /** Column, row, time, polarity. */
    XYTP(2, 0, 1);

    /** Columns of such a table. */
    public static final int COLUMNS = 4;

    private static final int LOOKED_AT = 1024;
    private static final int P = 3;

    private final int t;
    private final int x;
    private final int y;

    TableOrder(final int t, final int x, final int y) {
        this.t = t;
        this.x = x;
        this.y = y;
    }

    /** Picks what is what of four columns. */
    public <V> EventFields<V> pick(final List<V> columns) {
        return new EventFields<>(columns.get(t), columns.get(x), columns.get(y), columns.get(P));
    }

    /**
     * Looks at the first rows, which stay unread: x and y must be places, times must not go back, and polarities must
     * be 0 and 1, or -1 and 1.
     *
     * @return empty where the rows are no events in any order; {@link #TXYP} where there are none
     */
    public static Optional<TableOrder> of(final List<Column> columns) throws IOException {
        int rows = LOOKED_AT;
        for (final Column column : columns) {
            rows = Math.min(rows, column.rows().available());
        }
        for (final TableOrder order : values()) {
            if (order.fits(order.pick(columns), rows)) {
                return Optional.of(order);
            }
        }
        return Optional.empty();
    }

    private boolean fits(final EventFields<Column> columns, final int rows) {
        double last = Double.NEGATIVE_INFINITY;
        for (int row = 0; row < rows; row++) {
            final double time = columns.t().value(row);
            final double polarity = columns.p().value(row);
            // written so that NaN fails too
            final boolean event = time >= last && isPlace(columns.x().value(row)) && isPlace(columns.y().value(row))
                && (polarity == 0 || Math.abs(polarity) == 1);
            if (!event) {
                return false;
            }
            last = time;
        }
        return true;
    }

    private static boolean isPlace(final double value) {
        return value >= 0 && value < EventWord.MAX_SIDE && value == Math.rint(value);
    }
}
