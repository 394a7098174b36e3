package org.spikemeter.engine.aer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spikemeter.engine.network.Shape;

class StepBatchTest {
    private static final int LAYER = 3;

    private static EventGrid random(
        final Shape shape, final double density, final boolean valued, final Random random) {
        final StepEvents events = new StepEvents(shape);
        for (int address = 0; address < shape.size(); address++) {
            if (random.nextDouble() < density) {
                events.add(address, valued ? random.nextFloat() + 1.5f : 1.0f);
            }
        }
        final EventGrid grid = new EventGrid(shape, true);
        grid.load(events);
        return grid;
    }

    private static void assertSameEvents(final EventGrid expected, final EventGrid actual) {
        final StepEvents a = new StepEvents(expected.shape());
        final StepEvents b = new StepEvents(expected.shape());
        expected.store(a);
        actual.store(b);
        assertEquals(a.size(), b.size());
        for (int i = 0; i < a.size(); i++) {
            assertEquals(a.address(i), b.address(i));
            assertEquals(a.value(i), b.value(i));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1, 1.0", "1, 1, 1, 0.0", "5, 7, 3, 0.3", "1, 1, 20, 0.5", "31, 17, 2, 0.01", "64, 64, 9, 0.9",
        "128, 128, 8, 1.0", "3, 1, 2048, 1.0", "2, 1, 2049, 1.0",
    })
    void shouldCarryEveryStepWhenTheRingIsSmallerThanIt(
        final int height, final int width, final int channels, final double density) {
        final Shape shape = new Shape(height, width, channels);
        final Random random = new Random(shape.size());
        // eight fragments fit: the writer has to wait within a large step
        final OneToOneRingBuffer ring = new OneToOneRingBuffer(new UnsafeBuffer(
            ByteBuffer.allocateDirect((1 << 18) + RingBufferDescriptor.TRAILER_LENGTH)));
        final StepBatchWriter writer = new StepBatchWriter(ring, LAYER);
        final EventGrid received = new EventGrid(shape, true);
        final StepBatchReader reader = new StepBatchReader(ring, LAYER, received);
        for (int step = 0; step < 6; step++) {
            final EventGrid sent = random(shape, density, step % 2 == 0, random);
            writer.open(step, sent);
            boolean written = writer.write();
            StepBatchReader.State state = reader.poll();
            for (int polls = 0; state == StepBatchReader.State.WAITING && polls < 10_000; polls++) {
                written |= writer.write();
                state = reader.poll();
            }
            assertTrue(written);
            assertSame(StepBatchReader.State.STEP, state);
            assertEquals(step, reader.step());
            assertEquals(sent.isUnit(), received.isUnit());
            assertSameEvents(sent, received);
        }
        assertTrue(writer.writeEnd(6));
        assertSame(StepBatchReader.State.END, reader.poll());
        assertSame(StepBatchReader.State.END, reader.poll());
    }

    @Test
    void shouldSayThatThereIsNoRoomWhenTheRingIsFull() {
        final Shape shape = new Shape(256, 256, 4);
        final OneToOneRingBuffer ring = EventRings.create(new Shape(1, 1, 1));
        final StepBatchWriter writer = new StepBatchWriter(ring, LAYER);
        writer.open(0, random(shape, 1.0, false, new Random(1)));
        assertFalse(writer.write());
        assertFalse(writer.write());
        assertThrows(IllegalStateException.class, () -> writer.open(1, random(shape, 0.0, false, new Random(1))));
    }

    @Test
    void shouldWaitWhenOnlyAPartOfTheStepIsThere() {
        final Shape shape = new Shape(256, 256, 4);
        final OneToOneRingBuffer ring = EventRings.create(new Shape(1, 1, 1));
        final StepBatchWriter writer = new StepBatchWriter(ring, LAYER);
        final StepBatchReader reader = new StepBatchReader(ring, LAYER, new EventGrid(shape, false));
        assertSame(StepBatchReader.State.WAITING, reader.poll());
        writer.open(0, random(shape, 1.0, false, new Random(1)));
        writer.write();
        assertSame(StepBatchReader.State.WAITING, reader.poll());
        assertEquals(-1, reader.step());
    }

    @ParameterizedTest
    @CsvSource({
        "3, 1, 7, 9, step 1", "4, 0, 7, 9, layer 4", "3, 0, 9, 7, address 7 after 9", "3, 0, 7, 12, address 12",
    })
    void shouldNameWhatIsWrongWhenTheRingHoldsSomethingElse(
        final int layer, final int step, final int first, final int second, final String expected) {
        final OneToOneRingBuffer ring = EventRings.create(new Shape(1, 1, 1));
        final int index = ring.tryClaim(StepBatchDescriptor.MESSAGE_TYPE, StepBatchDescriptor.length(2, false));
        ring.buffer().putInt(index + StepBatchDescriptor.LAYER_OFFSET, layer);
        ring.buffer().putInt(index + StepBatchDescriptor.STEP_OFFSET, step);
        ring.buffer().putInt(index + StepBatchDescriptor.COUNT_OFFSET, 2);
        ring.buffer().putInt(index + StepBatchDescriptor.FLAGS_OFFSET, StepBatchDescriptor.CLOSES_STEP);
        ring.buffer().putInt(index + StepBatchDescriptor.EVENTS_OFFSET, first);
        ring.buffer().putInt(index + StepBatchDescriptor.EVENTS_OFFSET + 4, second);
        ring.commit(index);
        final StepBatchReader reader = new StepBatchReader(ring, LAYER, new EventGrid(new Shape(2, 2, 3), false));
        final IllegalStateException e = assertThrows(IllegalStateException.class, reader::poll);
        assertTrue(e.getMessage().contains(expected), e.getMessage());
    }
}
