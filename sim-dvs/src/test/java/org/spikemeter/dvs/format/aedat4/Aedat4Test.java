package org.spikemeter.dvs.format.aedat4;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jpountz.lz4.LZ4FrameInputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.EventWriter;
import org.spikemeter.dvs.event.FrameTimes;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.EventFormats;
import org.spikemeter.dvs.format.aedat.AedatFiles;
import org.spikemeter.dvs.format.io.EventOutput;
import org.spikemeter.engine.FormatException;

/** AEDAT 4: packets by hand, packed in every way, and damaged. */
final class Aedat4Test {
    private static final SensorSize SIZE = new SensorSize(640, 480);
    private static final long DAY = 1605537493718345L;
    private static final int HEADER_AT = 14;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"aedat4, 0", "aedat4, 1", "aedat4:none, 4094", "aedat4:lz4, 4095", "aedat4:zstd, 20011",
        "aedat4:none, 20011", "aedat4:lz4, 20011", "aedat4:zstd, 0"})
    void shouldReadWhatWasWritten(final String format, final int count) throws IOException {
        final EventBatch events = AedatFiles.random(count, count, SIZE, DAY, 20);
        final Path file = folder.resolve("written.aedat4");
        try (EventOutput out = EventOutput.to(file, "written")) {
            final EventWriter writer = EventFormats.named(format).create(out, Optional.of(SIZE));
            writer.write(events);
            writer.finish();
        }
        try (EventReader reader = EventFormats.open(file)) {
            assertEquals(AedatFiles.lines(events), AedatFiles.read(reader));
            assertEquals(Optional.of(SIZE), reader.size());
            assertEquals(List.of(), reader.warnings());
            assertEquals(List.of(), reader.notes());
        }
        shouldListItsPackets(Files.readAllBytes(file), format, count);
    }

    /** The table, by the layout that its own list of fields gives, as a reader of FlatBuffers does it. */
    private static void shouldListItsPackets(final byte[] file, final String format, final int count)
        throws IOException {
        final ByteBuffer bytes = little(file);
        final long position = bytes.getLong(HEADER_AT + 4 + 36);
        final byte[] packed = Arrays.copyOfRange(file, (int) position, file.length);
        final byte[] plain = switch (format) {
            case "aedat4:none" -> packed;
            case "aedat4:zstd" -> Zstd.decompress(packed);
            default -> new LZ4FrameInputStream(new ByteArrayInputStream(packed)).readAllBytes();
        };
        final ByteBuffer table = little(plain);
        assertEquals(plain.length - 4, table.getInt(0));
        assertEquals("FTAB", new String(plain, 8, 4, StandardCharsets.US_ASCII));
        final int root = 4 + table.getInt(4);
        final int vector = field(table, root, 0) + table.getInt(field(table, root, 0));
        assertEquals((count + 4093) / 4094, table.getInt(vector));
        long events = 0;
        long next = HEADER_AT + 4 + bytes.getInt(HEADER_AT) + 8;
        for (int i = 0; i < table.getInt(vector); i++) {
            final int at = vector + 4 + 4 * i;
            final int entry = at + table.getInt(at);
            assertEquals(0, field(table, entry, 0) % 8, "64 bits where they should be");
            assertEquals(next, table.getLong(field(table, entry, 0)));
            assertEquals(0, table.getInt(field(table, entry, 1)));
            final int size = table.getInt(field(table, entry, 1) + 4);
            assertEquals(size, bytes.getInt((int) next - 4));
            next += size + 8;
            events += table.getLong(field(table, entry, 2));
            assertTrue(table.getLong(field(table, entry, 3)) <= table.getLong(field(table, entry, 4)));
        }
        assertEquals(count, events);
        assertEquals(position, next - 8);
    }

    private static int field(final ByteBuffer buffer, final int table, final int index) {
        final int fields = table - buffer.getInt(table);
        return table + buffer.getShort(fields + 4 + 2 * index);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dependent", "checksums", "high", "large blocks"})
    void shouldReadPacketsWhenOthersPackedThem(final String kind) throws IOException {
        final EventBatch events = AedatFiles.random(7, 30_011, SIZE, DAY, 3);
        final byte[] payload = payload(events);
        assertTrue(payload.length > 7 << 16 && DependentLz4.matchesAcross(payload) > 100);
        final byte[] packed = switch (kind) {
            case "dependent" -> DependentLz4.frame(payload);
            case "checksums" -> frame(payload, LZ4FrameOutputStream.BLOCKSIZE.SIZE_64KB,
                LZ4FrameOutputStream.FLG.Bits.CONTENT_CHECKSUM, LZ4FrameOutputStream.FLG.Bits.BLOCK_CHECKSUM);
            default -> frame(payload, LZ4FrameOutputStream.BLOCKSIZE.SIZE_4MB);
        };
        final Path file = file(kind.equals("high") ? Codec.LZ4_HIGH : Codec.LZ4, -1, xml(0, "EVTS"), packet(0, packed));
        try (EventReader reader = EventFormats.open(file)) {
            assertEquals(AedatFiles.lines(events), AedatFiles.read(reader));
            assertEquals(List.of(), reader.warnings());
        }
    }

    @Test
    void shouldReadZstdWhenItsFrameDoesNotSayHowLongItIs() throws IOException {
        final EventBatch events = AedatFiles.random(8, 30_011, SIZE, DAY, 3);
        final ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (var out = new com.github.luben.zstd.ZstdOutputStream(packed)) {
            out.write(payload(events));
        }
        assertTrue(Zstd.getFrameContentSize(packed.toByteArray()) <= 0);
        try (EventReader reader = EventFormats.open(
            file(Codec.ZSTD_HIGH, -1, xml(0, "EVTS"), packet(0, packed.toByteArray())))) {
            assertEquals(AedatFiles.lines(events), AedatFiles.read(reader));
        }
    }

    @Test
    void shouldReadTheFirstStreamOfEventsWhenThereAreMore() throws IOException {
        final EventBatch first = AedatFiles.random(1, 10, SIZE, 0, 3);
        final EventBatch second = AedatFiles.random(2, 10, SIZE, 0, 3);
        final Path file = file(Codec.NONE, -1, xml(3, "IMUS", 5, "EVTS", 0, "EVTS", 7, "FRME"),
            packet(0, payload(second)), packet(3, new byte[20]), packet(7, frame(99)), packet(5, payload(first)),
            packet(7, frame(77)));
        try (EventReader reader = EventFormats.open(file)) {
            assertEquals(AedatFiles.lines(first), AedatFiles.read(reader));
            assertEquals(1, reader.warnings().size(), () -> "" + reader.warnings());
            assertTrue(reader.warnings().getFirst().contains("found stream 0, read is 5"));
            assertEquals(List.of("2 frames", "1 packets of type EVTS", "1 packets of type IMUS"), reader.notes());
        }
        try (EventReader reader = EventFormats.open(file)) {
            assertArrayEquals(new long[] {99, 77}, FrameTimes.of(reader));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<dv><node name=\"outInfo\">", "no XML",
        "<!DOCTYPE dv [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><dv>&e;</dv>"})
    void shouldGoByThePacketsWhenTheHeaderSaysNothingOfThem(final String xml) throws IOException {
        final EventBatch events = AedatFiles.random(1, 10, SIZE, 0, 3);
        final Path file = file(Codec.NONE, -1, xml, packet(4, frame(5)), packet(2, payload(events)),
            packet(9, payload(events)));
        try (EventReader reader = EventFormats.open(file)) {
            assertEquals(AedatFiles.lines(events), AedatFiles.read(reader));
            assertEquals(Optional.empty(), reader.size());
            assertTrue(
                reader.warnings().toString().contains("found stream 9, read is 2"), () -> "" + reader.warnings());
        }
    }

    @Test
    void shouldStopAtTheTableWhereverTheHeaderSaysItIs() throws IOException {
        final EventBatch events = AedatFiles.random(1, 10, SIZE, 0, 3);
        final PacketTable table = new PacketTable();
        table.add(1, 2, 3, 4, 5);
        for (final byte[] tail : new byte[][] {table.bytes(), DependentLz4.frame(table.bytes())}) {
            final byte[] packet = packet(0, DependentLz4.frame(payload(events)));
            final long right = Files.size(file(Codec.LZ4, -1, xml(0, "EVTS"), packet));
            for (final long position : new long[] {-1, 3, right, right + 5}) {
                try (EventReader reader =
                    EventFormats.open(file(Codec.LZ4, position, xml(0, "EVTS"), packet, tail))) {
                    assertEquals(AedatFiles.lines(events), AedatFiles.read(reader));
                    assertEquals(position == right ? 0 : 1, reader.warnings().size(), () -> "" + reader.warnings());
                }
            }
        }
    }

    @Test
    void shouldGoOnWithTheNextPacketWhenOneIsDamaged() throws IOException {
        final EventBatch events = AedatFiles.random(1, 10, SIZE, 0, 3);
        final byte[] good = payload(events);
        final byte[] tooMany = good.clone();
        tooMany[28] = 11;
        final byte[] outside = good.clone();
        outside[5] = 127;
        final byte[] other = good.clone();
        other[8] = 'X';
        final byte[] negative = payload(events);
        little(negative).putShort(32 + 8, (short) -1);
        final Path file = file(Codec.NONE, -1, xml(0, "EVTS"), packet(0, tooMany), packet(0, outside),
            packet(0, other), packet(0, new byte[0]), packet(0, negative), packet(0, good));
        try (EventReader reader = EventFormats.open(file)) {
            final List<String> expected = new ArrayList<>(AedatFiles.lines(events));
            expected.removeFirst();
            expected.addAll(AedatFiles.lines(events));
            assertEquals(expected, AedatFiles.read(reader));
            assertEquals(2, reader.warnings().size(), () -> "" + reader.warnings());
            assertTrue(reader.warnings().get(0).endsWith("and 3 more of the kind"));
            assertTrue(reader.warnings().get(1).contains("found x -1"));
        }
    }

    @Test
    void shouldWarnWhenTheLastPacketIsCut() throws IOException {
        final byte[] whole = AedatFiles.write("aedat4:none", SIZE, AedatFiles.random(1, 5000, SIZE, 0, 3));
        final Path file = folder.resolve("cut.aedat4");
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));
        try (EventReader reader = EventFormats.open(file)) {
            assertEquals(4094, AedatFiles.read(reader).size());
            assertEquals(1, reader.warnings().size());
            assertTrue(reader.warnings().getFirst().contains("the last packet is cut, left out"));
        }
    }

    @Test
    void shouldRefuseWhenThereIsNothingToGoBy() throws IOException {
        final Path file = file(Codec.NONE, -1, xml(0, "EVTS"));
        final byte[] bytes = Files.readAllBytes(file);
        little(bytes).putInt(HEADER_AT + 4 + 24 + 4, 5);
        Files.write(file, bytes);
        assertTrue(assertThrows(FormatException.class, () -> EventFormats.open(file)).getMessage()
            .startsWith(file + ": byte 14: the header: found compression 5"));
        little(bytes).putInt(HEADER_AT, -1);
        Files.write(file, bytes);
        assertTrue(assertThrows(FormatException.class, () -> EventFormats.open(file)).getMessage()
            .contains("found a header of 4294967295 bytes"));
    }

    @ParameterizedTest
    @CsvSource({"none, 1", "lz4, 2", "zstd, 3"})
    void shouldGiveFewerEventsOrRefuseWhenBytesAreDamaged(final String variant, final long seed) throws IOException {
        final Path file = folder.resolve("damaged.aedat4");
        final EventBatch events = AedatFiles.random(seed, 4500, SIZE, DAY, 3);
        try (EventOutput out = EventOutput.to(file, "damaged")) {
            final EventWriter writer = EventFormats.named("aedat4:" + variant).create(out, Optional.of(SIZE));
            writer.write(events);
            writer.finish();
        }
        final int refused = AedatFiles.damage(file, Files.readAllBytes(file), 2000, seed);
        assertTrue(refused > 10 && refused < 1900, "refused " + refused);
    }

    @Test
    void shouldGiveFewerEventsOrRefuseWhenDependentBlocksAreDamaged() throws IOException {
        final Path file = file(Codec.LZ4, -1, "",
            packet(0, DependentLz4.frame(payload(AedatFiles.random(1, 9000, SIZE, DAY, 3)))),
            packet(1, DependentLz4.frame(frame(3))));
        final int refused = AedatFiles.damage(file, Files.readAllBytes(file), 2000, 4);
        assertTrue(refused > 10 && refused < 1900, "refused " + refused);
    }

    /** A file whose header is put together here: table first, then the string. */
    private Path file(final Codec codec, final long tablePosition, final String xml, final byte[]... parts)
        throws IOException {
        final byte[] text = xml.getBytes(StandardCharsets.UTF_8);
        final ByteBuffer header = little(new byte[4 + 48 + text.length + 1]);
        header.putInt(header.capacity() - 4).putInt(24).put("IOHE".getBytes(StandardCharsets.US_ASCII));
        header.position(4 + 14);
        header.putShort((short) 10).putShort((short) 20).putShort((short) 4).putShort((short) 12).putShort((short) 8);
        header.putInt(10).putInt(codec.ordinal()).putInt(12).putLong(tablePosition).putInt(text.length).put(text);
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes("#!AER-DAT4.0\r\n".getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(header.array());
        for (final byte[] part : parts) {
            bytes.writeBytes(part);
        }
        final Path file = folder.resolve("packets.aedat4");
        Files.write(file, bytes.toByteArray());
        return file;
    }

    private static String xml(final Object... streams) {
        final StringBuilder xml = new StringBuilder("<?xml version=\"1.0\"?><dv><node name=\"outInfo\">");
        for (int i = 0; i < streams.length; i += 2) {
            xml.append("<node name=\"").append(streams[i]).append("\"><attr key=\"typeIdentifier\" type=\"string\">")
                .append(streams[i + 1]).append("</attr><node name=\"info\"><attr key=\"sizeX\" type=\"int\">640</attr>")
                .append("<attr key=\"sizeY\" type=\"int\">480</attr></node></node>");
        }
        return xml.append("</node></dv>").toString();
    }

    private static byte[] packet(final int stream, final byte[] payload) {
        return little(new byte[8 + payload.length]).putInt(stream).putInt(payload.length).put(payload).array();
    }

    /** Events as a FlatBuffer with its size in front. */
    private static byte[] payload(final EventBatch events) {
        final ByteBuffer bytes = little(new byte[32 + 16 * events.size()]);
        bytes.putInt(bytes.capacity() - 4).putInt(16).put("EVTS".getBytes(StandardCharsets.US_ASCII))
            .putShort((short) 0);
        bytes.putShort((short) 6).putShort((short) 8).putShort((short) 4).putInt(6).putInt(4).putInt(events.size());
        for (int i = 0; i < events.size(); i++) {
            bytes.putLong(events.micros(i)).putShort((short) events.x(i)).putShort((short) events.y(i))
                .put((byte) events.polarity(i)).put(new byte[3]);
        }
        return bytes.array();
    }

    /** A frame of nothing but its time. */
    private static byte[] frame(final long micros) {
        final ByteBuffer bytes = little(new byte[32]);
        bytes.putInt(28).putInt(16).put("FRME".getBytes(StandardCharsets.US_ASCII)).putShort((short) 0);
        return bytes.putShort((short) 6).putShort((short) 12).putShort((short) 4).putInt(6).putLong(micros).array();
    }

    private static byte[] frame(
        final byte[] payload, final LZ4FrameOutputStream.BLOCKSIZE size, final LZ4FrameOutputStream.FLG.Bits... bits)
        throws IOException {
        final List<LZ4FrameOutputStream.FLG.Bits> all = new ArrayList<>(List.of(bits));
        all.add(LZ4FrameOutputStream.FLG.Bits.BLOCK_INDEPENDENCE);
        final ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (LZ4FrameOutputStream out = new LZ4FrameOutputStream(
            packed, size, all.toArray(new LZ4FrameOutputStream.FLG.Bits[0]))) {
            out.write(payload);
        }
        return packed.toByteArray();
    }

    private static ByteBuffer little(final byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
