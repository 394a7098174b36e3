package org.spikemeter.runtime.source.datagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.SensorSize;

/** What every form of datagrams must stand. */
final class CodecChecks {
    private CodecChecks() {
    }

    /** Events whose times ascend, with gaps of up to half an hour, over several wraps. */
    static EventBatch events(final SplittableRandom random, final int number, final SensorSize sensor) {
        final EventBatch events = new EventBatch();
        long micros = random.nextInt(1_000_000);
        for (int i = 0; i < number; i++) {
            micros += random.nextInt(50) == 0 ? random.nextInt(1_800_000_000) : random.nextInt(100);
            events.add(micros, EventWord.of(random.nextInt(sensor.width()), random.nextInt(sensor.height()),
                random.nextInt(2)));
        }
        return events;
    }

    static void assertRoundTrip(
        final EventBatch sent, final DatagramCodec sender, final DatagramCodec receiver, final int maxBytes) {
        final EventBatch found = new EventBatch(7);
        final DatagramCounts counts = new DatagramCounts();
        final ByteBuffer buffer = ByteBuffer.allocate(sender.maxBytes());
        int at = 0;
        while (at < sent.size()) {
            at = sender.encode(sent, at, sent.size(), buffer);
            assertTrue(buffer.remaining() <= maxBytes, "datagram of " + buffer.remaining());
            receiver.decode(buffer, -1, found, counts);
        }
        assertEquals(sent.size(), found.size());
        for (int i = 0; i < sent.size(); i++) {
            assertEquals(sent.word(i), found.word(i), "event " + i);
            assertEquals(sent.micros(i), found.micros(i), "event " + i);
        }
        assertEquals(sent.size(), counts.events());
        assertEquals(0, counts.malformed() + counts.lost() + counts.late() + counts.outside() + counts.others());
    }

    /** Datagrams of bytes at random; every event that comes of them must be in the sensor. */
    static DatagramCounts fuzz(
        final SplittableRandom random, final DatagramCodec codec, final SensorSize sensor, final int maxBytes) {
        final DatagramCounts counts = new DatagramCounts();
        final EventBatch events = new EventBatch();
        long total = 0;
        for (int i = 0; i < 20_000; i++) {
            final byte[] bytes = new byte[random.nextInt(maxBytes)];
            random.nextBytes(bytes);
            events.clear();
            codec.decode(ByteBuffer.wrap(bytes), i, events, counts);
            for (int k = 0; k < events.size(); k++) {
                assertTrue(sensor.contains(events.x(k), events.y(k)));
            }
            total += events.size();
        }
        assertEquals(20_000, counts.datagrams());
        assertEquals(total, counts.events());
        return counts;
    }
}
