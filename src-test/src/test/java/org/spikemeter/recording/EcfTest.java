package org.spikemeter.recording;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.HdfFile;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.object.message.FilterPipelineMessage.FilterInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.format.hdf5.filter.ChunkFilters;
import org.spikemeter.dvs.format.hdf5.filter.DamagedChunkException;
import org.spikemeter.reference.Samples;

/** Prophesee's ECF, held against a packer that was written from the format, and against chunks of the peer's codec. */
final class EcfTest {
    private static final int CHUNK_BYTES = 16_384 * 16;

    private static byte[] unpack(final byte[] packed) throws DamagedChunkException {
        return ChunkFilters.of(List.of(new FilterInfo(0x8ECF, "ECF", false, new int[0])), CHUNK_BYTES)
            .decode(packed, 0);
    }

    private static EventBatch events(final byte[] records) {
        final ByteBuffer bytes = ByteBuffer.wrap(records).order(ByteOrder.LITTLE_ENDIAN);
        final EventBatch events = new EventBatch();
        for (int at = 0; at < records.length; at += 16) {
            events.add(bytes.getLong(at + 8),
                EventWord.of(bytes.getShort(at), bytes.getShort(at + 2), bytes.getShort(at + 4)));
        }
        return events;
    }

    /** With runs and gaps of all lengths. */
    private static EventBatch random(final Random random, final int count) {
        final EventBatch events = new EventBatch();
        long micros = random.nextLong() >> 8 & Long.MAX_VALUE;
        int x = 0;
        int y = 0;
        int p = 0;
        final int stays = 1 + random.nextInt(200);
        for (int i = 0; i < count; i++) {
            micros += random.nextInt(stays) > 0 ? 0 : random.nextInt(3) > 0 ? random.nextInt(20)
                : random.nextLong() >>> 20 + random.nextInt(44);
            y = random.nextInt(stays) > 0 ? y : random.nextInt(2048);
            x = random.nextInt(5) > 0 ? Math.min(2047, x + random.nextInt(4)) : random.nextInt(2048);
            p = random.nextInt(stays) > 0 ? p : 1 - p;
            events.add(micros, EventWord.of(x, y, p));
        }
        return events;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void shouldUnpackWhatWasPackedInEachOfTheThreeWays(final int mode) throws DamagedChunkException {
        for (final int count : new int[] {0, 1, 2, 3, 4, 5, 30, 31, 32, 126, 127, 128, 1001, 16_384}) {
            for (int seed = 0; seed < 8; seed++) {
                final EventBatch events = random(new Random(31 * count + seed), count);
                final EventBatch found = events(unpack(EcfPacker.pack(events, mode)));
                assertEquals(count, found.size());
                assertArrayEquals(Arrays.copyOf(events.microsArray(), count),
                    Arrays.copyOf(found.microsArray(), count));
                assertArrayEquals(Arrays.copyOf(events.wordArray(), count), Arrays.copyOf(found.wordArray(), count));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"ncars_metavision_ecf.hdf5, 1, 2", "evt3sample40k_metavision_ecf.hdf5, 3, 1"})
    void shouldPackToTheBytesOfThePeer(final String name, final int chunks, final int mode)
        throws DamagedChunkException {
        try (HdfFile file = new HdfFile(Samples.path("events/derived/" + name))) {
            final ChunkedDataset dataset = (ChunkedDataset) file.getDatasetByPath("CD/events");
            for (int i = 0; i < chunks; i++) {
                final ByteBuffer raw = dataset.getRawChunkBuffer(new int[] {i * 16_384});
                final byte[] packed = new byte[raw.remaining()];
                raw.get(packed);
                assertEquals(mode, packed[0] & 3);
                final EventBatch events = events(unpack(packed));
                final byte[] again = EcfPacker.pack(events, mode);
                assertEquals(packed.length, again.length);
                // the last of four packed together may be left over from the chunk before
                final int sure = packed.length - (events.size() % 4 == 0 ? 0 : 12);
                assertArrayEquals(Arrays.copyOf(packed, sure), Arrays.copyOf(again, sure));
            }
        }
    }

    @Test
    void shouldRejectMoreEventsThanTheChunkMayHave() {
        final byte[] packed = ByteBuffer.allocate(100).order(ByteOrder.LITTLE_ENDIAN).putInt(16_386 << 2).array();
        assertEquals("ECF: claims 16386 events for a chunk of 262148 bytes",
            assertThrows(DamagedChunkException.class, () -> unpack(packed)).getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void shouldUnpackOrRejectWhateverIsCutOrFlipped(final int mode) throws IOException {
        final byte[] good = EcfPacker.pack(random(new Random(mode), 300), mode);
        final Random random = new Random(mode);
        int rejected = 0;
        for (int attempt = 0; attempt < 5000; attempt++) {
            final byte[] bad = Arrays.copyOf(good, attempt % 4 == 0 ? random.nextInt(good.length) : good.length);
            for (int flips = attempt % 4; flips > 0; flips--) {
                bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                assertTrue(unpack(bad).length <= CHUNK_BYTES);
            } catch (final DamagedChunkException damaged) {
                assertTrue(damaged.getMessage().startsWith("ECF: "), damaged.getMessage());
                rejected++;
            }
        }
        assertTrue(rejected > 1250, "only " + rejected + " were rejected");
    }
}
