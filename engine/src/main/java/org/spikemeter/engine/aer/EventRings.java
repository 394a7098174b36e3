package org.spikemeter.engine.aer;

import java.nio.ByteBuffer;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.spikemeter.engine.network.Shape;

/** Makes the rings that step batches travel through. */
public final class EventRings {
    private static final String FLAG = "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED";
    private static final int MIN_BYTES = 1 << 18;
    private static final int MAX_BYTES = 1 << 22;

    private EventRings() {
    }

    /**
     * Checks that this JVM lets Agrona work, before the first touch of it.
     *
     * @throws IllegalStateException with the flag that is missing
     */
    public static void requireAccess() {
        // naming the class does not initialise it: that would already fail, with an IllegalAccessError
        final Module agrona = UnsafeBuffer.class.getModule();
        if (!Object.class.getModule().isOpen("jdk.internal.misc", agrona)) {
            throw new IllegalStateException("ring buffers need the JVM flag " + FLAG
                + "; without it, layers can be run in sequence, with the same results");
        }
    }

    /**
     * A ring for one producer and one consumer, with room for about a step of the busiest kind or many quiet ones.
     *
     * @param shape the grid of the layer whose events it carries
     * @throws IllegalStateException where a JVM flag is missing
     */
    public static OneToOneRingBuffer create(final Shape shape) {
        requireAccess();
        final long bytes = Math.clamp((long) shape.size() * Integer.BYTES, MIN_BYTES, MAX_BYTES);
        final int capacity = BitUtil.findNextPositivePowerOfTwo((int) bytes);
        return new OneToOneRingBuffer(
            new UnsafeBuffer(ByteBuffer.allocateDirect(capacity + RingBufferDescriptor.TRAILER_LENGTH)));
    }
}
