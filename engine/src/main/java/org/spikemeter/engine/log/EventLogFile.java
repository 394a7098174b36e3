package org.spikemeter.engine.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.spikemeter.engine.FormatException;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.count.OperationCounts;
import org.spikemeter.engine.importer.npy.ArrayStore;
import org.spikemeter.engine.importer.npy.NpyArray;
import org.spikemeter.engine.importer.npy.NpyType;
import org.spikemeter.engine.importer.npy.NpzWriter;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;

/**
 * Event logs as {@code .npz}, for any tool that reads NumPy's archives. {@code docs/event-log.md} describes the arrays:
 * {@code format}, {@code network}, {@code input.shape}, {@code input.start}, {@code input.index}, {@code input.value},
 * the packed spikes of each layer of neurons under its name, and {@code count.LAYER.KEY} for each count of the run.
 */
public final class EventLogFile {
    /** What the array {@code format} says. */
    public static final String FORMAT = "spikemeter-log/1";

    private static final String FORMAT_ARRAY = "format";
    private static final String NETWORK_ARRAY = "network";
    private static final String SHAPE_ARRAY = "input.shape";
    private static final String START_ARRAY = "input.start";
    private static final String INDEX_ARRAY = "input.index";
    private static final String VALUE_ARRAY = "input.value";

    private EventLogFile() {
    }

    /** The spikes alone: each layer of neurons under its name, uint8 [T, ceil(C*H*W / 8)]. */
    public static void writeSpikes(final Path file, final EventLog log) throws IOException {
        final SequencedMap<String, NpyArray> arrays = new LinkedHashMap<>();
        addSpikes(arrays, log);
        NpzWriter.writeDeflated(file, arrays);
    }

    /**
     * The whole log.
     *
     * @param counts of the same run
     * @throws IOException where it cannot be written; then nothing is left
     */
    public static void write(final Path file, final EventLog log, final OperationCounts counts) throws IOException {
        final SequencedMap<String, NpyArray> arrays = new LinkedHashMap<>();
        final Network network = log.network();
        arrays.put(FORMAT_ARRAY, text(FORMAT));
        arrays.put(NETWORK_ARRAY, text(network.name()));
        addInput(arrays, log);
        addSpikes(arrays, log);
        for (final OperationCounts.Entry entry : counts.entries()) {
            for (final Operation operation : Operation.values()) {
                final int layer = operation.isSynaptic() ? entry.synapticLayer() : entry.outputLayer();
                if (layer == OperationCounts.NO_LAYER) {
                    continue;
                }
                arrays.put("count." + network.layers().get(layer).name() + "." + operation.key(),
                    NpyArray.ofLongs(entry.counts().perStep(operation), log.steps()));
            }
        }
        NpzWriter.writeDeflated(file, arrays);
    }

    private static NpyArray text(final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return NpyArray.ofBytes(bytes, bytes.length);
    }

    private static void addInput(final SequencedMap<String, NpyArray> arrays, final EventLog log) {
        final Shape shape = log.network().input();
        final StepEvents events = new StepEvents(shape);
        final long[] start = new long[log.steps() + 1];
        for (int step = 0; step < log.steps(); step++) {
            log.input(step, events);
            start[step + 1] = start[step] + events.size();
        }
        final int[] index = new int[(int) start[log.steps()]];
        final float[] value = new float[index.length];
        for (int step = 0; step < log.steps(); step++) {
            log.input(step, events);
            for (int i = 0; i < events.size(); i++) {
                index[(int) start[step] + i] = shape.channelFirstIndex(events.address(i));
                value[(int) start[step] + i] = events.value(i);
            }
        }
        arrays.put(SHAPE_ARRAY, NpyArray.ofInts(new int[] {shape.channels(), shape.height(), shape.width()}, 3));
        arrays.put(START_ARRAY, NpyArray.ofLongs(start, start.length));
        arrays.put(INDEX_ARRAY, NpyArray.ofInts(index, index.length));
        arrays.put(VALUE_ARRAY, NpyArray.ofFloats(value, value.length));
    }

    private static void addSpikes(final SequencedMap<String, NpyArray> arrays, final EventLog log) {
        for (int layer = 0; layer < log.network().layers().size(); layer++) {
            if (log.has(layer)) {
                arrays.put(log.network().layers().get(layer).name(), NpyArray.ofBytes(PackedSpikes.pack(log, layer),
                    log.steps(), PackedSpikes.rowBytes(log.network().outputOf(layer))));
            }
        }
    }

