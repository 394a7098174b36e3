package org.spikemeter.recording;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.EventWriter;
import org.spikemeter.dvs.event.FrameTimes;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.EventFormats;
import org.spikemeter.dvs.format.io.EventOutput;
import org.spikemeter.reference.Samples;

/**
 * AEDAT of others: figures that jAER's classes, SpikingJelly and v2e agree on, from the MANIFEST.tsv of the samples.
 */
final class AedatTest {
    private static final SensorSize DAVIS240 = new SensorSize(240, 180);
    /** Floats of a row of v2e's events: seconds, x, y, polarity. */
    private static final int TRUTH_COLUMNS = 4;

    @TempDir
    private Path folder;

    @Test
    void shouldReadEveryEventOfDvWhenBlocksDepend() throws IOException {
        final Path file = Samples.path("events/tonic_dvxplorer320x240.aedat4");
        try (EventReader reader = EventFormats.open(file)) {
            assertEquals("AEDAT 4 (lz4)", reader.format());
            assertEquals(Optional.of(new SensorSize(320, 240)), reader.size());
            final EventBatch events = reader.readAll();
            assertEquals("n=111954 sum(t-t0)=31685685498 sum_x=18342405 sum_y=15105898 n_on=55023", figures(events));
            assertEvent(events, 0, 1605537493718345L, 154, 204, 0);
            assertEvent(events, events.size() - 1, 1605537494308262L, 88, 237, 1);
            assertEquals("8e8467d9ac3912a5", digest(events));
            assertEquals(List.of(), reader.warnings());
            assertEquals(List.of("59 packets of type IMUS"), reader.notes());
            assertEquals(1.0, reader.progress());
        }
        try (EventReader reader = EventFormats.open(file)) {
            assertEquals(0, FrameTimes.of(reader).length);
        }
    }

    @ParameterizedTest
    @CsvSource({"none,none", "lz4ind,lz4", "zstd,zstd"})
    void shouldReadTheSameEventsWhenPacketsAreCompressedInAnotherWay(final String name, final String codec)
        throws IOException {
        final Path file = Samples.path("events/derived/dvxplorer_12packets_" + name + ".aedat4");
        try (EventReader reader = EventFormats.open(file)) {
            assertEquals("AEDAT 4 (" + codec + ")", reader.format());
            final EventBatch events = reader.readAll();
            assertEquals("n=6541 sum(t-t0)=209779816 sum_x=1056938 sum_y=923966 n_on=3358", figures(events));
            assertEquals(1605537493718345L, events.micros(0));
            assertEquals(List.of(), reader.warnings());
        }
    }

    @Test
    void shouldReadPolarityPacketsOnlyWhenOthersAreBetween() throws IOException {
        try (EventReader reader = EventFormats.open(Samples.path("events/derived/ncars_own_aedat31.aedat"))) {
            assertEquals("AEDAT 3.1", reader.format());
            final EventBatch events = reader.readAll();
            assertEquals("n=2009 sum(t-t0)=98196680 sum_x=93457 sum_y=40463 n_on=1350", figures(events));
            assertEvent(events, 0, 0, 25, 8, 0);
            assertEvent(events, events.size() - 1, 99952, 75, 28, 1);
            assertEquals("ad3600a8858f0dd6", digest(events));
            assertEquals(List.of(), reader.warnings());
        }
    }

    /** v2e cuts 1e6 times its seconds, both 32-bit floats, to whole microseconds. */
    @Test
    void shouldReadTheTruthWhenV2eWroteIt() throws IOException {
        final float[] truth = truth();
        try (EventReader reader = EventFormats.open(Samples.path("events/derived/v2e_esim25_davis240.aedat"))) {
            assertEquals("AEDAT 2 (davis)", reader.format());
            assertEquals(Optional.of(DAVIS240), reader.size());
            final EventBatch events = reader.readAll();
            assertEquals(29040, events.size());
            for (int i = 0; i < events.size(); i++) {
                final int row = TRUTH_COLUMNS * i;
                assertEvent(events, i, (int) (1e6f * truth[row]), (int) truth[row + 1], (int) truth[row + 2],
                    truth[row + 3] > 0 ? 1 : 0);
            }
            assertEquals(List.of(), reader.warnings());
            assertEquals(1, reader.notes().size(), () -> "v2e names no size: " + reader.notes());
        }
    }

