package org.spikemeter.runtime.source.datagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.SensorSize;

class AeUnicastTest {
    private static final SensorSize DAVIS = new SensorSize(346, 260);
    private static final SensorSize DVS = new SensorSize(128, 128);

    private final DatagramCounts counts = new DatagramCounts();
    private final EventBatch events = new EventBatch(1);

    private static DatagramCodec codec(final String form, final SensorSize size) {
        return DatagramForm.parse(form).codec(size);
    }

    private void decode(final DatagramCodec codec, final String hex) {
        codec.decode(ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", ""))), 77, events, counts);
    }

    @Test
    void shouldReadAddressesOfADavisWhenWrittenByHand() {
        // number 1; y 3, x 5 from the lower right, ON, at -2; a sample of the IMU; an external input; y 0, x 346
        decode(codec("aeunicast", DAVIS), "00000001  00c05800 fffffffe  80000c00 00000000  00000400 00000000"
            + " 0015a000 00000000");
        assertEquals(1, events.size());
        assertEquals(EventWord.of(340, 256, 1), events.word(0));
        assertEquals(-2, events.micros(0));
        assertEquals(2, counts.others());
        assertEquals(1, counts.outside());
        assertEquals(0, counts.lost());
    }

    @Test
    void shouldReadAddressesOfADvs128WhenWrittenByHand() {
        // number 1; y 2, x 1 from the lower right, OFF; an external input
        decode(codec("aeunicast", DVS), "00000001  00000203 00000010  00008000 00000011");
        assertEquals(1, events.size());
        assertEquals(EventWord.of(126, 125, 0), events.word(0));
        assertEquals(16, events.micros(0));
        assertEquals(1, counts.others());
    }

    @Test
    void shouldGoOnCountingWhenTimesWrap() {
        decode(codec("aeunicast", DVS), "00000001 00000000 7ffffffe  00000000 80000001");
        assertEquals(0x7ffffffeL, events.micros(0));
        assertEquals(0x80000001L, events.micros(1));
    }

    @Test
    void shouldTakeADatagramWhenItHoldsItsNumberOnly() {
        final DatagramCodec codec = codec("aeunicast", DVS);
        decode(codec, "00000001");
        decode(codec, "00000003 00000000 00000000");
        assertEquals(1, events.size());
        assertEquals(1, counts.lost());
        assertEquals(0, counts.malformed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "000000", "0000000100", "00000001 00000000", "80000001 00000000 00000000"})
    void shouldTakeNothingOfADatagramWhenItIsMalformed(final String hex) {
        final DatagramCodec codec = codec("aeunicast", DVS);
        decode(codec, "00000001");
        decode(codec, hex);
        decode(codec, "00000002");
        assertEquals(0, events.size());
        assertEquals(1, counts.malformed());
        assertEquals(0, counts.lost());
    }

    @Test
    void shouldTakeNothingOfADatagramWhenItIsTooLong() {
        decode(codec("aeunicast", DVS), "00000001" + "00000000 00000000".repeat(7875));
        assertEquals(1, counts.malformed());
        decode(codec("aeunicast", DVS), "00000001" + "00000000 00000000".repeat(7874));
        assertEquals(7874, events.size());
    }

    @Test
    void shouldWriteNumbersFromOneAndAddressesFromTheLowerRight() {
        events.add(0x1_0000_0010L, EventWord.of(126, 125, 0));
        final DatagramCodec codec = codec("aeunicast:dvs128", new SensorSize(34, 128));
        assertThrows(IllegalArgumentException.class, () -> codec.encode(events, 0, 1, ByteBuffer.allocate(512)));
        final DatagramCodec whole = codec("aeunicast:dvs128", DVS);
        final ByteBuffer bytes = ByteBuffer.allocate(whole.maxBytes());
        assertEquals(1, whole.encode(events, 0, 1, bytes));
        assertEquals("000000010000020300000010", HexFormat.of().formatHex(bytes.array(), 0, bytes.limit()));
        whole.encode(events, 0, 1, bytes);
        assertEquals(2, bytes.getInt(0));
    }

    @ParameterizedTest
    @CsvSource({"1, aeunicast, 346, 260", "2, aeunicast, 128, 128", "3, aeunicast:davis640, 34, 34",
        "4, aeunicast:dvs640, 640, 480", "5, aeunicast:cifar10, 128, 128", "6, aeunicast, 1, 1"})
    void shouldGiveWhatWasSentWhenItArrives(
        final long seed, final String form, final int width, final int height) {
        final SensorSize sensor = new SensorSize(width, height);
        final EventBatch sent = CodecChecks.events(new SplittableRandom(seed), 5000, sensor);
        CodecChecks.assertRoundTrip(sent, codec(form, sensor), codec(form, sensor), 1468);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldNeitherThrowNorLeaveTheSensorWhenBytesAreAtRandom(final long seed) {
        final SensorSize sensor = new SensorSize(200, 100);
        final DatagramCounts found =
            CodecChecks.fuzz(new SplittableRandom(seed), codec("aeunicast:davis", sensor), sensor, 600);
        assertTrue(found.malformed() > 0);
        assertTrue(found.outside() > 0);
        assertTrue(found.others() > 0);
        assertTrue(found.events() > 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "udp", "spif:davis", "spif:", "aeunicast:untimed", "aeunicast:", "aeunicast:dvs129"})
    void shouldRefuseAFormWhenItIsNone(final String text) {
        final IllegalArgumentException refused =
            assertThrows(IllegalArgumentException.class, () -> DatagramForm.parse(text));
        assertTrue(refused.getMessage().contains("expected spif, spif:untimed, aeunicast"), refused.getMessage());
    }

    @Test
    void shouldRefuseACameraWhenTheSensorIsLarger() {
        final IllegalArgumentException refused =
            assertThrows(IllegalArgumentException.class, () -> codec("aeunicast:dvs128", DAVIS));
        assertTrue(refused.getMessage().contains("aeunicast (dvs128) holds"), refused.getMessage());
    }
}
