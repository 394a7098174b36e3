package org.spikemeter.engine.importer.nir;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.datatype.StringData;
import io.jhdf.object.datatype.VariableLength;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.spikemeter.engine.FormatException;

/** A group of an HDF5 file, with messages that name file and place, and limits for what the file may claim. */
final class Hdf5Group {
    /** Numbers that one data set may have. */
    private static final long MAX_NUMBERS = 1L << 26;
    /** How far compression may go: numbers of four bytes that come from a byte of the file. */
    private static final long MAX_EXPANSION = 260;
    /** How far the weights of a file may go together: pruned ones are zeros for the most part. */
    private static final long TRUSTED_EXPANSION = 40;
    private static final long TEXT_BYTES_AT_ONCE = 1L << 20;
    private static final int MAX_TEXT = 4096;
    private static final long FREE_BYTES = 4L << 20;

    private final Path file;
    private final String place;
    private final Group group;
    private final Claims claims;

    private Hdf5Group(final Path file, final String place, final Group group, final Claims claims) {
        this.file = file;
        this.place = place;
        this.group = group;
        this.claims = claims;
    }

    /** What all data sets of a file may claim together. */
    private static final class Claims {
        private final long fileBytes;
        /** Longest text of the file. */
        private final long textBytes;
        private long left;

        Claims(final long fileBytes, final long textBytes) {
            this.fileBytes = fileBytes;
            this.textBytes = textBytes;
            this.left = FREE_BYTES + fileBytes * TRUSTED_EXPANSION;
        }

        boolean take(final long bytes) {
            left -= bytes;
            return left >= 0;
        }
    }

    /** Something to do with an open file. */
    @FunctionalInterface
    interface Reading<T> {
        T read(Hdf5Group root) throws IOException;
    }

    /**
     * Opens a file, reads, and closes it.
     *
     * @throws FormatException where it is no HDF5 file, or is damaged
     */
    static <T> T read(final Path file, final Reading<T> reading) throws IOException {
        final ByteBuffer bytes = map(file);
        final long longestText = GlobalHeaps.check(file, bytes);
        TreeNodes.check(file, bytes);
        // from a buffer: the library cuts what it reads out of it, where from a file it would first allocate what a
        // damaged length claims; nor does it follow links into other files
        try (HdfFile hdf = HdfFile.fromByteBuffer(bytes)) {
            return reading.read(new Hdf5Group(file, "", hdf, new Claims(bytes.capacity(), longestText)));
        } catch (final RuntimeException | StackOverflowError | OutOfMemoryError damaged) {
            throw new FormatException(file + ": damaged, or no HDF5 file: " + reason(damaged), damaged);
        }
    }

    private static String reason(final Throwable damaged) {
        return damaged.getMessage() == null ? damaged.getClass().getSimpleName() : damaged.getMessage();
    }

    /** The library meets damage with whatever its buffers and casts throw. */
    private <T> T careful(final String what, final Supplier<T> reading) throws FormatException {
        try {
            return reading.get();
        } catch (final RuntimeException | StackOverflowError | OutOfMemoryError damaged) {
            throw new FormatException(place() + ": " + what + " damaged: " + reason(damaged), damaged);
        }
    }

    private Map<String, Node> children() throws FormatException {
        return careful("the group is", group::getChildren);
    }