    /** 684 events have a first byte of '#', none of them the first one: v2e wrote them all. */
    @Test
    void shouldWriteTheBytesOfV2eWhenEventsAreTheTruth() throws IOException {
        final float[] truth = truth();
        final EventBatch events = new EventBatch(truth.length / TRUTH_COLUMNS);
        for (int row = 0; row < truth.length; row += TRUTH_COLUMNS) {
            events.add((int) (1e6f * truth[row]),
                EventWord.of((int) truth[row + 1], (int) truth[row + 2], truth[row + 3] > 0 ? 1 : 0));
        }
        final Path own = write("aedat2", Optional.of(DAVIS240), events);
        final byte[] peer = Files.readAllBytes(Samples.path("events/derived/v2e_esim25_davis240.aedat"));
        assertArrayEquals(body(peer, "# User name: root\r\n"),
            body(Files.readAllBytes(own), "#End Of ASCII Header\r\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"aedat4", "aedat4:none", "aedat4:zstd", "aedat31"})
    void shouldReadTheSameWhenARecordingIsWrittenAgain(final String format) throws IOException {
        final EventBatch events;
        final Optional<SensorSize> size;
        try (EventReader reader = EventFormats.open(Samples.path("events/tonic_dvxplorer320x240.aedat4"))) {
            events = reader.readAll();
            size = reader.size();
        }
        final Path own = write(format, size, events);
        try (EventReader reader = EventFormats.open(own)) {
            assertEquals(size, reader.size());
            assertEquals("8e8467d9ac3912a5", digest(reader.readAll()));
            assertEquals(List.of(), reader.warnings());
        }
    }

    private Path write(final String format, final Optional<SensorSize> size, final EventBatch events)
        throws IOException {
        final Path file = folder.resolve("own");
        try (EventOutput out = EventOutput.to(file, "own")) {
            final EventWriter writer = EventFormats.named(format).create(out, size);
            writer.write(events);
            writer.finish();
        }
        return file;
    }

    private static byte[] body(final byte[] bytes, final String lastLine) {
        final int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(lastLine);
        assertTrue(at > 0, () -> "no " + lastLine);
        return Arrays.copyOfRange(bytes, at + lastLine.length(), bytes.length);
    }

    private static float[] truth() throws IOException {
        final byte[] npy = Files.readAllBytes(Samples.path("events/derived/v2e_esim25_truth_f32.npy"));
        final ByteBuffer bytes = ByteBuffer.wrap(npy).order(ByteOrder.LITTLE_ENDIAN);
        final int start = 10 + bytes.getShort(8);
        final float[] values = new float[(npy.length - start) / Float.BYTES];
        bytes.position(start).slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }

    private static void assertEvent(
        final EventBatch events, final int index, final long micros, final int x, final int y, final int polarity) {
        assertEquals(List.of(micros, x, y, polarity),
            List.of(events.micros(index), events.x(index), events.y(index), events.polarity(index)),
            () -> "event " + index);
    }

    private static String figures(final EventBatch events) {
        long sumTime = 0;
        long sumX = 0;
        long sumY = 0;
        int on = 0;
        for (int i = 0; i < events.size(); i++) {
            sumTime += events.micros(i) - events.micros(0);
            sumX += events.x(i);
            sumY += events.y(i);
            on += events.polarity(i);
        }
        return "n=" + events.size() + " sum(t-t0)=" + sumTime + " sum_x=" + sumX + " sum_y=" + sumY + " n_on=" + on;
    }

    /** SHA-256 over time (64 bits), x, y (16), polarity (8), as in the manifest: its first eight bytes. */
    private static String digest(final EventBatch events) {
        final ByteBuffer bytes = ByteBuffer.allocate(13 * events.size()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < events.size(); i++) {
            bytes.putLong(events.micros(i)).putShort((short) events.x(i)).putShort((short) events.y(i))
                .put((byte) events.polarity(i));
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()), 0, 8);
        } catch (final NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
