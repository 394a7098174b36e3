package org.spikemeter.engine.network;

import java.util.Arrays;

/** Immutable float32 numbers with a shape, row-major: weights as they were trained. All are finite. */
public final class Tensor {
    private final int[] shape;
    private final float[] values;

    private Tensor(final float[] values, final int[] shape) {
        this.values = values;
        this.shape = shape;
    }

    /**
     * A copy of {@code values} with a shape.
     *
     * @throws IllegalArgumentException where the shape does not fit the number of values, or a value is NaN or infinite
     */
    public static Tensor of(final float[] values, final int... shape) {
        final long size = product(shape);
        if (size != values.length) {
            throw new IllegalArgumentException("shape " + Arrays.toString(shape) + " needs " + size + " values, found "
                + values.length);
        }
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException("value " + i + " of " + values.length + " is " + values[i]
                    + ": expected finite numbers");
            }
        }
        return new Tensor(values.clone(), shape.clone());
    }

    private static long product(final int[] shape) {
        long product = 1;
        boolean empty = false;
        for (final int side : shape) {
            if (side < 0) {
                throw new IllegalArgumentException("shape " + Arrays.toString(shape)
                    + ": expected sides of at least 0");
            }
            empty |= side == 0;
            product = product > Integer.MAX_VALUE ? product : product * side;
        }
        if (!empty && product > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("shape " + Arrays.toString(shape)
                + " has more values than an array holds");
        }
        return empty ? 0 : product;
    }

    /** A copy of the sides. */
    public int[] shape() {
        return shape.clone();
    }

    /**
     * Each value times a factor, computed in float64 and rounded once.
     *
     * @throws IllegalArgumentException where a product is beyond float32
     */
    public Tensor times(final double factor) {
        final float[] products = new float[values.length];
        for (int i = 0; i < products.length; i++) {
            products[i] = (float) (values[i] * factor);
        }
        return of(products, shape);
    }

    /** Number of axes. */
    public int rank() {
        return shape.length;
    }

    /** Length of axis {@code axis}. */
    public int dimension(final int axis) {
        return shape[axis];
    }

    /** Number of values. */
    public int size() {
        return values.length;
    }

    /** The value at a row-major index. */
    public float get(final int index) {
        return values[index];
    }

    /** A copy of the values, row-major. */
    public float[] toArray() {
        return values.clone();
    }

    /** The values in float64, row-major. */
    public double[] toDoubles() {
        final double[] doubles = new double[values.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    /** The shape as Python writes a list. */
    public String shapeText() {
        return Arrays.toString(shape);
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof Tensor that && Arrays.equals(shape, that.shape) && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "Tensor" + shapeText();
    }
}
