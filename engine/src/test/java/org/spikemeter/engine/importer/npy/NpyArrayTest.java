package org.spikemeter.engine.importer.npy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NpyArrayTest {
    @Test
    void shouldGiveBackWhatItWasMadeOf() {
        assertArrayEquals(new float[] {1, -2}, NpyArray.ofFloats(new float[] {1, -2}, 2).toFloats());
        assertArrayEquals(new double[] {0.1, -2}, NpyArray.ofDoubles(new double[] {0.1, -2}, 1, 2).toDoubles());
        assertArrayEquals(new long[] {Long.MIN_VALUE}, NpyArray.ofLongs(new long[] {Long.MIN_VALUE}).toLongs());
        assertArrayEquals(new long[] {-5, 7, 0}, NpyArray.ofInts(new int[] {-5, 7, 0}, 3, 1).toLongs());
        assertArrayEquals(new long[] {255, 1}, NpyArray.ofBytes(new byte[] {-1, 1}, 2).toLongs());
        assertArrayEquals(new byte[] {-1, 1}, NpyArray.ofBytes(new byte[] {-1, 1}, 2).toBytes());
        assertArrayEquals(new float[] {1, 0}, NpyArray.ofBooleans(new boolean[] {true, false}, 2).toFloats());
    }

    @Test
    void shouldStayAsItIsWhenCallersChangeTheirArrays() {
        final byte[] values = {1, 2};
        final NpyArray array = NpyArray.ofBytes(values, 2);
        values[0] = 9;
        array.toBytes()[1] = 9;
        array.shape()[0] = 9;
        assertArrayEquals(new byte[] {1, 2}, array.toBytes());
        assertArrayEquals(new int[] {2}, array.shape());
    }

    @Test
    void shouldCountElements() {
        assertEquals(1, NpyArray.ofFloats(new float[1]).size());
        assertEquals(0, NpyArray.ofFloats(new float[1]).rank());
        assertEquals(0, NpyArray.ofFloats(new float[0], 3, 0, Integer.MAX_VALUE).size());
        assertEquals(3, NpyArray.ofFloats(new float[0], 3, 0, Integer.MAX_VALUE).rank());
        assertEquals("FLOAT32 [2, 3]", NpyArray.ofFloats(new float[6], 2, 3).toString());
    }

    @Test
    void shouldRejectShapeThatDoesNotHoldValues() {
        final float[] values = new float[6];
        assertThrows(IllegalArgumentException.class, () -> NpyArray.ofFloats(values, 5));
        assertThrows(IllegalArgumentException.class, () -> NpyArray.ofFloats(values));
        assertThrows(IllegalArgumentException.class, () -> NpyArray.ofFloats(values, -2, -3));
        assertThrows(IllegalArgumentException.class, () -> NpyArray.ofFloats(new float[0], 1 << 16, 1 << 16, 1 << 16));
        assertThrows(IllegalArgumentException.class, () -> NpyArray.ofFloats(new float[1], new int[65]));
    }

    @Test
    void shouldRefuseLongsAndBytesWhenTypeHasNone() {
        assertThrows(IllegalStateException.class, () -> NpyArray.ofFloats(new float[1], 1).toLongs());
        assertThrows(IllegalStateException.class, () -> NpyArray.ofInts(new int[1], 1).toBytes());
        final byte[] twoToThe63 = {0, 0, 0, 0, 0, 0, 0, (byte) 0x80};
        final NpyArray large = NpyArray.wrap(NpyType.UINT64, twoToThe63, 1);
        final IllegalStateException failure = assertThrows(IllegalStateException.class, large::toLongs);
        assertEquals("UINT64 [1] has 9223372036854775808 as element 0, which does not fit into a long",
            failure.getMessage());
    }

    @Test
    void shouldRoundOnceWhenUnsignedLongsBecomeFloats() {
        final Random random = new Random(7);
        final long[] bits = new long[1009];
        for (int i = 0; i < bits.length; i++) {
            // half of them beside a tie of float32, where rounding twice would show
            final long tie = (random.nextInt(1 << 24) | 1L << 23) << 40 | 1L << 39;
            bits[i] = i % 2 == 0 ? random.nextLong() : tie + random.nextInt(3) - 1;
        }
        final ByteBuffer data = ByteBuffer.allocate(8 * bits.length).order(ByteOrder.LITTLE_ENDIAN);
        data.asLongBuffer().put(bits);
        final NpyArray array = NpyArray.wrap(NpyType.UINT64, data.array(), bits.length);
        final float[] floats = array.toFloats();
        final double[] doubles = array.toDoubles();
        for (int i = 0; i < bits.length; i++) {
            final BigDecimal exact = new BigDecimal(new BigInteger(Long.toUnsignedString(bits[i])));
            assertEquals(exact.floatValue(), floats[i], Long.toUnsignedString(bits[i]));
            assertEquals(exact.doubleValue(), doubles[i], Long.toUnsignedString(bits[i]));
        }
    }
}
