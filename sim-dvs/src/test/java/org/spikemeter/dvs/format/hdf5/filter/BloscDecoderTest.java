package org.spikemeter.dvs.format.hdf5.filter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BloscDecoderTest {
    /** Bytes that repeat now and then, near and far. */
    private static byte[] data(final Random random, final int length) {
        final byte[] data = new byte[length];
        for (int i = 0; i < length; i++) {
            final int back = 1 + random.nextInt(1 + random.nextInt(20_000));
            final int run = random.nextInt(4) > 0 && back <= i ? random.nextInt(400) : 0;
            data[i] = (byte) random.nextInt(256);
            for (int j = 0; j < run && i < length; j++, i++) {
                data[i] = data[i - back];
            }
        }
        return data;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4})
    void shouldUnpackWhatWasPackedByEachCodec(final int codec) throws DamagedChunkException {
        final Random random = new Random(codec);
        for (final int shuffle : new int[] {0, 1, 4}) {
            for (final int elementBytes : new int[] {1, 2, 3, 4, 8, 16, 17}) {
                for (final int length : new int[] {0, 1, 7, 8, 64, 1024, 1031, 4099, 30_000}) {
                    final int most = Math.max(1, Math.min(length, 8192));
                    final int blockBytes = most > elementBytes ? most - most % elementBytes : most;
                    final byte[] data = data(random, length);
                    final byte[] packed =
                        new BloscPacker(codec, shuffle, random.nextBoolean(), elementBytes, blockBytes).pack(data);
                    assertArrayEquals(data, BloscDecoder.decode(packed, length), () -> "codec " + codec
                        + ", shuffle " + shuffle + ", elements of " + elementBytes + ", " + length + " bytes");
                }
            }
        }
    }

    @Test
    void shouldUnpackMatchesThatLieFarBack() throws DamagedChunkException {
        final byte[] data = data(new Random(2), 60_000);
        System.arraycopy(data, 0, data, 50_000, 9_000);
        final byte[] packed = new BloscPacker(0, 0, true, 1, data.length).pack(data);
        assertTrue(packed.length < 51_000);
        assertArrayEquals(data, BloscDecoder.decode(packed, data.length));
    }

    @Test
    void shouldCopyWhatWasNotPacked() throws DamagedChunkException {
        final byte[] chunk = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN)
            .put(new byte[] {2, 1, 2, 4}).putInt(4).putInt(4).putInt(20).put(new byte[] {9, 8, 7, 6}).array();
        assertArrayEquals(new byte[] {9, 8, 7, 6}, BloscDecoder.decode(chunk, 4));
    }

    @Test
    void shouldAllocateNoMoreThanTheChunkMayHave() {
        final byte[] packed = new BloscPacker(4, 1, true, 4, 1000).pack(new byte[1000]);
        assertEquals("blosc: claims 1000 bytes in blocks of 1000, packed in " + packed.length + ": there are "
            + packed.length + " for a chunk of 999",
            assertThrows(DamagedChunkException.class, () -> BloscDecoder.decode(packed, 999)).getMessage());
    }

    @Test
    void shouldSayWhichCodecsThereAre() {
        final byte[] packed = new BloscPacker(0, 0, true, 1, 100).pack(new byte[100]);
        packed[2] |= 2 << 5;
        assertEquals("blosc: has the codec 2 (snappy), expected 0 (blosclz), 1 (lz4), 3 (zlib) or 4 (zstd)",
            assertThrows(DamagedChunkException.class, () -> BloscDecoder.decode(packed, 100)).getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4})
    void shouldUnpackOrRejectWhateverIsCutOrFlipped(final int codec) {
        final Random random = new Random(codec);
        final byte[] good = new BloscPacker(codec, 1, false, 2, 512).pack(data(random, 2000));
        int rejected = 0;
        for (int attempt = 0; attempt < 4000; attempt++) {
            final byte[] bad = Arrays.copyOf(good, attempt % 4 == 0 ? random.nextInt(good.length) : good.length);
            for (int flips = attempt % 4; flips > 0; flips--) {
                bad[random.nextInt(flips == 1 ? bad.length : Math.min(bad.length, 64))] ^=
                    (byte) (1 << random.nextInt(8));
            }
            try {
                assertTrue(BloscDecoder.decode(bad, 2000).length <= 2000);
            } catch (final DamagedChunkException damaged) {
                rejected++;
            }
        }
        assertTrue(rejected > 1500, "only " + rejected + " were rejected");
    }
}
