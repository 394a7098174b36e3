package org.spikemeter.engine.importer.npy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Elements as bytes, little-endian and row-major, turned into numbers; each value is rounded at most once. */
final class Elements {
    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);
    private static final VarHandle FLOAT = view(float[].class);
    private static final VarHandle DOUBLE = view(double[].class);

    private Elements() {
    }

    private static VarHandle view(final Class<?> arrayType) {
        return MethodHandles.byteArrayViewVarHandle(arrayType, ByteOrder.LITTLE_ENDIAN);
    }

    static ByteBuffer littleEndian(final byte[] data) {
        return ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Fills {@code into}; {@code data} holds at least that many elements. */
    static void toFloats(final NpyType type, final byte[] data, final float[] into) {
        switch (type) {
            case FLOAT32 -> littleEndian(data).asFloatBuffer().get(into);
            case FLOAT16 -> {
                for (int i = 0; i < into.length; i++) {
                    into[i] = Float.float16ToFloat((short) SHORT.get(data, 2 * i));
                }
            }
            case FLOAT64 -> {
                for (int i = 0; i < into.length; i++) {
                    into[i] = (float) (double) DOUBLE.get(data, 8 * i);
                }
            }
            case UINT64 -> {
                for (int i = 0; i < into.length; i++) {
                    into[i] = unsignedToFloat((long) LONG.get(data, 8 * i));
                }
            }
            default -> {
                for (int i = 0; i < into.length; i++) {
                    into[i] = integer(type, data, i);
                }
            }
        }
    }

    /** Fills {@code into}; {@code data} holds at least that many elements. */
    static void toDoubles(final NpyType type, final byte[] data, final double[] into) {
        switch (type) {
            case FLOAT64 -> littleEndian(data).asDoubleBuffer().get(into);
            case FLOAT16 -> {
                for (int i = 0; i < into.length; i++) {
                    into[i] = Float.float16ToFloat((short) SHORT.get(data, 2 * i));
                }
            }
            case FLOAT32 -> {
                for (int i = 0; i < into.length; i++) {
                    into[i] = (float) FLOAT.get(data, 4 * i);
                }
            }
            case UINT64 -> {
                for (int i = 0; i < into.length; i++) {
                    into[i] = unsignedToDouble((long) LONG.get(data, 8 * i));
                }
            }
            default -> {
                for (int i = 0; i < into.length; i++) {
                    into[i] = integer(type, data, i);
                }
            }
        }
    }

    /** An integer or a truth value; of {@link NpyType#UINT64} the bits. */
    static long integer(final NpyType type, final byte[] data, final int index) {
        return switch (type) {
            case BOOL -> data[index] == 0 ? 0 : 1;
            case INT8 -> data[index];
            case UINT8 -> Byte.toUnsignedLong(data[index]);
            case INT16 -> (short) SHORT.get(data, 2 * index);
            case UINT16 -> Short.toUnsignedLong((short) SHORT.get(data, 2 * index));
            case INT32 -> (int) INT.get(data, 4 * index);
            case UINT32 -> Integer.toUnsignedLong((int) INT.get(data, 4 * index));
            case INT64, UINT64 -> (long) LONG.get(data, 8 * index);
            case FLOAT16, FLOAT32, FLOAT64 -> throw new IllegalStateException(type + " is no integer type");
        };
    }

    /** Halved, so that the sign bit is free; the lowest bit stays as a sticky bit and keeps the rounding right. */
    private static float unsignedToFloat(final long bits) {
        return bits >= 0 ? (float) bits : (float) (bits >>> 1 | bits & 1) * 2.0f;
    }

    private static double unsignedToDouble(final long bits) {
        return bits >= 0 ? (double) bits : (double) (bits >>> 1 | bits & 1) * 2.0;
    }

    /** Turns big-endian elements into little-endian ones, or back, in place. */
    static void swap(final byte[] data, final int width) {
        for (int start = 0; start < data.length; start += width) {
            for (int low = start, high = start + width - 1; low < high; low++, high--) {
                final byte moved = data[low];
                data[low] = data[high];
                data[high] = moved;
            }
        }
    }

    /** Column-major elements, first axis fastest, in row-major order. */
    static byte[] toRowMajor(final byte[] data, final int width, final int[] shape) {
        final byte[] result = new byte[data.length];
        final int[] index = new int[shape.length];
        final int[] stride = new int[shape.length];
        int step = width;
        for (int axis = 0; axis < shape.length; axis++) {
            stride[axis] = step;
            step *= shape[axis];
        }
        int from = 0;
        for (int to = 0; to < result.length; to += width) {
            System.arraycopy(data, from, result, to, width);
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                from += stride[axis];
                if (++index[axis] < shape[axis]) {
                    break;
                }
                from -= stride[axis] * shape[axis];
                index[axis] = 0;
            }
        }
        return result;
    }
}
