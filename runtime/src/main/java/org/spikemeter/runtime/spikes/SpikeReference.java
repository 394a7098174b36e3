package org.spikemeter.runtime.spikes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.spikemeter.engine.FormatException;
import org.spikemeter.engine.importer.npy.ArrayStore;
import org.spikemeter.engine.importer.npy.NpyArray;
import org.spikemeter.engine.importer.npy.NpyType;
import org.spikemeter.engine.log.PackedSpikes;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;

/**
 * The spikes that a network should emit: for each layer of neurons an array whose first axis is the step, either packed
 * (uint8 [T, ceil(C*H*W / 8)]) or with a number other than 0 for each spike ([T, C*H*W] or [T, C, H, W]). Arrays that
 * have the name of a layer belong to it; where none has, arrays and layers of neurons go together in their order.
 */
public final class SpikeReference {
    private final byte[][] packed;
    private final int steps;

    private SpikeReference(final byte[][] packed, final int steps) {
        this.packed = packed;
        this.steps = steps;
    }

    /**
     * Reads a reference.
     *
     * @throws FormatException where no array is about this network, or one does not fit its layer
     * @throws IOException where it cannot be read
     */
    public static SpikeReference read(final Path file, final Network network) throws IOException {
        final List<Integer> layers = new ArrayList<>();
        for (int i = 0; i < network.layers().size(); i++) {
            if (network.layers().get(i).spikes()) {
                layers.add(i);
            }
        }
        try (ArrayStore arrays = ArrayStore.open(file)) {
            final String[] names = match(arrays, network, layers);
            final byte[][] packed = new byte[network.layers().size()][];
            int steps = -1;
            for (final int layer : layers) {
                if (names[layer] == null) {
                    continue;
                }
                final NpyArray array = arrays.get(names[layer]);
                final String where = file + ": array '" + names[layer] + "' for layer '"
                    + network.layers().get(layer).name() + "'";
                packed[layer] = pack(array, network.outputOf(layer), where);
                final int found = array.shape()[0];
                if (steps >= 0 && found != steps) {
                    throw new FormatException(where + " has " + found + " steps, expected " + steps
                        + " as the arrays before it");
                }
                steps = found;
            }
            return new SpikeReference(packed, steps);
        }
    }

    private static String[] match(final ArrayStore arrays, final Network network, final List<Integer> layers)
        throws FormatException {
        final String[] names = new String[network.layers().size()];
        boolean any = false;
        for (final int layer : layers) {
            if (arrays.names().contains(network.layers().get(layer).name())) {
                names[layer] = network.layers().get(layer).name();
                any = true;
            }
        }
        if (any) {
            return names;
        }
        if (layers.isEmpty() || arrays.names().size() < layers.size()) {
            throw new FormatException(arrays.path() + ": found " + arrays.names().size()
                + " arrays, none with the name of a layer; expected one for each of the " + layers.size()
                + " layers of neurons of network '" + network.name() + "'");
        }
        int next = 0;
        for (final String name : arrays.names()) {
            if (next < layers.size()) {
                names[layers.get(next)] = name;
            }
            next++;
        }
        return names;
    }

    private static byte[] pack(final NpyArray array, final Shape shape, final String where) throws FormatException {
        final int[] found = array.shape();
        final int rowBytes = PackedSpikes.rowBytes(shape);
        final long row = found.length < 2 ? -1 : Arrays.stream(found, 1, found.length).asLongStream()
            .reduce(1, (a, b) -> a * b);
        if (found.length == 2 && row == rowBytes && row != shape.size() && array.type() == NpyType.UINT8) {
            return array.toBytes();
        }
        final boolean fits = found.length == 2 && row == shape.size() || found.length == 4
            && found[1] == shape.channels() && found[2] == shape.height() && found[3] == shape.width();
        if (!fits) {
            throw new FormatException(where + " has the shape " + Arrays.toString(found) + " and the type "
                + array.type() + ", expected [T, " + rowBytes + "] (UINT8, packed bits), [T, " + shape.size()
                + "] or [T, " + shape.channels() + ", " + shape.height() + ", " + shape.width() + "]");
        }
        final long bytes = (long) found[0] * rowBytes;
        if (bytes > Integer.MAX_VALUE - 8) {
            throw new FormatException(where + " has " + found[0] + " steps, too many to hold");
        }
        final float[] values = array.toFloats();
        final byte[] packed = new byte[(int) bytes];
        for (int i = 0; i < values.length; i++) {
            if (values[i] != 0.0f) {
                PackedSpikes.set(packed, (long) (i / shape.size()) * rowBytes, i % shape.size());
            }
        }
        return packed;
    }

    /** Number of steps. */
    public int steps() {
        return steps;
    }

    /** True where there is something to compare a layer with. */
    public boolean has(final int layer) {
        return packed[layer] != null;
    }

    /** Whether a neuron fired, by its index in PyTorch's order. */
    boolean fired(final int layer, final int step, final Shape shape, final int index) {
        return PackedSpikes.get(packed[layer], (long) step * PackedSpikes.rowBytes(shape), index);
    }
}
