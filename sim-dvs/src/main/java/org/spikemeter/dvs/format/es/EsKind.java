package org.spikemeter.dvs.format.es;

/**
 * The first byte of an event, for the kinds of which events of change are read. From the lowest bit up: one that only
 * an ATIS has, 1 for an exposure measurement; polarity; the time since the event before in microseconds. The values at
 * which that would be the largest are no events: the first does nothing (a reset), each further one makes the time
 * longer by what no event can hold (an overflow).
 */
enum EsKind {
    /** Seven bits of time; one reset, one overflow. */
    DVS(1, "DVS", 1),
    /** Six bits of time; one reset, three overflows. */
    ATIS(2, "ATIS", 2);

    /** As byte 15 of the file gives it. */
    private final int code;
    private final String title;
    private final int timeShift;

    EsKind(final int code, final String title, final int timeShift) {
        this.code = code;
        this.title = title;
        this.timeShift = timeShift;
    }

    int code() {
        return code;
    }

    String title() {
        return title;
    }

    /** How far the time is up; polarity is one below. */
    int timeShift() {
        return timeShift;
    }

    /** The largest time that no event holds: 127, or 63. */
    int overflowMicros() {
        return (1 << Byte.SIZE - timeShift) - 1;
    }

    /** The first value that is no event: the reset. */
    int reset() {
        return overflowMicros() << timeShift;
    }

    /** The bits that say that it is no event of change. */
    int measurementMask() {
        return (1 << timeShift - 1) - 1;
    }
}
