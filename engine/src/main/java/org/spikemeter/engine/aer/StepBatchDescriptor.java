package org.spikemeter.engine.aer;

/**
 * Layout of a step batch, the events of one layer in one step, as messages of a ring buffer. A batch is one fragment or
 * several; the last one closes the step. All fields are in the byte order of the machine.
 *
 * <pre>
 *   0                   4                   8                  12                  16
 *  +-------------------+-------------------+-------------------+-------------------+
 *  |       layer       |       step        |    event count    |       flags       |
 *  +-------------------+-------------------+-------------------+-------------------+
 *  |  addresses, one 32-bit word an event: (y * width + x) * channels + c, ascending
 *  +-------------------------------------------------------------------------------
 *  |  values, one float32 an event; only with the flag VALUED
 *  +-------------------------------------------------------------------------------
 * </pre>
 */
public final class StepBatchDescriptor {
    /** Type of the messages. */
    public static final int MESSAGE_TYPE = 1;

    /** Offset of the index of the layer that emitted the events; -1 for the network's input. */
    public static final int LAYER_OFFSET = 0;
    /** Offset of the step, from 0. */
    public static final int STEP_OFFSET = 4;
    /** Offset of the number of events in this fragment. */
    public static final int COUNT_OFFSET = 8;
    /** Offset of the flags. */
    public static final int FLAGS_OFFSET = 12;
    /** Offset of the first address. */
    public static final int EVENTS_OFFSET = 16;

    /** Flag: values follow the addresses. Without it, every value is 1. */
    public static final int VALUED = 1;
    /** Flag: the last fragment of the step. */
    public static final int CLOSES_STEP = 2;
    /** Flag: no further step comes; the fragment has no events. */
    public static final int END_OF_STREAM = 4;

    /** Events a fragment holds at most. */
    public static final int MAX_FRAGMENT_EVENTS = 2048;

    private StepBatchDescriptor() {
    }

    /** Length of a fragment in bytes. */
    public static int length(final int events, final boolean valued) {
        return EVENTS_OFFSET + events * (valued ? 2 * Integer.BYTES : Integer.BYTES);
    }
}
