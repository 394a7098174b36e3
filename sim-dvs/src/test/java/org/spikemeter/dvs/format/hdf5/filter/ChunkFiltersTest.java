package org.spikemeter.dvs.format.hdf5.filter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import io.jhdf.filter.ByteShuffleFilter;
import io.jhdf.filter.DeflatePipelineFilter;
import io.jhdf.object.message.FilterPipelineMessage.FilterInfo;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against what the library packs, and by hand where it packs nothing. */
final class ChunkFiltersTest {
    private static final FilterInfo SHUFFLE = new FilterInfo(2, "shuffle", false, new int[] {4});
    private static final FilterInfo DEFLATE = new FilterInfo(1, "deflate", false, new int[] {6});
    private static final FilterInfo FLETCHER = new FilterInfo(3, "fletcher32", false, new int[0]);

    private static byte[] data(final int length) {
        final byte[] data = new byte[length];
        new Random(length).nextBytes(data);
        Arrays.fill(data, length / 2, length, (byte) 7);
        return data;
    }

    private static byte[] deflated(final byte[] data) {
        return new DeflatePipelineFilter().encode(data, DEFLATE.getData());
    }

    @Test
    void shouldUndoFiltersFromLastToFirst() throws DamagedChunkException {
        final byte[] data = data(1003);
        final byte[] packed = deflated(new ByteShuffleFilter().encode(data, SHUFFLE.getData()));
        final byte[] summed = Arrays.copyOf(packed, packed.length + 4);
        assertArrayEquals(data, ChunkFilters.of(List.of(SHUFFLE, DEFLATE, FLETCHER), 1003).decode(summed, 0));
        assertArrayEquals(data, ChunkFilters.of(List.of(), 1003).decode(data, 0));
    }

    @Test
    void shouldLeaveOutFiltersThatChunkDidNotGoThrough() throws DamagedChunkException {
        final byte[] data = data(64);
        final ChunkFilters filters = ChunkFilters.of(List.of(SHUFFLE, DEFLATE), 64);
        assertArrayEquals(data, filters.decode(deflated(data), 0b01));
        assertArrayEquals(data, filters.decode(new ByteShuffleFilter().encode(data, SHUFFLE.getData()), 0b10));
        assertArrayEquals(data, filters.decode(data, 0b11));
    }

    @Test
    void shouldUnpackZstandardAndLzf() throws DamagedChunkException {
        final byte[] data = data(500);
        assertArrayEquals(data, ChunkFilters.of(List.of(new FilterInfo(32_015, "zstd", false, new int[] {3})), 500)
            .decode(Zstd.compress(data), 0));
        // three literals, then six bytes from three before
        final byte[] packed = {2, 'a', 'b', 'c', (byte) 0x80, 2};
        assertEquals("abcabcabc", new String(ChunkFilters.of(List.of(lzf(9)), 9).decode(packed, 0),
            StandardCharsets.US_ASCII));
    }

    private static FilterInfo lzf(final int size) {
        return new FilterInfo(32_000, "lzf", false, new int[] {4, 0, size});
    }

    @Test
    void shouldMakeNoMoreBytesThanChunkMayHave() throws DamagedChunkException {
        final byte[] bomb = deflated(new byte[100_000]);
        assertEquals(1004, ChunkFilters.of(List.of(DEFLATE), 1000).decode(bomb, 0).length);
        assertThrows(DamagedChunkException.class, () -> ChunkFilters.of(List.of(
            new FilterInfo(32_015, "zstd", false, new int[0])), 1000).decode(Zstd.compress(new byte[100_000]), 0));
        assertThrows(DamagedChunkException.class, () -> ChunkFilters.of(List.of(lzf(1 << 30)), 1000));
    }

    @Test
    void shouldNameFilterThatIsNotKnown() {
        final FilterInfo unknown = new FilterInfo(32_008, "bitshuffle", false, new int[0]);
        final String message =
            assertThrows(DamagedChunkException.class, () -> ChunkFilters.of(List.of(unknown), 10)).getMessage();
        assertTrue(message.startsWith("has the filter 32008 'bitshuffle', expected deflate"), message);
    }

    @Test
    void shouldRejectWhatEndsTooEarly() {
        final byte[] packed = deflated(data(1000));
        for (final int length : new int[] {0, 1, 2, 100, packed.length - 5}) {
            assertThrows(DamagedChunkException.class, () -> ChunkFilters.of(List.of(DEFLATE), 1000)
                .decode(Arrays.copyOf(packed, length), 0), () -> length + " bytes");
        }
        assertThrows(DamagedChunkException.class,
            () -> ChunkFilters.of(List.of(lzf(9)), 9).decode(new byte[] {31, 1}, 0));
    }
}
