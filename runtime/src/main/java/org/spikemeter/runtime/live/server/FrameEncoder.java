package org.spikemeter.runtime.live.server;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.spikemeter.runtime.live.LiveControls;
import org.spikemeter.runtime.live.LiveDescription;
import org.spikemeter.runtime.live.LiveFrame;

/**
 * Messages of the stream: {@code u32} bytes that follow, {@code u8} kind, and the content; all little-endian. A
 * {@link #DESCRIPTION} is JSON and comes first; each {@link #FRAME} is binary, in the order of {@link #frame}.
 */
final class FrameEncoder {
    /** Kind of message: what does not change, and the history. */
    static final byte DESCRIPTION = 1;
    /** Kind of message: the state at one moment. */
    static final byte FRAME = 2;

    private static final int HEADER = Integer.BYTES + 1;
    private static final int FIXED = 256;
    private static final int MAX_TEXT = 1000;

    private final LiveDescription description;
    private final ByteBuffer buffer;

    FrameEncoder(final LiveDescription description) {
        this.description = description;
        final LiveFrame frame = new LiveFrame(description);
        int bytes = FIXED + 4 * MAX_TEXT
            + Float.BYTES * (frame.groupRates.length + frame.latencyMicros.length + frame.membranes.length)
            + (Double.BYTES + Short.BYTES) * LiveFrame.MAX_LABEL_CHANGES
            + 2 * MapCoding.maxBytes(frame.on.length) + MapCoding.maxBytes(frame.spikes.length);
        for (final byte[] layer : frame.layers) {
            bytes += MapCoding.maxBytes(layer.length);
        }
        buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A description as a message. */
    static byte[] description(final byte[] json) {
        return ByteBuffer.allocate(HEADER + json.length).order(ByteOrder.LITTLE_ENDIAN)
            .putInt(1 + json.length).put(DESCRIPTION).put(json).array();
    }

    /**
     * A frame as a message; the only allocation is that of the answer.
     *
     * @param maps the frame whose maps to show: the same, or an earlier one while nothing goes on
     */
    byte[] frame(final long sequence, final LiveFrame frame, final LiveFrame maps, final LiveControls controls) {
        buffer.clear();
        buffer.putInt(0).put(FRAME);
        buffer.putInt((int) sequence).put((byte) frame.state.ordinal());
        putNumbers(frame);
        buffer.putDouble(controls.speed().value()).putDouble(controls.thresholdScale().value())
            .putDouble(controls.sens().value())
            .putShort((short) controls.priceModels().indexOf(controls.priceModel()));
        putFloats(frame.latencyMicros);
        putLabels(frame);
        putWindow(frame);
        MapCoding.put(buffer, maps.on, maps.on.length);
        MapCoding.put(buffer, maps.off, maps.off.length);
        for (final byte[] layer : maps.layers) {
            MapCoding.put(buffer, layer, layer.length);
        }
        putText(frame.failure == null ? "" : frame.failure.toString());
        buffer.putInt(0, buffer.position() - Integer.BYTES);
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    /** Whole numbers are doubles, as JavaScript's are. */
    private void putNumbers(final LiveFrame frame) {
        buffer.putDouble(frame.step).putDouble(frame.timeMicros)
            .putDouble(frame.acceptedEvents).putDouble(frame.processedEvents).putDouble(frame.goneEvents)
            .putDouble(frame.droppedBatches)
            .putDouble(frame.eventsPerSecond).putDouble(frame.spikesPerSecond)
            .putDouble(frame.accPerSecond).putDouble(frame.macPerSecond)
            .putDouble(frame.powerMicrowatts).putDouble(frame.powerHighMicrowatts);
    }

    private void putLabels(final LiveFrame frame) {
        buffer.putShort((short) frame.label);
        putFloats(frame.groupRates);
        buffer.putShort((short) frame.labelChanges);
        for (int i = 0; i < frame.labelChanges; i++) {
            buffer.putDouble(frame.labelMicros[i]).putShort((short) frame.labels[i]);
        }
    }

    private void putWindow(final LiveFrame frame) {
        final int values = frame.windowSteps * description.output().shown();
        buffer.putDouble(frame.windowFirstStep).putShort((short) frame.windowSteps);
        for (int i = 0; i < values; i++) {
            buffer.putFloat(frame.membranes[i]);
        }
        MapCoding.put(buffer, frame.spikes, values);
    }

    private void putFloats(final double[] values) {
        for (final double value : values) {
            buffer.putFloat((float) value);
        }
    }

    private void putText(final String text) {
        final byte[] bytes = text.substring(0, Math.min(text.length(), MAX_TEXT)).getBytes(StandardCharsets.UTF_8);
        buffer.putShort((short) bytes.length).put(bytes);
    }
}
