package org.spikemeter.engine.importer.onnx;

import ai.onnx.proto.OnnxMl;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.spikemeter.engine.FormatException;

/** The constants of a model, and what nodes make of constants alone: computed in float64 when the model is read. */
final class OnnxConstants {
    private static final Set<String> FOLDED = Set.of("Identity", "Cast", "Transpose", "Reshape", "Flatten", "Squeeze",
        "Unsqueeze", "Concat", "Gather", "Slice", "ConstantOfShape", "Add", "Sub", "Mul", "Div", "Sqrt", "Neg",
        "Reciprocal", "Sigmoid", "QuantizeLinear", "DequantizeLinear");
    private static final long MAX_NUMBERS = 1L << 26;
    private static final int SIGNED_FROM = -128;
    private static final int SIGNED_TO = 127;
    private static final int UNSIGNED_TO = 255;

    /** Numbers that nodes may compute, whatever the model holds, and for each that it holds. */
    private static final long FREE_NUMBERS = 1L << 20;
    private static final long COMPUTED_OF_READ = 16;

    private final Path file;
    private final Map<Path, Long> externalBytes = new HashMap<>();
    private long left = FREE_NUMBERS;
    private final Map<String, OnnxTensors> values = new HashMap<>();
    private final Map<String, Integer> types = new HashMap<>();
    /** What a sigmoid was taken of, by the name of its result. */
    private final Map<String, Float> logits = new HashMap<>();

    OnnxConstants(final Path file, final List<OnnxMl.TensorProto> initializers) throws IOException {
        this.file = file;
        for (final OnnxMl.TensorProto tensor : initializers) {
            if (values.put(tensor.getName(), read(tensor)) != null) {
                throw new FormatException(file + ": has two tensors called '" + tensor.getName() + "'");
            }
            types.put(tensor.getName(), tensor.getDataType());
        }
    }

    private OnnxTensors read(final OnnxMl.TensorProto tensor) throws IOException {
        final OnnxTensors read = OnnxTensors.read(file, tensor, externalBytes);
        left += read.size() * COMPUTED_OF_READ;
        return read;
    }

    /** Refuses what nodes would make of very little: each counts as many numbers as it gives. */
    private int reserved(final OnnxNode node, final long numbers) throws FormatException {
        left -= numbers;
        if (left < 0) {
            throw node.fail("gives " + numbers + " numbers: more than can come from the constants of the model");
        }
        return (int) numbers;
    }

    boolean has(final String name) {
        return values.containsKey(name);
    }

    OnnxTensors get(final String name) {
        return values.get(name);
    }

    void put(final String name, final OnnxTensors value) {
        values.put(name, value);
    }

    /** Gives a name whole numbers, of int64. */
    void putIntegers(final String name, final double... integers) {
        values.put(name, vector(integers));
        types.put(name, OnnxMl.TensorProto.DataType.INT64_VALUE);
    }

    /** True for the data types of real numbers. */
    static boolean isReal(final long dataType) {
        return dataType == OnnxMl.TensorProto.DataType.FLOAT_VALUE
            || dataType == OnnxMl.TensorProto.DataType.DOUBLE_VALUE
            || dataType == OnnxMl.TensorProto.DataType.FLOAT16_VALUE;
    }

    private boolean isWhole(final String name) {
        return types.containsKey(name) && !isReal(types.get(name));
    }

    /** The number whose sigmoid a constant is; null where it is none. */
    Float logit(final String name) {
        return logits.get(name);
    }

    /** Input {@code input} of a node, which must be a constant. */
    OnnxTensors of(final OnnxNode node, final int input) throws FormatException {
        if (!node.has(input) || !has(node.input(input))) {
            throw node.fail("its input " + input + " is no constant");
        }
        return get(node.input(input));
    }

