package org.spikemeter.engine.aer;

import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;

/**
 * Writes step batches into a ring, as far as there is room, and goes on where it stopped.
 *
 * <pre>{@code
 * writer.open(step, events);
 * while (!writer.write()) {
 *     idle();
 * }
 * }</pre>
 *
 * <p>Used by the ring's one producer. Allocates nothing.
 */
public final class StepBatchWriter {
    private final RingBuffer ring;
    private final int layer;

    private EventGrid events;
    private int step;
    private boolean valued;
    private int row;
    private int event;
    private int remaining;
    private boolean closed = true;

    /**
     * @param ring where to
     * @param layer index of the layer that emits; -1 for the network's input
     */
    public StepBatchWriter(final RingBuffer ring, final int layer) {
        this.ring = ring;
        this.layer = layer;
    }

    /**
     * Takes the events of a step. They must stay as they are until {@link #write} has returned true.
     *
     * @throws IllegalStateException where the step before is not written
     */
    public void open(final int nextStep, final EventGrid stepEvents) {
        if (!closed) {
            throw new IllegalStateException("step " + nextStep + " opened before step " + step + " was written");
        }
        events = stepEvents;
        step = nextStep;
        valued = !stepEvents.isUnit();
        row = 0;
        event = stepEvents.rowStart(0);
        remaining = stepEvents.size();
        closed = false;
    }

    /** Writes what there is room for; true where the whole batch is in the ring, and also where none was open. */
    public boolean write() {
        while (!closed) {
            final int count = Math.min(remaining, StepBatchDescriptor.MAX_FRAGMENT_EVENTS);
            final boolean last = count == remaining;
            final int flags = (valued ? StepBatchDescriptor.VALUED : 0) | (last ? StepBatchDescriptor.CLOSES_STEP : 0);
            final int index = claim(step, count, flags);
            if (index < 0) {
                return false;
            }
            writeEvents(ring.buffer(), index + StepBatchDescriptor.EVENTS_OFFSET, count);
            ring.commit(index);
            remaining -= count;
            closed = last;
        }
        return true;
    }

    /** Writes that no further step comes; false where there is no room yet. */
    public boolean writeEnd(final int steps) {
        final int index = claim(steps, 0, StepBatchDescriptor.END_OF_STREAM);
        if (index < 0) {
            return false;
        }
        ring.commit(index);
        return true;
    }

    private int claim(final int ofStep, final int count, final int flags) {
        final boolean withValues = (flags & StepBatchDescriptor.VALUED) != 0;
        final int index = ring.tryClaim(
            StepBatchDescriptor.MESSAGE_TYPE, StepBatchDescriptor.length(count, withValues));
        if (index >= 0) {
            final AtomicBuffer buffer = ring.buffer();
            buffer.putInt(index + StepBatchDescriptor.LAYER_OFFSET, layer);
            buffer.putInt(index + StepBatchDescriptor.STEP_OFFSET, ofStep);
            buffer.putInt(index + StepBatchDescriptor.COUNT_OFFSET, count);
            buffer.putInt(index + StepBatchDescriptor.FLAGS_OFFSET, flags);
        }
        return index;
    }

    private void writeEvents(final AtomicBuffer buffer, final int index, final int count) {
        final int rowSize = events.shape().width() * events.shape().channels();
        int written = 0;
        while (written < count) {
            final int end = Math.min(events.rowEnd(row), event + count - written);
            writeRange(buffer, index + written * Integer.BYTES, index + (count + written) * Integer.BYTES,
                row * rowSize, end);
            written += end - event;
            event = end;
            if (event == events.rowEnd(row) && row + 1 < events.shape().height()) {
                row++;
                event = events.rowStart(row);
            }
        }
    }

    private void writeRange(
        final AtomicBuffer buffer, final int addresses, final int values, final int rowAddress, final int end) {
        final int[] keys = events.keys();
        for (int i = event; i < end; i++) {
            buffer.putInt(addresses + (i - event) * Integer.BYTES, rowAddress + keys[i]);
        }
        if (valued) {
            for (int i = event; i < end; i++) {
                buffer.putFloat(values + (i - event) * Float.BYTES, events.values()[i]);
            }
        }
    }
}