    private static ByteBuffer map(final Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw new FormatException(file + ": " + channel.size() + " bytes, expected at most 2 GB");
            }
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()).order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    /** File and place, for messages. */
    String place() {
        return place.isEmpty() ? file.toString() : file + ": " + place;
    }

    /** Where it lies: the same for all links to it. */
    long address() {
        return group.getAddress();
    }

    FormatException fail(final String what) {
        return new FormatException(place() + ": " + what);
    }

    boolean has(final String child) throws FormatException {
        return children().containsKey(child);
    }

    /** Names of the groups in it. */
    List<String> groups() throws FormatException {
        final List<String> names = new ArrayList<>();
        for (final Node node : children().values()) {
            if (careful("'" + node.getName() + "' is", node::isGroup)) {
                names.add(node.getName());
            }
        }
        return names;
    }

    Hdf5Group group(final String child) throws FormatException {
        final Node node = child(child);
        if (!(node instanceof Group found)) {
            throw fail("'" + child + "' is no group");
        }
        return new Hdf5Group(file, place.isEmpty() ? child : place + "/" + child, found, claims);
    }

    private Node child(final String name) throws FormatException {
        final Node node = children().get(name);
        if (node == null) {
            throw fail("has no '" + name + "'");
        }
        return node;
    }

    private Dataset dataset(final String name) throws FormatException {
        if (!(child(name) instanceof Dataset dataset)) {
            throw fail("'" + name + "' is no data set");
        }
        final long[] sides = careful("'" + name + "' is", dataset::getDimensionsAsLong);
        long numbers = 1;
        for (final long side : sides) {
            if (side < 0 || numbers > 0 && side > MAX_NUMBERS / numbers) {
                throw fail("'" + name + "' claims the shape " + Arrays.toString(sides) + ", expected at most "
                    + MAX_NUMBERS + " numbers");
            }
            numbers *= side;
        }
        final long expected = numbers;
        final String fault = careful("'" + name + "' is", () -> fault(dataset, expected));
        if (fault != null) {
            throw fail("'" + name + "' " + fault);
        }
        return dataset;
    }

    private String fault(final Dataset dataset, final long numbers) {
        final DataType type = dataset.getDataType();
        if (!(type instanceof FixedPoint || type instanceof FloatingPoint || type instanceof StringData
            || type instanceof VariableLength)) {
            return "is " + type.getClass().getSimpleName() + ", expected numbers or texts";
        }
        final String inChunks = Hdf5Chunks.fault(dataset, claims.fileBytes);
        if (inChunks != null) {
            return inChunks;
        }
        final long stored = dataset.getStorageInBytes();
        final long bytes = numbers * type.getSize();
        if (type.getSize() < 0 || stored < 0 || stored > claims.fileBytes
            || bytes > (stored + 1) * MAX_EXPANSION * Float.BYTES) {
            return "claims " + numbers + " values of " + type.getSize() + " bytes in " + stored
                + " bytes of a file of " + claims.fileBytes;
        }
        return null;
    }

    /** A text. */
    String text(final String name) throws FormatException {
        final Dataset dataset = dataset(name);
        if (dataset.getJavaType() != String.class || !dataset.isScalar()) {
            throw fail("'" + name + "' is no text");
        }
        take(dataset, name);
        return checked(name, careful("'" + name + "' is", dataset::getData));
    }

    /** True where a member is a text. */
    boolean isText(final String name) throws FormatException {
        return has(name) && dataset(name).getJavaType() == String.class;
    }

    /** Rows of a table of texts. */
    String[][] texts(final String name, final int columns) throws FormatException {
        final Dataset dataset = dataset(name);
        final int[] shape = dataset.getDimensions();
        if (shape.length != 2 || shape[1] != columns || dataset.getJavaType() != String.class) {
            throw fail("'" + name + "' is " + dataset.getJavaType().getSimpleName() + " " + Arrays.toString(shape)
                + ", expected text [N, " + columns + "]");
        }
        take(dataset, name);
        final String[][] rows = new String[shape[0]][columns];
        // many may stand for one long text
        final int atOnce = Math.toIntExact(Math.max(1, TEXT_BYTES_AT_ONCE / (claims.textBytes + 1) / columns));
        for (int first = 0; first < rows.length; first += atOnce) {
            final long[] from = {first, 0};
            final int[] sides = {Math.min(atOnce, rows.length - first), columns};
            final Object part = careful("'" + name + "' is", () -> dataset.getData(from, sides));
            for (int i = 0; i < sides[0] * columns; i++) {
                rows[first + i / columns][i % columns] =
                    checked(name, Array.get(Array.get(part, i / columns), i % columns));
            }
        }
        return rows;
    }

    private String checked(final String name, final Object text) throws FormatException {
        if (!(text instanceof String found) || found.length() > MAX_TEXT) {
            throw fail("'" + name + "' has " + (text instanceof String found ? found.length() + " characters" : "none")
                + ", expected text of at most " + MAX_TEXT);
        }
        return found;
    }

    private void take(final Dataset dataset, final String name) throws FormatException {
        if (!claims.take(dataset.getSizeInBytes())) {
            throw fail("'" + name + "' claims " + Arrays.toString(dataset.getDimensionsAsLong()) + ", "
                + dataset.getSizeInBytes() + " bytes: more than a file of " + claims.fileBytes
                + " bytes can be believed to hold");
        }
    }

    /** Shape of a member. */
    int[] shape(final String name) throws FormatException {
        return dataset(name).getDimensions();
    }

    /** Finite numbers, row-major, in float64. */
    double[] numbers(final String name) throws FormatException {
        return numbers(name, 0);
    }

    /**
     * Finite numbers, row-major, in float64.
     *
     * @param used how many the network has a use for, whatever is claimed for them: arrays of one value for each neuron
     *     compress well
     */
    double[] numbers(final String name, final int used) throws FormatException {
        final Dataset dataset = dataset(name);
        if (dataset.getSize() > used) {
            take(dataset, name);
        }
        if (dataset.getSize() == 0) {
            throw fail("'" + name + "' has no numbers");
        }
        final Object flat = careful("'" + name + "' is", dataset::getDataFlat);
        final Class<?> element = flat == null ? null : flat.getClass().componentType();
        if (element == null || !element.isPrimitive() || element == boolean.class || element == char.class) {
            throw fail("'" + name + "' is " + dataset.getJavaType().getSimpleName() + ", expected numbers");
        }
        final double[] numbers = new double[Array.getLength(flat)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Array.getDouble(flat, i);
            if (!Double.isFinite(numbers[i])) {
                throw fail("'" + name + "' has the value " + numbers[i] + " at " + i + ", expected finite numbers");
            }
        }
        return numbers;
    }

    /** One number. */
    double number(final String name) throws FormatException {
        final double[] numbers = numbers(name);
        if (numbers.length != 1) {
            throw fail("'" + name + "' has " + numbers.length + " numbers, expected one");
        }
        return numbers[0];
    }

    /** Whole numbers below 2^31. */
    int[] integers(final String name) throws FormatException {
        final double[] numbers = numbers(name);
        final int[] integers = new int[numbers.length];
        for (int i = 0; i < integers.length; i++) {
            integers[i] = (int) numbers[i];
            if (integers[i] != numbers[i]) {
                throw fail("'" + name + "' has the value " + numbers[i] + ", expected whole numbers below 2^31");
            }
        }
        return integers;
    }
}
