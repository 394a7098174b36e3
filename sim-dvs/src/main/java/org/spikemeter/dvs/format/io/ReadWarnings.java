package org.spikemeter.dvs.format.io;

import java.util.ArrayList;
import java.util.List;

/** Warnings of a reader; of each kind the first is kept with its place, the others are counted. */
public final class ReadWarnings {
    /** The kind of an event whose place the sensor does not have. */
    public static final String OUTSIDE_AREA = "event outside the sensor's area, left out";

    private static final int MAX_KINDS = 16;

    private final String name;
    private final List<Kind> kinds = new ArrayList<>();
    private long others;

    /**
     * No warnings yet.
     *
     * @param name the file
     */
    public ReadWarnings(final String name) {
        this.name = name;
    }

    /**
     * Notes something that was left out.
     *
     * @param kind the same text for each of its kind, such as {@link #OUTSIDE_AREA}
     * @param offset of the byte that it is about
     * @param detail of the first of its kind: what was found, what was expected; cheap to make, or empty
     */
    public void add(final String kind, final long offset, final String detail) {
        if (isFirst(kind)) {
            if (kinds.size() == MAX_KINDS) {
                others++;
                return;
            }
            kinds.add(new Kind(kind, offset, detail));
        }
    }

    /** True where none of this kind has been noted; else counts it. For details that cost something to make. */
    public boolean isFirst(final String kind) {
        for (final Kind known : kinds) {
            if (known.text.equals(kind)) {
                known.count++;
                return false;
            }
        }
        return true;
    }

    /** One line for each kind. */
    public List<String> lines() {
        final List<String> lines = new ArrayList<>();
        for (final Kind kind : kinds) {
            lines.add(name + ": byte " + kind.offset + ": " + kind.text
                + (kind.detail.isEmpty() ? "" : " (" + kind.detail + ")")
                + (kind.count > 1 ? ", and " + (kind.count - 1) + " more of the kind" : ""));
        }
        if (others > 0) {
            lines.add(name + ": and " + others + " warnings of other kinds");
        }
        return lines;
    }

    private static final class Kind {
        private final String text;
        private final long offset;
        private final String detail;
        private long count = 1;

        Kind(final String text, final long offset, final String detail) {
            this.text = text;
            this.offset = offset;
            this.detail = detail;
        }
    }
}
