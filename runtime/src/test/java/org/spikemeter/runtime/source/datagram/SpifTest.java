package org.spikemeter.runtime.source.datagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.SensorSize;

class SpifTest {
    private static final SensorSize SENSOR = new SensorSize(346, 260);

    private final Spif codec = new Spif(SENSOR, true);
    private final DatagramCounts counts = new DatagramCounts();
    private final EventBatch events = new EventBatch(1);

    private void decode(final String hex) {
        codec.decode(ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", ""))), 77, events, counts);
    }

    @Test
    void shouldReadWordsWithAndWithoutTimeWhenWrittenByHand() {
        // x 1, y 2, ON, at 0x01020304; x 345, y 259, OFF, without time; x 3, y 0, OFF, at 0x01020305
        decode("02 80 01 00 04 03 02 01  03 01 59 81  00 00 03 00 05 03 02 01");
        assertEquals(3, events.size());
        assertEquals(EventWord.of(1, 2, 1), events.word(0));
        assertEquals(0x01020304, events.micros(0));
        assertEquals(EventWord.of(345, 259, 0), events.word(1));
        assertEquals(77, events.micros(1));
        assertEquals(EventWord.of(3, 0, 0), events.word(2));
        assertEquals(0x01020305, events.micros(2));
        assertEquals(3, counts.events());
        assertEquals(1, counts.datagrams());
        assertEquals(20, counts.bytes());
        assertEquals(0, counts.malformed());
    }

    @Test
    void shouldGoOnCountingWhenTimesWrap() {
        decode("00 00 01 00 fe ff ff ff  00 00 01 00 03 00 00 00  00 00 01 00 ff ff ff ff  00 00 01 00 04 00 00 00");
        assertEquals(0xfffffffeL, events.micros(0));
        assertEquals(0x100000003L, events.micros(1));
        assertEquals(0xffffffffL, events.micros(2));
        assertEquals(0x100000004L, events.micros(3));
    }

    @Test
    void shouldCountEventsThatAreOutside() {
        // x 346, y 0, without time; x 0, y 260, without time; x 0, y 0, without time
        decode("00 00 5a 81  04 01 00 80  00 00 00 80");
        assertEquals(1, events.size());
        assertEquals(2, counts.outside());
        assertEquals(0, counts.malformed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "00 00 00 80 00", "00 00 01 00", "00 00 00 80 00 00 01 00"})
    void shouldTakeNothingOfADatagramWhenItIsMalformed(final String hex) {
        decode(hex);
        assertEquals(0, events.size());
        assertEquals(1, counts.malformed());
        assertEquals(1, counts.datagrams());
    }

    @Test
    void shouldTakeNothingOfADatagramWhenItIsTooLong() {
        decode("00 00 00 80".repeat(129));
        assertEquals(1, counts.malformed());
        decode("00 00 00 80".repeat(128));
        assertEquals(1, counts.malformed());
        assertEquals(128, events.size());
    }

    @Test
    void shouldRefuseToSendWhenAnEventIsOutside() {
        events.add(0, EventWord.of(346, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> codec.encode(events, 0, 1, ByteBuffer.allocate(512)));
    }

    @Test
    void shouldWriteWhatIsReadByHand() {
        events.add(0x1_0102_0304L, EventWord.of(1, 2, 1));
        final ByteBuffer bytes = ByteBuffer.allocate(512);
        assertEquals(1, codec.encode(events, 0, 1, bytes));
        assertEquals("0280010004030201", HexFormat.of().formatHex(bytes.array(), 0, bytes.limit()));
    }

    /** AEStream's receiver takes two 16-bit words for an event, y first, and knows of no times. */
    @Test
    void shouldSendWhatAestreamReadsWhenUntimed() {
        final EventBatch sent = CodecChecks.events(new SplittableRandom(5), 1000, SENSOR);
        final DatagramCodec sender = DatagramForm.parse("spif:untimed").codec(SENSOR);
        final ByteBuffer bytes = ByteBuffer.allocate(sender.maxBytes());
        int at = 0;
        while (at < sent.size()) {
            final int from = at;
            at = sender.encode(sent, from, sent.size(), bytes);
            assertEquals(Math.min(128, sent.size() - from), at - from, "events of a datagram of 512 bytes");
            assertEquals(4 * (at - from), bytes.remaining());
            for (int i = from; i < at; i++) {
                assertEquals(sent.y(i), bytes.getShort(4 * (i - from)) & 0x7FFF);
                assertEquals(sent.x(i), bytes.getShort(4 * (i - from) + 2) & 0x7FFF);
            }
            codec.decode(bytes, 77, events, counts);
        }
        assertEquals(1000, counts.events());
        for (int i = 0; i < sent.size(); i++) {
            assertEquals(sent.word(i), events.word(i));
            assertEquals(77, events.micros(i));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldGiveWhatWasSentWhenItArrives(final long seed) {
        final EventBatch sent = CodecChecks.events(new SplittableRandom(seed), 5000, SENSOR);
        CodecChecks.assertRoundTrip(sent, codec, new Spif(SENSOR, true), Spif.MAX_BYTES);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldNeitherThrowNorLeaveTheSensorWhenBytesAreAtRandom(final long seed) {
        final DatagramCounts found = CodecChecks.fuzz(new SplittableRandom(seed), codec, SENSOR, 600);
        assertTrue(found.malformed() > 0);
        assertTrue(found.outside() > 0);
        assertTrue(found.datagrams() > found.malformed());
    }
}