    /** Computes a node, where it is a constant or reads only constants; false where it does not. */
    boolean fold(final OnnxNode node) throws IOException {
        if (node.type().equals("Constant")) {
            values.put(node.output(), constant(node));
            return true;
        }
        final List<String> inputs = node.inputs().stream().filter(input -> !input.isEmpty()).toList();
        if (!FOLDED.contains(node.type()) || inputs.isEmpty() || !values.keySet().containsAll(inputs)) {
            return false;
        }
        final OnnxTensors result = compute(node);
        reserved(node, result.size());
        values.put(node.output(), result);
        final int type = types.getOrDefault(node.input(0), OnnxMl.TensorProto.DataType.FLOAT_VALUE);
        types.put(node.output(), switch (node.type()) {
            case "Cast" -> (int) node.integer("to", type);
            case "DequantizeLinear", "ConstantOfShape" -> OnnxMl.TensorProto.DataType.FLOAT_VALUE;
            default -> type;
        });
        return true;
    }

    private OnnxTensors constant(final OnnxNode node) throws IOException {
        if (node.proto().getAttributeCount() != 1) {
            throw node.fail("has " + node.proto().getAttributeCount() + " values, expected one");
        }
        final OnnxMl.AttributeProto value = node.proto().getAttribute(0);
        return switch (value.getName()) {
            case "value" -> {
                types.put(node.output(), value.getT().getDataType());
                yield read(value.getT());
            }
            case "value_float" -> scalar(value.getF());
            case "value_int" -> scalar(value.getI());
            case "value_floats" -> vector(value.getFloatsList().stream().mapToDouble(Float::doubleValue).toArray());
            case "value_ints" -> vector(value.getIntsList().stream().mapToDouble(Long::doubleValue).toArray());
            default -> throw node.fail("'" + value.getName() + "' is not known, expected numbers");
        };
    }

    private static OnnxTensors scalar(final double value) {
        return new OnnxTensors(new double[] {value}, new int[0]);
    }

    static OnnxTensors vector(final double... values) {
        return new OnnxTensors(values, new int[] {values.length});
    }

    private OnnxTensors compute(final OnnxNode node) throws FormatException {
        final OnnxTensors x = of(node, 0);
        return switch (node.type()) {
            case "Identity" -> x;
            case "Cast" -> isReal(node.integer("to", 0)) ? x : each(x, a -> a < 0 ? Math.ceil(a) : Math.floor(a));
            case "Transpose" -> transposed(node, x);
            case "Reshape" -> reshaped(node, x, integers(of(node, 1)));
            case "Flatten", "Squeeze", "Unsqueeze" -> reshaped(node, x, sides(node, x.shape()));
            case "Concat" -> joined(node);
            case "Gather" -> gathered(node, x);
            case "Slice" -> sliced(node, x);
            case "ConstantOfShape" -> filled(node, integers(x));
            case "Add" -> pairwise(node, Double::sum);
            case "Sub" -> pairwise(node, (a, b) -> a - b);
            case "Mul" -> pairwise(node, (a, b) -> a * b);
            case "Div" -> isWhole(node.input(0)) && isWhole(node.input(1))
                ? pairwise(node, (a, b) -> b == 0 ? Double.NaN : (double) ((long) a / (long) b))
                : pairwise(node, (a, b) -> a / b);
            case "Sqrt" -> each(x, Math::sqrt);
            case "Neg" -> each(x, a -> -a);
            case "Reciprocal" -> each(x, a -> 1.0 / a);
            case "Sigmoid" -> {
                if (x.size() == 1) {
                    logits.put(node.output(), (float) x.values()[0]);
                }
                yield each(x, a -> 1.0 / (1.0 + Math.exp(-a)));
            }
            case "QuantizeLinear" -> quantized(node, x);
            default -> dequantized(node, x);
        };
    }

    private static OnnxTensors each(final OnnxTensors x, final DoubleUnaryOperator operator) {
        return new OnnxTensors(Arrays.stream(x.values()).map(operator).toArray(), x.shape());
    }

    private static int[] integers(final OnnxTensors x) {
        return Arrays.stream(x.values()).mapToInt(value -> (int) value).toArray();
    }