    /**
     * Reads input and spikes.
     *
     * @param network the network that the log is of
     * @throws FormatException naming file and array, where it is no log of this network
     * @throws IOException where it cannot be read
     */
    public static EventLog read(final Path file, final Network network) throws IOException {
        try (ArrayStore arrays = ArrayStore.open(file)) {
            final String format = new String(array(arrays, FORMAT_ARRAY, NpyType.UINT8, 1).toBytes(),
                StandardCharsets.UTF_8);
            if (!format.equals(FORMAT)) {
                throw new FormatException(file + ": array '" + FORMAT_ARRAY + "' says '" + format + "', expected '"
                    + FORMAT + "'");
            }
            final EventLog log = new EventLog(network);
            readInput(arrays, log);
            for (int layer = 0; layer < network.layers().size(); layer++) {
                if (network.layers().get(layer).spikes()) {
                    readSpikes(arrays, log, layer);
                }
            }
            return log;
        }
    }

    private static NpyArray array(final ArrayStore arrays, final String name, final NpyType type, final int rank)
        throws IOException {
        if (!arrays.names().contains(name)) {
            throw new FormatException(arrays.path() + ": no array '" + name + "', so this is no event log");
        }
        final NpyArray array = arrays.get(name);
        if (array.type() != type || array.rank() != rank) {
            throw new FormatException(arrays.path() + ": array '" + name + "' is " + array + ", expected " + type
                + " of rank " + rank);
        }
        return array;
    }

    private static void readInput(final ArrayStore arrays, final EventLog log) throws IOException {
        final Shape shape = log.network().input();
        final long[] found = array(arrays, SHAPE_ARRAY, NpyType.INT32, 1).toLongs();
        final long[] expected = {shape.channels(), shape.height(), shape.width()};
        if (!Arrays.equals(found, expected)) {
            throw new FormatException(arrays.path() + ": array '" + SHAPE_ARRAY + "' is " + Arrays.toString(found)
                + ", network '" + log.network().name() + "' takes " + Arrays.toString(expected));
        }
        final long[] start = array(arrays, START_ARRAY, NpyType.INT64, 1).toLongs();
        final long[] index = array(arrays, INDEX_ARRAY, NpyType.INT32, 1).toLongs();
        final float[] value = array(arrays, VALUE_ARRAY, NpyType.FLOAT32, 1).toFloats();
        if (start.length == 0 || start[0] != 0 || start[start.length - 1] != index.length
            || value.length != index.length) {
            throw new FormatException(arrays.path() + ": arrays '" + START_ARRAY + "', '" + INDEX_ARRAY + "' and '"
                + VALUE_ARRAY + "' do not fit: " + index.length + " places, " + value.length + " values");
        }
        final StepEvents events = new StepEvents(shape);
        final float[] dense = new float[shape.size()];
        for (int step = 0; step + 1 < start.length; step++) {
            if (start[step + 1] < start[step] || start[step + 1] > index.length) {
                throw new FormatException(arrays.path() + ": array '" + START_ARRAY + "' goes from " + start[step]
                    + " to " + start[step + 1] + " at step " + step + ", expected an ascending order");
            }
            for (long i = start[step]; i < start[step + 1]; i++) {
                final long place = index[(int) i];
                if (place < 0 || place >= shape.size() || !Float.isFinite(value[(int) i])) {
                    throw new FormatException(arrays.path() + ": event " + i + " is " + value[(int) i] + " at "
                        + place + ", expected a finite value at a place below " + shape.size());
                }
                dense[addressOf(shape, (int) place)] = value[(int) i];
            }
            events.clear();
            for (int address = 0; address < dense.length; address++) {
                events.add(address, dense[address]);
                dense[address] = 0.0f;
            }
            log.addInput(events);
        }
    }

    private static void readSpikes(final ArrayStore arrays, final EventLog log, final int layer) throws IOException {
        final Shape shape = log.network().outputOf(layer);
        final int row = PackedSpikes.rowBytes(shape);
        final String name = log.network().layers().get(layer).name();
        final NpyArray array = array(arrays, name, NpyType.UINT8, 2);
        if (array.shape()[0] != log.steps() || array.shape()[1] != row) {
            throw new FormatException(arrays.path() + ": array '" + name + "' is " + array + ", expected ["
                + log.steps() + ", " + row + "]");
        }
        final byte[] packed = array.toBytes();
        final StepEvents events = new StepEvents(shape);
        for (int step = 0; step < log.steps(); step++) {
            events.clear();
            for (int address = 0; address < shape.size(); address++) {
                if (PackedSpikes.get(packed, (long) step * row, shape.channelFirstIndex(address))) {
                    events.add(address);
                }
            }
            log.add(layer, events);
        }
    }

    /** The inverse of {@link Shape#channelFirstIndex}. */
    private static int addressOf(final Shape shape, final int index) {
        final int channel = index / shape.pixels();
        return (index - channel * shape.pixels()) * shape.channels() + channel;
    }
}
