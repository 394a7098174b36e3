package org.spikemeter.engine.importer.nir;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.DatasetCreationOptions;
import io.jhdf.api.WritableGroup;
import io.jhdf.exceptions.HdfException;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.spikemeter.engine.io.AtomicFile;

/**
 * Writes nodes and edges in NIR's layout of HDF5. Texts are of fixed length (the library has no others to write), which
 * h5py gives as the same bytes; numbers beyond a few are packed, a chunk each.
 */
final class Hdf5Writer {
    /** The version of the Python package whose layout this is. */
    private static final String VERSION = "1.0.6";
    private static final int PACKED_NUMBERS = 1024;
    private static final int PACKING_LEVEL = 6;
    private static final int FEW_CHANGES = 10;

    private Hdf5Writer() {
    }

    /**
     * Writes a graph, whole or not at all.
     *
     * @param nodes by name
     * @param edges [source, target]
     */
    static void write(final Path file, final Map<String, NirNode> nodes, final List<String[]> edges)
        throws IOException {
        AtomicFile.writePath(file, temporary -> {
            try (WritableHdfFile hdf = HdfFile.write(temporary)) {
                hdf.putDataset("version", VERSION);
                final WritableGroup graph = hdf.putGroup("node");
                graph.putDataset("type", "NIRGraph");
                final WritableGroup members = graph.putGroup("nodes");
                nodes.forEach((name, node) -> put(members.putGroup(name), node));
                graph.putDataset("edges", edges.toArray(String[][]::new));
            } catch (final HdfException e) {
                final Throwable reason = e.getCause() == null ? e : e.getCause();
                throw new IOException(file + ": cannot write (" + reason.getMessage() + ")", e);
            }
        });
    }

    private static void put(final WritableGroup group, final NirNode node) {
        node.fields().forEach((name, value) -> put(group, name, value));
        if (!node.metadata().isEmpty()) {
            final WritableGroup metadata = group.putGroup("metadata");
            node.metadata().forEach((name, value) -> put(metadata, name, value));
        }
    }

    private static void put(final WritableGroup group, final String name, final Object value) {
        if (!(value instanceof NirNode.Numbers(Object flat, int[] shape))) {
            group.putDataset(name, value);
            return;
        }
        final Object nested = nested(flat, 0, Array.getLength(flat), shape, 0);
        if (Array.getLength(flat) < PACKED_NUMBERS || repeats(flat)) {
            group.putDataset(name, nested);
        } else {
            group.putDataset(name, nested,
                DatasetCreationOptions.builder().chunkDimensions(shape).shuffle().deflate(PACKING_LEVEL).build());
        }
    }

    /** True for numbers that would pack so well that a reader might take the file for a bomb. */
    private static boolean repeats(final Object flat) {
        int changes = 0;
        for (int i = 1; i < Array.getLength(flat); i++) {
            changes += Array.getDouble(flat, i) == Array.getDouble(flat, i - 1) ? 0 : 1;
        }
        return changes < Array.getLength(flat) / FEW_CHANGES;
    }

    /** The library takes arrays of arrays. */
    private static Object nested(
        final Object flat, final int from, final int length, final int[] shape, final int axis) {
        final Class<?> element = flat.getClass().componentType();
        if (axis == shape.length - 1) {
            final Object row = Array.newInstance(element, length);
            System.arraycopy(flat, from, row, 0, length);
            return row;
        }
        final int[] rest = new int[shape.length - axis];
        rest[0] = shape[axis];
        final Object rows = Array.newInstance(element, rest);
        final int part = length / shape[axis];
        for (int i = 0; i < shape[axis]; i++) {
            Array.set(rows, i, nested(flat, from + i * part, part, shape, axis + 1));
        }
        return rows;
    }
}
