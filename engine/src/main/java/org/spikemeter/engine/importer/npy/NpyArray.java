package org.spikemeter.engine.importer.npy;

import java.util.Arrays;

/**
 * An array of numbers as NumPy has it, immutable. Whatever the order in the file, elements are given in row-major order
 * (last axis fastest). Held as bytes of the element type: an array of {@code uint8} costs a byte an element.
 *
 * <p>Safe for use by several threads at once. Every {@code to...} method returns a new array.
 */
public final class NpyArray {
    /** Axes that an array may have: NumPy's own limit. */
    static final int MAX_RANK = 64;
    /** Bytes that a Java array may have on any JVM. */
    static final int MAX_BYTES = Integer.MAX_VALUE - 8;

    private final NpyType type;
    private final byte[] data;
    private final int[] shape;

    private NpyArray(final NpyType type, final byte[] data, final int[] shape) {
        this.type = type;
        this.data = data;
        this.shape = shape;
    }

    /**
     * An array around {@code data}, which is not copied.
     *
     * @param data elements, little-endian and row-major
     */
    static NpyArray wrap(final NpyType type, final byte[] data, final int... shape) {
        if (shape.length > MAX_RANK) {
            throw new IllegalArgumentException("array with " + shape.length + " axes: expected at most " + MAX_RANK);
        }
        final int elements = data.length / type.bytes();
        if (product(shape) != elements) {
            throw new IllegalArgumentException(elements + " elements do not fill the shape " + Arrays.toString(shape));
        }
        return new NpyArray(type, data, shape.clone());
    }

    /** Number of elements; -1 where it is not a number that an array can have. */
    private static long product(final int[] shape) {
        long product = 1;
        boolean empty = false;
        for (final int side : shape) {
            if (side < 0) {
                return -1;
            }
            empty |= side == 0;
            product = product > Integer.MAX_VALUE ? product : product * side;
        }
        return empty ? 0 : product;
    }

    private static byte[] bytes(final NpyType type, final int elements) {
        final long bytes = (long) type.bytes() * elements;
        if (bytes > MAX_BYTES) {
            throw new IllegalArgumentException("array of " + bytes + " bytes: expected at most " + MAX_BYTES);
        }
        return new byte[(int) bytes];
    }

    /**
     * A copy as {@link NpyType#FLOAT32}.
     *
     * @throws IllegalArgumentException where the number of values is not that of the shape, here and in the others
     */
    public static NpyArray ofFloats(final float[] values, final int... shape) {
        final byte[] data = bytes(NpyType.FLOAT32, values.length);
        Elements.littleEndian(data).asFloatBuffer().put(values);
        return wrap(NpyType.FLOAT32, data, shape);
    }

    /** A copy as {@link NpyType#FLOAT64}. */
    public static NpyArray ofDoubles(final double[] values, final int... shape) {
        final byte[] data = bytes(NpyType.FLOAT64, values.length);
        Elements.littleEndian(data).asDoubleBuffer().put(values);
        return wrap(NpyType.FLOAT64, data, shape);
    }

    /** A copy as {@link NpyType#INT64}. */
    public static NpyArray ofLongs(final long[] values, final int... shape) {
        final byte[] data = bytes(NpyType.INT64, values.length);
        Elements.littleEndian(data).asLongBuffer().put(values);
        return wrap(NpyType.INT64, data, shape);
    }

    /** A copy as {@link NpyType#INT32}. */
    public static NpyArray ofInts(final int[] values, final int... shape) {
        final byte[] data = bytes(NpyType.INT32, values.length);
        Elements.littleEndian(data).asIntBuffer().put(values);
        return wrap(NpyType.INT32, data, shape);
    }

    /** A copy as {@link NpyType#UINT8}: values from 0 to 255 in bytes. */
    public static NpyArray ofBytes(final byte[] values, final int... shape) {
        return wrap(NpyType.UINT8, values.clone(), shape);
    }

    /** A copy as {@link NpyType#BOOL}. */
    public static NpyArray ofBooleans(final boolean[] values, final int... shape) {
        final byte[] data = bytes(NpyType.BOOL, values.length);
        for (int i = 0; i < values.length; i++) {
            data[i] = (byte) (values[i] ? 1 : 0);
        }
        return wrap(NpyType.BOOL, data, shape);
    }

    /** Type of the elements, as it was in the file. */
    public NpyType type() {
        return type;
    }

    /** Sides of the array, a copy; none for a single number. */
    public int[] shape() {
        return shape.clone();
    }

    /** Number of axes. */
    public int rank() {
        return shape.length;
    }

    /** Number of elements. */
    public int size() {
        return data.length / type.bytes();
    }

    /** All elements as float32: a float64 or a large integer is rounded to the nearest, a truth value is 0 or 1. */
    public float[] toFloats() {
        final float[] floats = new float[size()];
        Elements.toFloats(type, data, floats);
        return floats;
    }

    /** All elements as float64: only integers of more than 53 bits are rounded; a truth value is 0 or 1. */
    public double[] toDoubles() {
        final double[] doubles = new double[size()];
        Elements.toDoubles(type, data, doubles);
        return doubles;
    }

    /**
     * All elements of an integer type, truth values as 0 and 1.
     *
     * @throws IllegalStateException where the type is a floating one, or where a uint64 is 2^63 or more
     */
    public long[] toLongs() {
        if (type.isFloating()) {
            throw new IllegalStateException(this + " has no integer elements");
        }
        final long[] longs = new long[size()];
        for (int i = 0; i < longs.length; i++) {
            longs[i] = Elements.integer(type, data, i);
            if (type == NpyType.UINT64 && longs[i] < 0) {
                throw new IllegalStateException(this + " has " + Long.toUnsignedString(longs[i]) + " as element " + i
                    + ", which does not fit into a long");
            }
        }
        return longs;
    }

    /**
     * All elements of a type of one byte, as they are in the file.
     *
     * @throws IllegalStateException where an element has more than one byte
     */
    public byte[] toBytes() {
        if (type.bytes() != 1) {
            throw new IllegalStateException(this + " has elements of " + type.bytes() + " bytes, not of one");
        }
        return data.clone();
    }

    /** The elements themselves, little-endian and row-major; not to be changed. */
    byte[] data() {
        return data;
    }

    /** Type and shape, such as {@code FLOAT32 [32, 3, 3]}. */
    @Override
    public String toString() {
        return type + " " + Arrays.toString(shape);
    }
}
