package org.spikemeter.recording;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
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
import org.spikemeter.dvs.event.EventWriter;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.EventFormats;
import org.spikemeter.dvs.format.io.EventOutput;
import org.spikemeter.reference.Samples;

/** Recordings of Prophesee's cameras: events as OpenEB and expelliarmus decode them, words as OpenEB writes them. */
class PropheseeTest {
    private static final String NCARS = "events/tonic_ncars_sample.dat";
    private static final int RECORD_BYTES = 13;

    @TempDir
    private Path folder;

    private static EventBatch read(final Path file) throws IOException {
        try (EventReader reader = EventFormats.open(file)) {
            final EventBatch events = reader.readAll();
            assertEquals(List.of(), reader.warnings());
            return events;
        }
    }

    /** The first eight bytes of the SHA-256 of records of 13 bytes, little-endian: i64 t, u16 x, u16 y, u8 polarity. */
    private static String digest(final EventBatch events) throws NoSuchAlgorithmException {
        final ByteBuffer records =
            ByteBuffer.allocate(RECORD_BYTES * events.size()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < events.size(); i++) {
            records.putLong(events.micros(i)).putShort((short) events.x(i)).putShort((short) events.y(i))
                .put((byte) events.polarity(i));
        }
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(records.array()), 0, 8);
    }

    private static String figures(final EventBatch events) {
        final long first = events.micros(0);
        long micros = 0;
        long x = 0;
        long y = 0;
        int on = 0;
        for (int i = 0; i < events.size(); i++) {
            micros += events.micros(i) - first;
            x += events.x(i);
            y += events.y(i);
            on += events.polarity(i);
        }
        return "n=" + events.size() + " t0=" + first + " sum(t-t0)=" + micros + " sum_x=" + x + " sum_y=" + y
            + " n_on=" + on;
    }

    /** Figures of the decoders of OpenEB and expelliarmus, built and run where the samples were made. */
    @ParameterizedTest
    @CsvSource({
        NCARS + ",dat,,"
            + "n=2009 t0=0 sum(t-t0)=98196680 sum_x=93457 sum_y=40463 n_on=1350,ad3600a8858f0dd6",
        "events/expelliarmus_evt2_sample.raw,evt2,640 x 480,"
            + "n=539481 t0=1317888 sum(t-t0)=13364739784 sum_x=171811022 sum_y=110162026 n_on=367855,287b2e8dc0ad960d",
        "events/expelliarmus_evt3_sample.raw,evt3,1280 x 720,"
            + "n=219596 t0=11718656 sum(t-t0)=954917491 sum_x=159113225 sum_y=85638051 n_on=115532,9bba5ca483018781",
        "events/derived/ncars_openeb_evt2.raw,evt2,1280 x 720,"
            + "n=2009 t0=0 sum(t-t0)=98196680 sum_x=93457 sum_y=40463 n_on=1350,ad3600a8858f0dd6"
    })
    void shouldReadWhatPeersRead(
        final String sample, final String format, final String size, final String figures, final String digest)
        throws IOException, NoSuchAlgorithmException {
        final Path file = Samples.path(sample);
        assertEquals(format, EventFormats.recognise(file).orElseThrow().name());
        try (EventReader reader = EventFormats.open(file)) {
            assertEquals(Optional.ofNullable(size), reader.size().map(SensorSize::toString));
        }
        final EventBatch events = read(file);
        assertEquals(figures, figures(events));
        assertEquals(digest, digest(events));
    }

    private static byte[] written(final String format, final EventBatch events, final SensorSize size)
        throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (EventOutput out = EventOutput.to(bytes, "target")) {
            final EventFormats.Choice choice = EventFormats.named(format);
            final EventWriter writer = choice.create(out, Optional.of(size));
            writer.write(events);
            writer.finish();
        }
        return bytes.toByteArray();
    }

    private static byte[] body(final byte[] file) {
        final String end = "% end\n";
        final int header = new String(file, StandardCharsets.ISO_8859_1).indexOf(end) + end.length();
        return Arrays.copyOfRange(file, header, file.length);
    }

    /** All words behind the header; the header of OpenEB has the date. */
    @Test
    void shouldWriteTheWordsOfOpenEbsEncoder() throws IOException {
        final byte[] expected = Files.readAllBytes(Samples.path("events/derived/ncars_openeb_evt2.raw"));
        assertArrayEquals(body(expected),
            body(written("evt2", read(Samples.path(NCARS)), new SensorSize(1280, 720))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"evt2", "evt21", "evt21:legacy", "evt3", "dat"})
    void shouldReadAgainWhatItWrites(final String format) throws IOException, NoSuchAlgorithmException {
        final EventBatch events = read(Samples.path("events/expelliarmus_evt3_sample.raw"));
        final Path file = folder.resolve("a");
        Files.write(file, written(format, events, new SensorSize(1280, 720)));
        assertEquals("9bba5ca483018781", digest(read(file)));
    }
}
