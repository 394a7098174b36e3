package org.spikemeter.engine.aer;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.ControlledMessageHandler;
import org.agrona.concurrent.ringbuffer.RingBuffer;

/**
 * Reads step batches from a ring and puts their fragments together.
 *
 * <p>Used by the ring's one consumer. Allocates nothing.
 */
public final class StepBatchReader {
    private static final int FRAGMENTS_A_POLL = 64;

    private final RingBuffer ring;
    private final int layer;
    private final EventGrid into;
    private final ControlledMessageHandler handler = this::onMessage;

    private State state = State.WAITING;
    private int step = -1;
    private boolean partial;
    private int lastAddress;

    /** How far it came. */
    public enum State {
        /** The step is not complete yet. */
        WAITING,
        /** The events of {@link #step} are complete. */
        STEP,
        /** No further step comes. */
        END
    }

    /**
     * @param ring where from
     * @param layer index of the layer that emits; -1 for the network's input
     * @param into the grid of that layer, replaced in each step
     */
    public StepBatchReader(final RingBuffer ring, final int layer, final EventGrid into) {
        this.ring = ring;
        this.layer = layer;
        this.into = into;
    }

    /**
     * Reads on to the end of the next step, or as far as there is something to read. With a step complete, the events
     * stay as they are until the next call.
     *
     * @throws IllegalStateException where the ring holds something else than the next step of the layer
     */
    public State poll() {
        if (state == State.END) {
            return State.END;
        }
        state = State.WAITING;
        ring.controlledRead(handler, FRAGMENTS_A_POLL);
        return state;
    }

    /** The step that was completed last; -1 before the first. */
    public int step() {
        return step;
    }

    private ControlledMessageHandler.Action onMessage(
        final int type, final MutableDirectBuffer buffer, final int index, final int length) {
        final int count = buffer.getInt(index + StepBatchDescriptor.COUNT_OFFSET);
        final int flags = buffer.getInt(index + StepBatchDescriptor.FLAGS_OFFSET);
        final int batchStep = buffer.getInt(index + StepBatchDescriptor.STEP_OFFSET);
        final boolean valued = (flags & StepBatchDescriptor.VALUED) != 0;
        requireExpected(type, buffer.getInt(index + StepBatchDescriptor.LAYER_OFFSET), batchStep,
            length == StepBatchDescriptor.length(count, valued));
        if ((flags & StepBatchDescriptor.END_OF_STREAM) != 0) {
            state = State.END;
            return ControlledMessageHandler.Action.BREAK;
        }
        if (!partial) {
            into.open(!valued);
            partial = true;
            lastAddress = -1;
        }
        append(buffer, index + StepBatchDescriptor.EVENTS_OFFSET, count, valued);
        if ((flags & StepBatchDescriptor.CLOSES_STEP) == 0) {
            return ControlledMessageHandler.Action.CONTINUE;
        }
        into.close();
        partial = false;
        step = batchStep;
        state = State.STEP;
        return ControlledMessageHandler.Action.BREAK;
    }

    private void requireExpected(
        final int type, final int batchLayer, final int batchStep, final boolean lengthFits) {
        if (type != StepBatchDescriptor.MESSAGE_TYPE || batchLayer != layer || batchStep != step + 1 || !lengthFits) {
            throw new IllegalStateException("ring holds a message of type " + type + ", layer " + batchLayer
                + ", step " + batchStep + (lengthFits ? "" : ", cut") + ": expected type "
                + StepBatchDescriptor.MESSAGE_TYPE + ", layer " + layer + ", step " + (step + 1));
        }
    }

    private void append(final MutableDirectBuffer buffer, final int index, final int count, final boolean valued) {
        final int values = index + count * Integer.BYTES;
        int last = lastAddress;
        for (int i = 0; i < count; i++) {
            final int address = buffer.getInt(index + i * Integer.BYTES);
            if (address <= last || address >= into.shape().size()) {
                throw new IllegalStateException("ring holds the address " + address + " after " + last
                    + " in a batch of layer " + layer + ": expected ascending addresses below " + into.shape().size());
            }
            into.append(address, valued ? buffer.getFloat(values + i * Float.BYTES) : 1.0f);
            last = address;
        }
        lastAddress = last;
    }
}
