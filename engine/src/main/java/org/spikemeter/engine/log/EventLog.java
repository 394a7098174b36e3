package org.spikemeter.engine.log;

import java.util.Arrays;
import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.simulate.LayerStep;
import org.spikemeter.engine.simulate.StepListener;

/**
 * What came into a network and every spike of its neurons, step by step: all that is needed to count a run again. One
 * bit a neuron and step.
 *
 * <p>Filled as the listener of a run, or by {@link #addInput} and {@link #add}. Different layers may be added by
 * different threads; it is read when the run is over.
 */
public final class EventLog implements StepListener {
    private static final int INITIAL_STEPS = 68;

    private final Network network;
    private final long[][] spikes;
    private final int[] steps;
    private int[] inputStart = new int[INITIAL_STEPS + 1];
    private int[] inputAddress = new int[1024];
    private float[] inputValue = new float[1024];
    private int inputSteps;

    /** Nothing logged yet. */
    public EventLog(final Network network) {
        this.network = network;
        this.spikes = new long[network.layers().size()][];
        this.steps = new int[spikes.length];
        for (int layer = 0; layer < spikes.length; layer++) {
            if (network.layers().get(layer).spikes()) {
                spikes[layer] = new long[words(layer) * INITIAL_STEPS];
            }
        }
    }

    /** The network whose events these are. */
    public Network network() {
        return network;
    }

    /** Number of steps. */
    public int steps() {
        return inputSteps;
    }

    /** True where the spikes of a layer are kept: it is a layer of neurons. */
    public boolean has(final int layer) {
        return spikes[layer] != null;
    }

    @Override
    public void onInput(final int step, final StepEvents events) {
        addInput(events);
    }

    @Override
    public void onLayer(final LayerStep batch) {
        if (has(batch.layer())) {
            add(batch.layer(), batch.events());
        }
    }

    /** Forgets all steps. */
    public void clear() {
        inputSteps = 0;
        for (int layer = 0; layer < spikes.length; layer++) {
            if (has(layer)) {
                Arrays.fill(spikes[layer], 0L);
                steps[layer] = 0;
            }
        }
    }

    /**
     * Adds the input of the next step.
     *
     * @throws IllegalStateException where all steps together have more events than an array can hold
     */
    public void addInput(final StepEvents events) {
        final int start = inputStart[inputSteps];
        final long end = (long) start + events.size();
        if (end > Integer.MAX_VALUE - 8) {
            throw new IllegalStateException("the input has more events than the log can hold at step " + inputSteps
                + ": run fewer steps (--steps)");
        }
        if (end > inputAddress.length) {
            final int room = (int) Math.min(Integer.MAX_VALUE - 8, 2 * end);
            inputAddress = Arrays.copyOf(inputAddress, room);
            inputValue = Arrays.copyOf(inputValue, room);
        }
        if (inputSteps + 1 == inputStart.length) {
            inputStart = Arrays.copyOf(inputStart, 2 * inputStart.length);
        }
        for (int i = 0; i < events.size(); i++) {
            inputAddress[start + i] = events.address(i);
            inputValue[start + i] = events.value(i);
        }
        inputSteps++;
        inputStart[inputSteps] = (int) end;
    }

    /**
     * Adds the spikes of a layer's next step.
     *
     * @param layer index of a layer of neurons
     * @throws IllegalStateException where the layer has more places than an array can hold
     */
    public void add(final int layer, final StepEvents events) {
        final int words = words(layer);
        final long first = (long) steps[layer] * words;
        final long end = first + words;
        if (end > spikes[layer].length) {
            if (end > Integer.MAX_VALUE - 8) {
                throw new IllegalStateException("the spikes of layer '" + network.layers().get(layer).name()
                    + "' need more than an array can hold at step " + steps[layer] + ": run fewer steps (--steps)");
            }
            spikes[layer] = Arrays.copyOf(spikes[layer], (int) Math.min(Integer.MAX_VALUE - 8, 2 * end));
        }
        for (int i = 0; i < events.size(); i++) {
            final int address = events.address(i);
            spikes[layer][(int) first + (address >> 6)] |= 1L << address;
        }
        steps[layer]++;
    }

    /** Replaces {@code into} by the input of a step. */
    public void input(final int step, final StepEvents into) {
        into.clear();
        for (int i = inputStart[checked(step)]; i < inputStart[step + 1]; i++) {
            into.add(inputAddress[i], inputValue[i]);
        }
    }

    /** Replaces {@code into} by the spikes of a layer of neurons in a step. */
    public void spikes(final int layer, final int step, final EventGrid into) {
        final int words = words(layer);
        final int first = checked(step) * words;
        into.open(true);
        for (int word = 0; word < words; word++) {
            long bits = spikes[layer][first + word];
            while (bits != 0) {
                into.append((word << 6) + Long.numberOfTrailingZeros(bits), 1.0f);
                bits &= bits - 1;
            }
        }
        into.close();
    }

    /** Whether a neuron fired in a step. */
    public boolean fired(final int layer, final int step, final int address) {
        return (spikes[layer][checked(step) * words(layer) + (address >> 6)] & 1L << address) != 0;
    }

    /** Number of spikes of a layer of neurons in a step. */
    public int count(final int layer, final int step) {
        final int words = words(layer);
        int count = 0;
        for (int word = checked(step) * words; word < (step + 1) * words; word++) {
            count += Long.bitCount(spikes[layer][word]);
        }
        return count;
    }

    /**
     * Number of neurons and steps where one of two logs has a spike and the other has none.
     *
     * @param other of as many steps of a network of the same shapes
     */
    public long differing(final EventLog other) {
        long differing = 0;
        for (int layer = 0; layer < spikes.length; layer++) {
            final int end = has(layer) ? words(layer) * steps[layer] : 0;
            for (int word = 0; word < end; word++) {
                differing += Long.bitCount(spikes[layer][word] ^ other.spikes[layer][word]);
            }
        }
        return differing;
    }

    private int checked(final int step) {
        if (step < 0 || step >= inputSteps) {
            throw new IndexOutOfBoundsException("step " + step + " of " + inputSteps);
        }
        return step;
    }

    private int words(final int layer) {
        final Shape shape = network.outputOf(layer);
        return (shape.size() + 63) >> 6;
    }
}
