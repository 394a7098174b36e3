package org.spikemeter.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.EventFormats;
import org.spikemeter.engine.FormatException;
import org.spikemeter.reference.Samples;

/** HDF5 files of events that h5py, hdf5plugin, Prophesee's ECF codec and v2e wrote: the figures that peers count. */
final class Hdf5RecordingTest {
    @TempDir
    private Path folder;

    private static EventBatch read(final String name) throws IOException {
        return RecordedFigures.read(Samples.path("events/derived/" + name), "hdf5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ncars_metavision_ecf.hdf5", "ncars_dsec_blosc_zstd.h5", "ncars_dsec_blosc_lz4_bit.h5"})
    void shouldCountWhatPeersCountAndReadSameEventsAsFromNumpy(final String name) throws IOException {
        final EventBatch events = read(name);
        assertEquals(RecordedFigures.NCARS, RecordedFigures.of(events));
        final EventBatch same =
            RecordedFigures.read(Samples.path("events/derived/ncars_spikingjelly.npz"), "npz");
        final int count = events.size();
        assertEquals(0, Arrays.compare(events.microsArray(), 0, count, same.microsArray(), 0, count));
        assertEquals(0, Arrays.compare(events.wordArray(), 0, count, same.wordArray(), 0, count));
    }

    @Test
    void shouldCountWhatPeersCountOfEcfInThreeChunks() throws IOException {
        final RecordedFigures figures = RecordedFigures.of(read("evt3sample40k_metavision_ecf.hdf5"));
        assertEquals(40_000, figures.events());
        assertEquals(468_778_148_304L, figures.sumMicros());
        assertEquals(27_794_020, figures.sumX());
        assertEquals(15_173_277, figures.sumY());
        assertEquals(21_255, figures.on());
        // of the recording that these are the first events of
        assertEquals("(11718656, 874, 200, 0)", figures.first());
    }

    @Test
    void shouldCountWhatV2eCounts() throws IOException {
        final RecordedFigures figures = RecordedFigures.of(read("v2e_esim25.h5"));
        assertEquals(29_040, figures.events());
        assertEquals(872_728_438, figures.sumMicros());
        assertEquals(3_242_414, figures.sumX());
        assertEquals(2_527_317, figures.sumY());
        assertEquals(13_626, figures.on());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ncars_metavision_ecf.hdf5", "ncars_dsec_blosc_lz4_bit.h5", "v2e_esim25.h5"})
    void shouldReadOrRejectWhateverIsCutOrFlipped(final String name) throws IOException {
        final byte[] good = Files.readAllBytes(Samples.path("events/derived/" + name));
        final Path file = folder.resolve(name);
        final Random random = new Random(name.hashCode());
        int rejected = 0;
        for (int attempt = 0; attempt < 400; attempt++) {
            final byte[] bad = Arrays.copyOf(good, attempt % 4 == 0 ? random.nextInt(good.length) : good.length);
            for (int flips = attempt % 4; flips > 0; flips--) {
                // most of what tells the way through the file is at its start
                bad[random.nextInt(random.nextInt(3) == 0 ? bad.length : 4096)] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(file, bad);
            rejected += reads(file) ? 0 : 1;
        }
        assertTrue(rejected > 100, "only " + rejected + " were rejected");
    }

    /** Nodes of the index that name one node over and over again stand for more of them than there are atoms. */
    @Test
    void shouldRejectIndexWhoseNodesNameEachOther() throws IOException {
        final ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(Samples.path("events/derived/v2e_esim25.h5")))
            .order(ByteOrder.LITTLE_ENDIAN);
        final int levels = 20;
        final int nodes = bytes.capacity();
        final ByteBuffer bad = ByteBuffer.allocate(nodes + levels * 4096).order(ByteOrder.LITTLE_ENDIAN).put(bytes);
        for (int level = 0; level < levels; level++) {
            putNode(bad, nodes + level * 4096, level, nodes + (level - 1) * 4096);
        }
        final long root = treeOfChunks(bytes);
        for (int at = 0; at + 8 <= nodes; at++) {
            if (bytes.getLong(at) == root) {
                bad.putLong(at, nodes + (levels - 1) * 4096L);
            }
        }
        final Path file = Files.write(folder.resolve("tree.h5"), bad.array());
        final String message =
            assertThrows(FormatException.class, () -> EventFormats.named("hdf5").open(file)).getMessage();
        assertTrue(message.endsWith("the structure is larger than the file can be believed to need"), message);
    }

    /** Address of the index of chunks: a B-tree of type 1. */
    private static int treeOfChunks(final ByteBuffer bytes) {
        int root = -1;
        int level = -1;
        for (int at = 0; at + 24 <= bytes.capacity(); at++) {
            if (bytes.getInt(at) == 0x4545_5254 && bytes.get(at + 4) == 1 && bytes.get(at + 5) > level) {
                root = at;
                level = bytes.get(at + 5);
            }
        }
        return root;
    }

    /** A node of 64 entries, each a key of 32 bytes for two axes and a child. */
    private static void putNode(final ByteBuffer into, final int at, final int level, final long child) {
        into.putInt(at, 0x4545_5254).put(at + 4, (byte) 1).put(at + 5, (byte) level).putShort(at + 6, (short) 64)
            .putLong(at + 8, -1).putLong(at + 16, -1);
        for (int entry = 0; entry < 64; entry++) {
            into.putLong(at + 24 + entry * 40 + 32, Math.max(0, child));
        }
    }

    private static boolean reads(final Path file) throws IOException {
        try (EventReader reader = EventFormats.named("hdf5").open(file)) {
            final SensorSize area = reader.size().orElse(SensorSize.LARGEST);
            final EventBatch batch = new EventBatch();
            while (reader.read(batch)) {
                for (int i = 0; i < batch.size(); i++) {
                    assertTrue(area.contains(batch.x(i), batch.y(i)));
                }
            }
            return true;
        } catch (final FormatException rejected) {
            assertTrue(rejected.getMessage().startsWith(file.toString()), rejected.getMessage());
            return false;
        }
    }
}
