package org.spikemeter.live;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.spikemeter.runtime.live.LiveDescription;
import org.spikemeter.runtime.live.LiveFailure;
import org.spikemeter.runtime.live.LiveFrame;
import org.spikemeter.runtime.live.LiveState;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A viewer: reads the stream of a live run, value by value. */
final class StreamReader implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final DataInputStream in;
    private final LiveDescription description;
    private final JsonNode first;
    private long sequence;
    private double speed;
    private int prices;

    /** Opens a stream, and reads what comes first. */
    StreamReader(final URI server, final LiveDescription description) throws IOException, InterruptedException {
        this.description = description;
        final HttpResponse<InputStream> response = client.send(
            HttpRequest.newBuilder(server.resolve("/stream")).build(), HttpResponse.BodyHandlers.ofInputStream());
        in = new DataInputStream(response.body());
        if (response.statusCode() != 200) {
            final String message = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            client.shutdownNow();
            throw new IOException(response.statusCode() + " " + message);
        }
        first = JsonMapper.shared().readTree(StandardCharsets.UTF_8.decode(message(1)).toString());
    }

    private ByteBuffer message(final int kind) throws IOException {
        final byte[] bytes = new byte[Integer.reverseBytes(in.readInt())];
        in.readFully(bytes);
        if (bytes[0] != kind) {
            throw new IOException("message of kind " + bytes[0] + ": expected " + kind);
        }
        return ByteBuffer.wrap(bytes, 1, bytes.length - 1).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The description. */
    JsonNode description() {
        return first;
    }

    /** Number of the latest frame. */
    long sequence() {
        return sequence;
    }

    /** Speed in the latest frame. */
    double speed() {
        return speed;
    }

    /** Price model in the latest frame. */
    int prices() {
        return prices;
    }

    /** The next frame. */
    LiveFrame next() throws IOException {
        final ByteBuffer bytes = message(2);
        final LiveFrame frame = new LiveFrame(description);
        sequence = bytes.getInt();
        frame.state = LiveState.values()[bytes.get()];
        frame.step = (long) bytes.getDouble();
        frame.timeMicros = (long) bytes.getDouble();
        frame.acceptedEvents = (long) bytes.getDouble();
        frame.processedEvents = (long) bytes.getDouble();
        frame.goneEvents = (long) bytes.getDouble();
        frame.droppedBatches = (long) bytes.getDouble();
        frame.eventsPerSecond = bytes.getDouble();
        frame.spikesPerSecond = bytes.getDouble();
        frame.accPerSecond = bytes.getDouble();
        frame.macPerSecond = bytes.getDouble();
        frame.powerMicrowatts = bytes.getDouble();
        frame.powerHighMicrowatts = bytes.getDouble();
        speed = bytes.getDouble();
        bytes.getDouble();
        bytes.getDouble();
        prices = bytes.getShort();
        readFloats(bytes, frame.latencyMicros);
        frame.label = bytes.getShort();
        readFloats(bytes, frame.groupRates);
        frame.labelChanges = bytes.getShort();
        for (int i = 0; i < frame.labelChanges; i++) {
            frame.labelMicros[i] = (long) bytes.getDouble();
            frame.labels[i] = bytes.getShort();
        }
        frame.windowFirstStep = (long) bytes.getDouble();
        frame.windowSteps = bytes.getShort();
        for (int i = 0; i < frame.windowSteps * description.output().shown(); i++) {
            frame.membranes[i] = bytes.getFloat();
        }
        for (final byte[] map : List.of(frame.spikes, frame.on, frame.off)) {
            readMap(bytes, map);
        }
        for (final byte[] layer : frame.layers) {
            readMap(bytes, layer);
        }
        final byte[] text = new byte[bytes.getShort()];
        bytes.get(text);
        frame.failure = text.length == 0 ? null : new LiveFailure("", 0, new String(text, StandardCharsets.UTF_8));
        if (bytes.hasRemaining()) {
            throw new IOException(bytes.remaining() + " bytes too many");
        }
        return frame;
    }

    private static void readFloats(final ByteBuffer bytes, final double[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = bytes.getFloat();
        }
    }

    private static void readMap(final ByteBuffer bytes, final byte[] map) {
        final boolean sparse = bytes.get() == 1;
        final int end = bytes.getInt() + bytes.position();
        int cell = 0;
        while (bytes.position() < end) {
            int shift = 0;
            int skip = 0;
            int part = sparse ? 0x80 : 0;
            while ((part & 0x80) != 0) {
                part = bytes.get();
                skip |= (part & 0x7F) << shift;
                shift += 7;
            }
            cell += skip;
            map[cell++] = bytes.get();
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