    /** Sides of one number broadcast, as in NumPy, aligned at the last. */
    private OnnxTensors pairwise(final OnnxNode node, final DoubleBinaryOperator operator) throws FormatException {
        final OnnxTensors a = of(node, 0);
        final OnnxTensors b = of(node, 1);
        final int rank = Math.max(a.shape().length, b.shape().length);
        final int[] shape = new int[rank];
        long size = 1;
        for (int axis = 0; axis < rank; axis++) {
            final int left = side(a.shape(), axis, rank);
            final int right = side(b.shape(), axis, rank);
            if (left != right && left != 1 && right != 1) {
                throw node.fail("joins " + Arrays.toString(a.shape()) + " and " + Arrays.toString(b.shape())
                    + ", expected sides that are equal or 1");
            }
            shape[axis] = left == 1 ? right : left;
            size *= shape[axis];
            if (size > MAX_NUMBERS) {
                throw node.fail("gives more than " + MAX_NUMBERS + " numbers");
            }
        }
        final double[] result = new double[reserved(node, size)];
        for (int i = 0; i < result.length; i++) {
            result[i] = operator.applyAsDouble(a.values()[place(a.shape(), shape, i)],
                b.values()[place(b.shape(), shape, i)]);
        }
        return new OnnxTensors(result, shape);
    }

    private static int side(final int[] shape, final int axis, final int rank) {
        final int own = axis - rank + shape.length;
        return own < 0 ? 1 : shape[own];
    }

    /** Where index {@code index} of {@code whole} stands in an array of {@code shape} that broadcasts. */
    private static int place(final int[] shape, final int[] whole, final int index) {
        int place = 0;
        int stride = 1;
        int rest = index;
        for (int axis = whole.length - 1; axis >= 0; axis--) {
            final int at = rest % whole[axis];
            rest /= whole[axis];
            final int side = side(shape, axis, whole.length);
            place += side == 1 ? 0 : at * stride;
            stride *= side;
        }
        return place;
    }

    private static OnnxTensors transposed(final OnnxNode node, final OnnxTensors x) throws FormatException {
        final int rank = x.shape().length;
        final List<Long> order = node.integers("perm");
        final int[] shape = new int[rank];
        final int[] strides = new int[rank];
        final boolean[] seen = new boolean[rank];
        for (int axis = 0; axis < rank; axis++) {
            final long from = order.isEmpty() ? rank - 1 - axis : axis < order.size() ? order.get(axis) : -1;
            if (from < 0 || from >= rank || seen[(int) from] || !order.isEmpty() && order.size() != rank) {
                throw node.fail("turns " + Arrays.toString(x.shape()) + " by " + order + ", expected each axis once");
            }
            seen[(int) from] = true;
            shape[axis] = x.shape()[(int) from];
            strides[axis] = 1;
            for (int behind = (int) from + 1; behind < rank; behind++) {
                strides[axis] *= x.shape()[behind];
            }
        }
        final double[] turned = new double[x.size()];
        for (int i = 0; i < turned.length; i++) {
            int rest = i;
            int place = 0;
            for (int axis = rank - 1; axis >= 0; axis--) {
                place += rest % shape[axis] * strides[axis];
                rest /= shape[axis];
            }
            turned[i] = x.values()[place];
        }
        return new OnnxTensors(turned, shape);
    }

    /** One side may be -1, for what is left; 0 keeps a side. */
    private static OnnxTensors reshaped(final OnnxNode node, final OnnxTensors x, final int[] sides)
        throws FormatException {
        final int[] shape = sides.clone();
        long known = 1;
        int open = -1;
        for (int axis = 0; axis < shape.length; axis++) {
            if (shape[axis] == 0 && axis < x.shape().length) {
                shape[axis] = x.shape()[axis];
            }
            if (shape[axis] == -1 && open < 0) {
                open = axis;
            } else {
                known = shape[axis] < 0 || known > MAX_NUMBERS ? -1 : known * shape[axis];
            }
        }
        if (open >= 0 && known > 0) {
            shape[open] = (int) (x.size() / known);
            known *= shape[open];
        }
        if (known != x.size()) {
            throw node.fail("gives a constant of " + x.size() + " numbers the shape " + Arrays.toString(sides));
        }
        return new OnnxTensors(x.values(), shape);
    }

