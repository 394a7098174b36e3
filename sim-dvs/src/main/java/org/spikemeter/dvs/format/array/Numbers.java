package org.spikemeter.dvs.format.array;

import org.spikemeter.dvs.format.io.EventInput;
import org.spikemeter.engine.importer.npy.NpyType;

/** Numbers of any type at equal distances among bytes, as whole numbers. */
final class Numbers {
    /** In the place of what is no number that a long can hold. */
    static final long NONE = Long.MIN_VALUE;
    /** Times at or beyond this, before or after 0, are none: half of what a long can hold, so that sums fit. */
    static final long TIME_LIMIT = 1L << 62;

    private static final double MICROS = 1e6;

    private Numbers() {
    }

    /** Reads {@code count} numbers, the first at {@code from}; floating ones are rounded down. */
    static void toLongs(final NpyType type, final boolean bigEndian, final byte[] bytes, final int from,
        final int stride, final int count, final long[] into) {
        if (bigEndian && type.bytes() > 1 || type.isFloating()) {
            oneByOne(type, bigEndian, bytes, from, stride, count, into);
            return;
        }
        int at = from;
        switch (type) {
            case BOOL, UINT8 -> {
                for (int i = 0; i < count; i++, at += stride) {
                    into[i] = bytes[at] & 0xff;
                }
            }
            case INT8 -> {
                for (int i = 0; i < count; i++, at += stride) {
                    into[i] = bytes[at];
                }
            }
            case UINT16 -> {
                for (int i = 0; i < count; i++, at += stride) {
                    into[i] = (short) EventInput.SHORT.get(bytes, at) & 0xffff;
                }
            }
            case INT16 -> {
                for (int i = 0; i < count; i++, at += stride) {
                    into[i] = (short) EventInput.SHORT.get(bytes, at);
                }
            }
            case UINT32 -> {
                for (int i = 0; i < count; i++, at += stride) {
                    into[i] = (int) EventInput.INT.get(bytes, at) & 0xffff_ffffL;
                }
            }
            case INT32 -> {
                for (int i = 0; i < count; i++, at += stride) {
                    into[i] = (int) EventInput.INT.get(bytes, at);
                }
            }
            default -> {
                // of 64 bits
                final boolean unsigned = type == NpyType.UINT64;
                for (int i = 0; i < count; i++, at += stride) {
                    final long value = (long) EventInput.LONG.get(bytes, at);
                    into[i] = unsigned && value < 0 ? NONE : value;
                }
            }
        }
    }

    private static void oneByOne(final NpyType type, final boolean bigEndian, final byte[] bytes, final int from,
        final int stride, final int count, final long[] into) {
        for (int i = 0, at = from; i < count; i++, at += stride) {
            if (type.isFloating()) {
                final double value = Math.floor(value(type, bigEndian, bytes, at));
                into[i] = Math.abs(value) < TIME_LIMIT ? (long) value : NONE;
            } else {
                final long value = integer(type, bigEndian, bytes, at);
                into[i] = type == NpyType.UINT64 && value < 0 ? NONE : value;
            }
        }
    }

    /** Reads {@code count} floating times, to the nearest microsecond. */
    static void secondsToMicros(final NpyType type, final boolean bigEndian, final byte[] bytes, final int from,
        final int stride, final int count, final long[] into) {
        for (int i = 0, at = from; i < count; i++, at += stride) {
            final double micros = Math.rint(value(type, bigEndian, bytes, at) * MICROS);
            into[i] = Math.abs(micros) < TIME_LIMIT ? (long) micros : NONE;
        }
    }

    /** One number; only of integers of more than 53 bits it is not exact. */
    static double value(final NpyType type, final boolean bigEndian, final byte[] bytes, final int at) {
        return switch (type) {
            case FLOAT16 -> Float.float16ToFloat((short) bits(2, bigEndian, bytes, at));
            case FLOAT32 -> Float.intBitsToFloat((int) bits(4, bigEndian, bytes, at));
            case FLOAT64 -> Double.longBitsToDouble(bits(8, bigEndian, bytes, at));
            default -> integer(type, bigEndian, bytes, at);
        };
    }

    private static long integer(final NpyType type, final boolean bigEndian, final byte[] bytes, final int at) {
        final long bits = bits(type.bytes(), bigEndian, bytes, at);
        return switch (type) {
            case INT8 -> (byte) bits;
            case INT16 -> (short) bits;
            case INT32 -> (int) bits;
            default -> bits;
        };
    }

    private static long bits(final int width, final boolean bigEndian, final byte[] bytes, final int at) {
        long bits = 0;
        for (int i = 0; i < width; i++) {
            final int next = bigEndian ? at + i : at + width - 1 - i;
            bits = bits << 8 | bytes[next] & 0xff;
        }
        return bits;
    }
}
