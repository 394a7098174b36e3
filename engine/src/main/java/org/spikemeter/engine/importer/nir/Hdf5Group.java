package org.spikemeter.engine.importer.nir;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.spikemeter.engine.FormatException;

/** A group of an HDF5 file, with messages that name file and place, and limits for what the file may claim. */
final class Hdf5Group {
    /** Numbers that one data set may have. */
    private static final long MAX_NUMBERS = 1L << 26;
    /** How far compression may go: numbers of four bytes that come from a byte of the file. */
    private static final long MAX_EXPANSION = 260;
    private static final int MAX_CHILDREN = 100_000;

    private final Path file;
    private final String place;
    private final Group group;

    private Hdf5Group(final Path file, final String place, final Group group) {
        this.file = file;
        this.place = place;
        this.group = group;
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
        GlobalHeaps.check(file, bytes);
        // from a buffer: the library cuts what it reads out of it, where from a file it would first allocate what a
        // damaged length claims; nor does it follow links into other files
        try (HdfFile hdf = HdfFile.fromByteBuffer(bytes)) {
            return reading.read(new Hdf5Group(file, "", hdf));
        } catch (final FormatException known) {
            throw known;
        } catch (final RuntimeException | StackOverflowError | OutOfMemoryError damaged) {
            // the library meets damage with whatever its buffers and casts throw
            final String reason = damaged.getMessage() == null ? damaged.getClass().getSimpleName()
                : damaged.getMessage();
            throw new FormatException(file + ": damaged, or no HDF5 file: " + reason, damaged);
        }
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

    FormatException fail(final String what) {
        return new FormatException(place() + ": " + what);
    }

    boolean has(final String child) {
        return group.getChildren().containsKey(child);
    }

    /** Names of the groups in it. */
    List<String> groups() throws FormatException {
        if (group.getChildren().size() > MAX_CHILDREN) {
            throw fail("has " + group.getChildren().size() + " members, expected at most " + MAX_CHILDREN);
        }
        final List<String> names = new ArrayList<>();
        for (final Node node : group.getChildren().values()) {
            if (node.isGroup()) {
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
        return new Hdf5Group(file, place.isEmpty() ? child : place + "/" + child, found);
    }

    private Node child(final String name) throws FormatException {
        final Node node = group.getChildren().get(name);
        if (node == null) {
            throw fail("has no '" + name + "'");
        }
        return node;
    }

    private Dataset dataset(final String name) throws FormatException {
        if (!(child(name) instanceof Dataset dataset)) {
            throw fail("'" + name + "' is no data set");
        }
        long numbers = 1;
        for (final int side : dataset.getDimensions()) {
            if (side < 0 || numbers > 0 && side > MAX_NUMBERS / numbers) {
                throw fail("'" + name + "' claims the shape " + Arrays.toString(dataset.getDimensions())
                    + ", expected at most " + MAX_NUMBERS + " numbers");
            }
            numbers *= side;
        }
        try {
            final long stored = dataset.getStorageInBytes();
            if (stored < 0 || stored > Files.size(file) || numbers > (stored + 1) * MAX_EXPANSION) {
                throw fail("'" + name + "' claims " + numbers + " numbers in " + stored + " bytes of a file of "
                    + Files.size(file));
            }
        } catch (final FormatException claim) {
            throw claim;
        } catch (final IOException e) {
            throw new FormatException(place() + ": " + e.getMessage(), e);
        }
        return dataset;
    }

    /** A text. */
    String text(final String name) throws FormatException {
        final Object data = dataset(name).getData();
        if (!(data instanceof String text)) {
            throw fail("'" + name + "' is no text");
        }
        return text;
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
        final Object flat = dataset.getDataFlat();
        final String[][] rows = new String[shape[0]][columns];
        for (int i = 0; i < shape[0] * columns; i++) {
            rows[i / columns][i % columns] = String.valueOf(Array.get(flat, i));
        }
        return rows;
    }

    /** Shape of a member. */
    int[] shape(final String name) throws FormatException {
        return dataset(name).getDimensions();
    }

    /** Finite numbers, row-major, in float64. */
    double[] numbers(final String name) throws FormatException {
        final Dataset dataset = dataset(name);
        final Object flat = dataset.getDataFlat();
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
