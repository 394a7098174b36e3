package org.spikemeter.runtime.live.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MapCodingTest {
    private static ByteBuffer coded(final byte[] map) {
        final ByteBuffer out = ByteBuffer.allocate(MapCoding.maxBytes(map.length)).order(ByteOrder.LITTLE_ENDIAN);
        MapCoding.put(out, map, map.length);
        return out.flip();
    }

    /** The slow and obvious way back. */
    private static byte[] decoded(final ByteBuffer in, final int cells) {
        final byte coding = in.get();
        final byte[] content = new byte[in.getInt()];
        in.get(content);
        if (coding == MapCoding.RAW) {
            return content;
        }
        final byte[] map = new byte[cells];
        int cell = 0;
        for (int at = 0; at < content.length; at++) {
            int shift = 0;
            for (; content[at] < 0; at++) {
                cell += (content[at] & 0x7F) << shift;
                shift += 7;
            }
            cell += content[at] << shift;
            map[cell++] = content[++at];
        }
        return map;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0, 0.0001, 0.01, 0.3, 0.49, 0.5, 0.51, 0.9, 1.0})
    void shouldComeBackAsItWas(final double share) {
        for (final int cells : new int[] {0, 1, 2, 127, 128, 129, 4096, 16_383, 90_000}) {
            final SplittableRandom random = new SplittableRandom(cells);
            final byte[] map = new byte[cells];
            for (int i = 0; i < cells; i++) {
                map[i] = (byte) (random.nextDouble() < share ? 1 + random.nextInt(255) : 0);
            }
            final ByteBuffer bytes = coded(map);
            assertArrayEquals(map, decoded(bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN), cells),
                () -> cells + " cells");
            assertTrue(bytes.remaining() <= cells + 5, () -> bytes.remaining() + " bytes for " + cells);
        }
    }

    @Test
    void shouldWriteZerosBeforeACell() {
        final byte[] map = new byte[1000];
        map[0] = 9;
        map[301] = (byte) 200;
        // 300 zeros: 300 = 2 * 128 + 44
        assertArrayEquals(new byte[] {MapCoding.SPARSE, 5, 0, 0, 0, 0, 9, (byte) (44 | 0x80), 2, (byte) 200},
            Arrays.copyOf(coded(map).array(), 10));
        assertEquals(10, coded(map).remaining());
    }

    @Test
    void shouldWriteAFullMapAsItIs() {
        final byte[] map = {1, 2, 3, 4};
        assertArrayEquals(new byte[] {MapCoding.RAW, 4, 0, 0, 0, 1, 2, 3, 4}, Arrays.copyOf(coded(map).array(), 9));
    }
}
