package org.spikemeter.engine.importer.onnx;

import ai.onnx.proto.OnnxMl;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.spikemeter.engine.FormatException;
import org.spikemeter.engine.network.Tensor;

/**
 * A constant of a model, in float64.
 *
 * @param values row-major
 * @param shape its sides
 */
record OnnxTensors(double[] values, int[] shape) {
    private static final long MAX_NUMBERS = 1L << 26;
    private static final int MAX_RANK = 64;
    /** How often the tensors of a model may read an external file through. */
    private static final int MAX_READS = 2;

    OnnxTensors {
        // each number is found by a loop over the axes
        if (shape.length > MAX_RANK) {
            throw new IllegalArgumentException("a constant of " + shape.length + " axes, expected at most "
                + MAX_RANK);
        }
    }

    /**
     * A tensor of the model, from its own bytes or an external file beside it.
     *
     * @param externalBytes bytes that were read from each external file
     */
    static OnnxTensors read(
        final Path model, final OnnxMl.TensorProto tensor, final Map<Path, Long> externalBytes) throws IOException {
        final String place = model + ": tensor '" + tensor.getName() + "'";
        if (tensor.getDimsCount() > MAX_RANK) {
            throw new FormatException(place + " has " + tensor.getDimsCount() + " axes, expected at most " + MAX_RANK);
        }
        final int[] shape = new int[tensor.getDimsCount()];
        long size = 1;
        for (int i = 0; i < shape.length; i++) {
            final long side = tensor.getDims(i);
            if (side < 0 || side > MAX_NUMBERS || side > 0 && size > MAX_NUMBERS / side) {
                throw new FormatException(place + " claims the shape " + tensor.getDimsList() + ", expected at most "
                    + MAX_NUMBERS + " numbers");
            }
            shape[i] = (int) side;
            size *= side;
        }
        final int bytes = switch (tensor.getDataType()) {
            case OnnxMl.TensorProto.DataType.FLOAT_VALUE, OnnxMl.TensorProto.DataType.INT32_VALUE -> 4;
            case OnnxMl.TensorProto.DataType.DOUBLE_VALUE, OnnxMl.TensorProto.DataType.INT64_VALUE -> 8;
            case OnnxMl.TensorProto.DataType.FLOAT16_VALUE -> 2;
            case OnnxMl.TensorProto.DataType.INT8_VALUE, OnnxMl.TensorProto.DataType.UINT8_VALUE,
                OnnxMl.TensorProto.DataType.BOOL_VALUE -> 1;
            default -> throw new FormatException(place + " has the data type " + tensor.getDataType()
                + ", expected float16, float32, float64, int8, uint8, int32 or int64");
        };
        final boolean external = tensor.getDataLocation() == OnnxMl.TensorProto.DataLocation.EXTERNAL;
        if (!external && tensor.getRawData().isEmpty()) {
            return new OnnxTensors(typed(place, tensor, (int) size), shape);
        }
        final ByteBuffer raw = external ? external(model, place, tensor, size * bytes, externalBytes)
            : tensor.getRawData().asReadOnlyByteBuffer();
        if (raw.remaining() != size * bytes) {
            throw new FormatException(place + " has " + raw.remaining() + " bytes, expected " + size * bytes
                + " for the shape " + Arrays.toString(shape));
        }
        raw.order(ByteOrder.LITTLE_ENDIAN);
        final double[] values = new double[(int) size];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (tensor.getDataType()) {
                case OnnxMl.TensorProto.DataType.FLOAT_VALUE -> raw.getFloat();
                case OnnxMl.TensorProto.DataType.DOUBLE_VALUE -> raw.getDouble();
                case OnnxMl.TensorProto.DataType.FLOAT16_VALUE -> Float.float16ToFloat(raw.getShort());
                case OnnxMl.TensorProto.DataType.INT32_VALUE -> raw.getInt();
                case OnnxMl.TensorProto.DataType.INT64_VALUE -> raw.getLong();
                case OnnxMl.TensorProto.DataType.INT8_VALUE -> raw.get();
                default -> raw.get() & 0xFF;
            };
        }
        return new OnnxTensors(values, shape);
    }

    private static double[] typed(final String place, final OnnxMl.TensorProto tensor, final int size)
        throws FormatException {
        final List<? extends Number> data = switch (tensor.getDataType()) {
            case OnnxMl.TensorProto.DataType.FLOAT_VALUE -> tensor.getFloatDataList();
            case OnnxMl.TensorProto.DataType.DOUBLE_VALUE -> tensor.getDoubleDataList();
            case OnnxMl.TensorProto.DataType.INT64_VALUE -> tensor.getInt64DataList();
            default -> tensor.getInt32DataList();
        };
        if (data.size() != size) {
            throw new FormatException(place + " has " + data.size() + " numbers, expected " + size);
        }
        final boolean half = tensor.getDataType() == OnnxMl.TensorProto.DataType.FLOAT16_VALUE;
        final int[] range = switch (tensor.getDataType()) {
            case OnnxMl.TensorProto.DataType.INT8_VALUE -> new int[] {Byte.MIN_VALUE, Byte.MAX_VALUE};
            case OnnxMl.TensorProto.DataType.UINT8_VALUE -> new int[] {0, (1 << Byte.SIZE) - 1};
            case OnnxMl.TensorProto.DataType.BOOL_VALUE -> new int[] {0, 1};
            case OnnxMl.TensorProto.DataType.FLOAT16_VALUE -> new int[] {0, (1 << Short.SIZE) - 1};
            default -> null;
        };
        for (int i = 0; range != null && i < size; i++) {
            if (tensor.getInt32Data(i) < range[0] || tensor.getInt32Data(i) > range[1]) {
                throw new FormatException(place + " has the value " + tensor.getInt32Data(i) + " at " + i
                    + ", expected " + range[0] + " to " + range[1]);
            }
        }
        return data.stream().mapToDouble(number -> half ? Float.float16ToFloat(number.shortValue())
            : number.doubleValue()).toArray();
    }

    /** A file in the folder of a model; null where there is none, or where its name or a link leads elsewhere. */
    private static Path beside(final Path model, final String location) throws IOException {
        final Path folder = model.toAbsolutePath().getParent();
        try {
            final Path file = folder.resolve(location);
            // links that lead to files beside the model itself are how caches of models are laid out
            if (location.isEmpty() || !file.normalize().startsWith(folder.normalize()) || !Files.isRegularFile(file)
                || !file.toRealPath().startsWith(folder.toRealPath())
                    && !file.toRealPath().startsWith(model.toRealPath().getParent())) {
                return null;
            }
            return file.toRealPath();
        } catch (final InvalidPathException e) {
            return null;
        }
    }

    private static ByteBuffer external(
        final Path model, final String place, final OnnxMl.TensorProto tensor, final long expected,
        final Map<Path, Long> externalBytes) throws IOException {
        final Map<String, String> where = new HashMap<>();
        tensor.getExternalDataList().forEach(entry -> where.put(entry.getKey(), entry.getValue()));
        final Path file = beside(model, where.getOrDefault("location", ""));
        if (file == null) {
            throw new FormatException(place + " lies in '" + where.get("location")
                + "', expected a file beside the model");
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            final long offset = Long.parseLong(where.getOrDefault("offset", "0"));
            final long length = where.containsKey("length") ? Long.parseLong(where.get("length")) : expected;
            if (offset < 0 || length != expected || length > in.length() - offset) {
                throw new FormatException(place + " lies in " + file + " from " + offset + " for " + length
                    + " bytes, expected " + expected + " of its " + in.length());
            }
            if (externalBytes.merge(file, length, Long::sum) > MAX_READS * in.length()) {
                throw new FormatException(place + " lies in " + file + ", which other tensors have taken all of");
            }
            final byte[] bytes = new byte[(int) length];
            in.seek(offset);
            in.readFully(bytes);
            return ByteBuffer.wrap(bytes);
        } catch (final NumberFormatException e) {
            throw new FormatException(place + ": offset and length are " + where + ", expected numbers", e);
        }
    }

    int size() {
        return values.length;
    }

    /** As float32. */
    Tensor tensor(final int... sides) {
        final float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return Tensor.of(floats, sides);
    }

    Tensor tensor() {
        return tensor(shape);
    }

    /** Rows and columns exchanged. */
    OnnxTensors transposed() {
        final double[] turned = new double[values.length];
        for (int row = 0; row < shape[0]; row++) {
            for (int column = 0; column < shape[1]; column++) {
                turned[column * shape[0] + row] = values[row * shape[1] + column];
            }
        }
        return new OnnxTensors(turned, new int[] {shape[1], shape[0]});
    }

    OnnxTensors times(final double factor) {
        return new OnnxTensors(Arrays.stream(values).map(value -> value * factor).toArray(), shape);
    }

    OnnxTensors inverse() {
        return new OnnxTensors(Arrays.stream(values).map(value -> 1.0 / value).toArray(), shape);
    }

    /**
     * What one number, or one for each channel, comes to for so many channels; null where it is neither.
     *
     * @param behind axes behind the channels: a constant's sides are aligned at the last
     */
    double[] perChannel(final int channels, final int behind) {
        final double[] all = new double[channels];
        if (values.length == 1) {
            Arrays.fill(all, values[0]);
            return all;
        }
        final int axis = shape.length - 1 - behind;
        return values.length == channels && axis >= 0 && shape[axis] == channels ? values.clone() : null;
    }
}
