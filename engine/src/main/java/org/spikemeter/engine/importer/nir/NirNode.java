package org.spikemeter.engine.importer.nir;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.spikemeter.engine.network.Tensor;

/** A node as it will be written: a type, fields and metadata. */
final class NirNode {
    private final Map<String, Object> fields = new LinkedHashMap<>();
    private final Map<String, Object> metadata = new LinkedHashMap<>();

    NirNode(final String type) {
        fields.put("type", type);
    }

    /**
     * Numbers with a shape.
     *
     * @param flat array of primitives, row-major
     * @param shape lengths of the axes; none for a single number
     */
    record Numbers(Object flat, int... shape) {}

    /** Texts and numbers, by name. */
    Map<String, Object> fields() {
        return fields;
    }

    /** What is no part of NIR, by name. */
    Map<String, Object> metadata() {
        return metadata;
    }

    NirNode note(final String name, final Object textOrNumber) {
        metadata.put(name, textOrNumber);
        return this;
    }

    /** A single whole number. */
    NirNode whole(final String name, final long number) {
        fields.put(name, number);
        return this;
    }

    /** A row of whole numbers. */
    NirNode whole(final String name, final int... numbers) {
        fields.put(name, new Numbers(Arrays.stream(numbers).asLongStream().toArray(), numbers.length));
        return this;
    }

    NirNode numbers(final String name, final float[] flat, final int... shape) {
        fields.put(name, new Numbers(flat, shape));
        return this;
    }

    NirNode numbers(final String name, final double[] flat, final int... shape) {
        fields.put(name, new Numbers(flat, shape));
        return this;
    }

    NirNode numbers(final String name, final Tensor tensor) {
        final int[] shape = new int[tensor.rank()];
        Arrays.setAll(shape, tensor::dimension);
        return numbers(name, tensor.toArray(), shape);
    }

    /** The same number for each neuron. */
    NirNode fill(final String name, final float value, final int... shape) {
        final float[] flat = new float[size(shape)];
        Arrays.fill(flat, value);
        return numbers(name, flat, shape);
    }

    /** The same number for each neuron, in float64. */
    NirNode fill(final String name, final double value, final int... shape) {
        final double[] flat = new double[size(shape)];
        Arrays.fill(flat, value);
        return numbers(name, flat, shape);
    }

    private static int size(final int... shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }
}
