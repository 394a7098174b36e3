package org.spikemeter.dvs.format.array;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.spikemeter.engine.importer.npy.NpyType;

final class NumbersTest {
    private static final int COUNT = 257;

    /** What Java's own buffers read, as an exact number; null for what is none. */
    private static BigDecimal exact(final NpyType type, final ByteBuffer bytes, final int at) {
        return switch (type) {
            case BOOL, UINT8 -> BigDecimal.valueOf(Byte.toUnsignedInt(bytes.get(at)));
            case INT8 -> BigDecimal.valueOf(bytes.get(at));
            case INT16 -> BigDecimal.valueOf(bytes.getShort(at));
            case UINT16 -> BigDecimal.valueOf(Short.toUnsignedInt(bytes.getShort(at)));
            case INT32 -> BigDecimal.valueOf(bytes.getInt(at));
            case UINT32 -> BigDecimal.valueOf(Integer.toUnsignedLong(bytes.getInt(at)));
            case INT64 -> BigDecimal.valueOf(bytes.getLong(at));
            case UINT64 -> new BigDecimal(Long.toUnsignedString(bytes.getLong(at)));
            case FLOAT16 -> ofDouble(Float.float16ToFloat(bytes.getShort(at)));
            case FLOAT32 -> ofDouble(bytes.getFloat(at));
            case FLOAT64 -> ofDouble(bytes.getDouble(at));
        };
    }

    private static BigDecimal ofDouble(final double value) {
        return Double.isFinite(value) ? new BigDecimal(value) : null;
    }

    /** Rounded down; of floating numbers those beyond 2^62 are none, of integers those that a long cannot hold. */
    private static long expected(final NpyType type, final BigDecimal exact) {
        final BigDecimal limit = BigDecimal.TWO.pow(type.isFloating() ? 62 : 63);
        final boolean none = exact == null || (type.isFloating() ? exact.abs() : exact).compareTo(limit) >= 0;
        return none ? Numbers.NONE : exact.setScale(0, RoundingMode.FLOOR).longValueExact();
    }

    @ParameterizedTest
    @EnumSource(NpyType.class)
    void shouldReadAsJavaDoesInBothByteOrders(final NpyType type) {
        final Random random = new Random(type.ordinal());
        final int stride = type.bytes() + 3;
        final byte[] bytes = new byte[2 + COUNT * stride];
        random.nextBytes(bytes);
        final long[] found = new long[COUNT];
        for (final boolean bigEndian : new boolean[] {false, true}) {
            final ByteBuffer oracle = ByteBuffer.wrap(bytes)
                .order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
            Numbers.toLongs(type, bigEndian, bytes, 2, stride, COUNT, found);
            for (int i = 0; i < COUNT; i++) {
                final BigDecimal exact = exact(type, oracle, 2 + i * stride);
                assertEquals(expected(type, exact), found[i], type + " " + exact);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = NpyType.class, names = {"FLOAT16", "FLOAT32", "FLOAT64"})
    void shouldTurnSecondsIntoNearestMicrosecond(final NpyType type) {
        final double[] seconds = {0, 1, -1, 0.5, 1.25e-4, 1605537493.718345, 1e300, Double.NaN,
            Double.POSITIVE_INFINITY, -1e13};
        final ByteBuffer bytes = ByteBuffer.allocate(seconds.length * 8).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < seconds.length; i++) {
            switch (type) {
                case FLOAT16 -> bytes.putShort(8 * i, Float.floatToFloat16((float) seconds[i]));
                case FLOAT32 -> bytes.putFloat(8 * i, (float) seconds[i]);
                default -> bytes.putDouble(8 * i, seconds[i]);
            }
        }
        final long[] found = new long[seconds.length];
        Numbers.secondsToMicros(type, false, bytes.array(), 0, 8, seconds.length, found);
        for (int i = 0; i < seconds.length; i++) {
            final BigDecimal exact = exact(type, bytes, 8 * i);
            final boolean none = exact == null || exact.abs().compareTo(new BigDecimal("4e12")) > 0;
            final double micros = none ? 0 : exact.doubleValue() * 1e6;
            assertEquals(none ? Numbers.NONE : Math.round(micros), found[i], type + " " + seconds[i]);
        }
    }
}