    /** The shape that Flatten, Squeeze or Unsqueeze gives. */
    private int[] sides(final OnnxNode node, final int[] shape) throws FormatException {
        if (node.type().equals("Flatten")) {
            final int axis = Math.clamp(node.integer("axis", 1), 0, shape.length);
            return new int[] {product(shape, 0, axis), product(shape, axis, shape.length)};
        }
        // the axes were an attribute before opset 13
        final int[] axes = node.has(1) ? integers(of(node, 1))
            : node.integers("axes").stream().mapToInt(Long::intValue).toArray();
        final boolean adds = node.type().equals("Unsqueeze");
        final int rank = adds ? shape.length + axes.length : shape.length;
        final boolean[] chosen = new boolean[rank];
        for (final int axis : axes) {
            if (axis < -rank || axis >= rank) {
                throw node.fail("names axis " + axis + " of " + rank);
            }
            chosen[Math.floorMod(axis, rank)] = true;
        }
        final int[] sides = new int[adds ? rank : shape.length];
        int count = 0;
        for (int axis = 0, from = 0; axis < rank; axis++) {
            if (adds) {
                sides[count] = chosen[axis] || from >= shape.length ? 1 : shape[from];
                from += chosen[axis] ? 0 : 1;
                count++;
            } else if (!chosen[axis] && (axes.length > 0 || shape[axis] != 1)) {
                sides[count] = shape[axis];
                count++;
            }
        }
        return Arrays.copyOf(sides, count);
    }

    private static int product(final int[] shape, final int from, final int to) {
        int product = 1;
        for (int axis = from; axis < to; axis++) {
            product *= shape[axis];
        }
        return product;
    }

    /** Vectors, one behind the other. */
    private OnnxTensors joined(final OnnxNode node) throws FormatException {
        long size = 0;
        for (int i = 0; i < node.inputs().size(); i++) {
            final OnnxTensors part = of(node, i);
            if (part.shape().length > 1) {
                throw node.fail("joins constants of the shape " + Arrays.toString(part.shape())
                    + ", expected vectors");
            }
            size += part.size();
        }
        final double[] all = new double[reserved(node, size)];
        int end = 0;
        for (int i = 0; i < node.inputs().size(); i++) {
            final OnnxTensors part = of(node, i);
            System.arraycopy(part.values(), 0, all, end, part.size());
            end += part.size();
        }
        return vector(all);
    }

    /** Numbers of a vector. */
    private OnnxTensors gathered(final OnnxNode node, final OnnxTensors x) throws FormatException {
        final OnnxTensors indices = of(node, 1);
        if (x.shape().length != 1) {
            throw node.fail("takes from a constant of the shape " + Arrays.toString(x.shape())
                + ", expected a vector");
        }
        final double[] values = new double[indices.size()];
        for (int i = 0; i < values.length; i++) {
            final int at = (int) indices.values()[i];
            if (at < -x.size() || at >= x.size()) {
                throw node.fail("takes number " + at + " of " + x.size());
            }
            values[i] = x.values()[Math.floorMod(at, x.size())];
        }
        return new OnnxTensors(values, indices.shape());
    }

    /** With starts, ends, axes and steps as constants, as from opset 10 on. */
    private OnnxTensors sliced(final OnnxNode node, final OnnxTensors x) throws FormatException {
        final int[] starts = integers(of(node, 1));
        final int[] axes = node.has(3) ? integers(of(node, 3)) : null;
        final int ends = of(node, 2).size();
        final int steps = node.has(4) ? of(node, 4).size() : starts.length;
        if (ends != starts.length || steps != starts.length || axes != null && axes.length != starts.length) {
            throw node.fail("has " + starts.length + " starts, " + ends + " ends and " + steps + " steps");
        }
        OnnxTensors slice = x;
        for (int i = 0; i < starts.length; i++) {
            final int axis = axes == null ? i : axes[i];
            if (axis < -x.shape().length || axis >= x.shape().length) {
                throw node.fail("names axis " + axis + " of " + x.shape().length);
            }
            final long step = node.has(4) ? (long) of(node, 4).values()[i] : 1;
            slice = sliced(node, slice, Math.floorMod(axis, x.shape().length), starts[i],
                (long) of(node, 2).values()[i], step);
        }
        return slice;
    }

    private static OnnxTensors sliced(
        final OnnxNode node, final OnnxTensors x, final int axis, final long start, final long end, final long step)
        throws FormatException {
        final int side = x.shape()[axis];
        if (step == 0) {
            throw node.fail("has a step of 0");
        }
        // beyond the ends, what is there
        final long last = step > 0 ? side : side - 1L;
        final long first = step > 0 ? 0 : -1;
        final long from = Math.clamp(start < 0 ? start + side : start, Math.max(first, 0), last);
        final long to = Math.clamp(end < 0 ? end + side : end, first, last + (step > 0 ? 0 : 1));
        final int count = (int) Math.max(0, (to - from + step - Long.signum(step)) / step);
        final int[] shape = x.shape().clone();
        shape[axis] = count;
        final int inner = product(shape, axis + 1, shape.length);
        final double[] values = new double[product(shape, 0, shape.length)];
        for (int i = 0; i < values.length; i++) {
            final int outer = i / (inner * count);
            final long at = from + step * (i / inner % count);
            values[i] = x.values()[(int) ((outer * (long) side + at) * inner + i % inner)];
        }
        return new OnnxTensors(values, shape);
    }

    private OnnxTensors filled(final OnnxNode node, final int[] shape) throws FormatException {
        long size = 1;
        for (final int side : shape) {
            size = side < 0 || size > MAX_NUMBERS ? MAX_NUMBERS + 1 : size * side;
        }
        if (size > MAX_NUMBERS) {
            throw node.fail("gives a constant the shape " + Arrays.toString(shape) + ", expected at most "
                + MAX_NUMBERS + " numbers");
        }
        final double[] values = new double[reserved(node, size)];
        Arrays.fill(values, filling(node));
        return new OnnxTensors(values, shape);
    }

    private double filling(final OnnxNode node) throws FormatException {
        if (!node.hasAttribute("value")) {
            return 0.0;
        }
        try {
            return read(node.proto().getAttribute(0).getT()).values()[0];
        } catch (final IOException | ArrayIndexOutOfBoundsException e) {
            throw node.fail("its value is no number: " + e.getMessage());
        }
    }

    private OnnxTensors dequantized(final OnnxNode node, final OnnxTensors x) throws FormatException {
        return scaled(node, x, (value, scale, zero) -> (value - zero) * scale);
    }

    private OnnxTensors quantized(final OnnxNode node, final OnnxTensors x) throws FormatException {
        final boolean signed = node.has(2)
            && types.getOrDefault(node.input(2), 0) == OnnxMl.TensorProto.DataType.INT8_VALUE;
        return scaled(node, x, (value, scale, zero) -> Math.clamp(Math.rint(value / scale) + zero,
            signed ? SIGNED_FROM : 0, signed ? SIGNED_TO : UNSIGNED_TO));
    }

    private interface Scaling {
        double apply(double value, double scale, double zero);
    }

    private OnnxTensors scaled(final OnnxNode node, final OnnxTensors x, final Scaling scaling)
        throws FormatException {
        final OnnxTensors scale = of(node, 1);
        final OnnxTensors zero = node.has(2) ? of(node, 2) : null;
        final int rank = x.shape().length;
        final int axis = scale.size() == 1 ? 0 : Math.floorMod((int) node.integer("axis", 1), Math.max(1, rank));
        if (scale.size() != 1 && (rank == 0 || x.shape()[axis] != scale.size())
            || zero != null && zero.size() != scale.size()) {
            throw node.fail("has " + scale.size() + " scales for " + Arrays.toString(x.shape()));
        }
        final int inner = rank == 0 ? 1 : product(x.shape(), axis + 1, rank);
        final double[] values = x.values().clone();
        for (int i = 0; i < values.length; i++) {
            final int at = scale.size() == 1 ? 0 : i / inner % scale.size();
            values[i] = scaling.apply(values[i], scale.values()[at], zero == null ? 0.0 : zero.values()[at]);
        }
        return new OnnxTensors(values, x.shape());
    }
}
