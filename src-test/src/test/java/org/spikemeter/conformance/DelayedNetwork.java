package org.spikemeter.conformance;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.network.Connections;
import org.spikemeter.engine.network.Edge;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Tensor;
import org.spikemeter.engine.neuron.EulerModel;
import org.spikemeter.engine.neuron.Firing;
import org.spikemeter.engine.neuron.If;
import org.spikemeter.engine.neuron.Lif;
import org.spikemeter.engine.neuron.Reset;

/**
 * Random networks of synapses with delays: from a grid of valued events into neurons, from these back into themselves,
 * and on to sums. Weights are no binary fractions, so that another order of additions gives other bits.
 */
final class DelayedNetwork {
    static final int MAX_DELAY = 7;
    static final int IN = 1;
    static final int NEURONS = 2;
    static final int BACK = 3;
    static final int OUT = 4;

    private final SplittableRandom random;

    private DelayedNetwork(final SplittableRandom random) {
        this.random = random;
    }

    static Network of(final long seed) {
        return new DelayedNetwork(new SplittableRandom(seed)).network();
    }

    private Network network() {
        final Shape input = new Shape(random.nextInt(1, 4), random.nextInt(1, 4), random.nextInt(1, 4));
        final int neurons = random.nextInt(1, 40);
        final int outputs = random.nextInt(1, 20);
        final Tensor bias = random.nextBoolean() ? Tensor.of(weights(outputs), outputs) : null;
        return Network.builder("delayed", input)
            .add(new Layer.Flatten("flatten"))
            .add(new Layer.Sparse("in", connections(input.size(), neurons), null))
            .add(neurons(neurons), List.of(new Edge(IN, random.nextInt(3)), new Edge(BACK, random.nextInt(1, 4))))
            .add(new Layer.Sparse("back", connections(neurons, neurons), null))
            .add(new Layer.Sparse("out", connections(neurons, outputs), bias), List.of(Edge.from(NEURONS)))
            .build();
    }

    /** Each pair has a synapse with the chance of a third, now and then several of different delays. */
    private Connections connections(final int sources, final int targets) {
        final int least = random.nextInt(3);
        final int most = random.nextInt(4) == 0 ? least : random.nextInt(least, MAX_DELAY + 1);
        final int[] rowStart = new int[sources + 1];
        final List<Integer> target = new ArrayList<>();
        final List<Integer> delay = new ArrayList<>();
        for (int source = 0; source < sources; source++) {
            for (int to = 0; to < targets; to++) {
                int steps = random.nextInt(3) == 0 ? random.nextInt(least, most + 1) : most + 1;
                while (steps <= most) {
                    target.add(to);
                    delay.add(steps);
                    steps += random.nextInt(4) == 0 ? random.nextInt(1, 3) : MAX_DELAY + 1;
                }
            }
            rowStart[source + 1] = target.size();
        }
        return new Connections(targets, rowStart, target.stream().mapToInt(i -> i).toArray(), weights(target.size()),
            delay.stream().mapToInt(i -> i).toArray());
    }

    /** At times the same for all, which has a kernel of its own. */
    private float[] weights(final int size) {
        final boolean alike = random.nextInt(4) == 0;
        final float[] weights = new float[size];
        for (int i = 0; i < size; i++) {
            weights[i] = alike ? 0.3f : random.nextFloat() - 0.3f;
        }
        return weights;
    }

    private Layer neurons(final int size) {
        return switch (random.nextInt(4)) {
            case 0 -> new Layer.Neurons("neurons", new If(1.0f, Reset.soft(), Firing.AT_THRESHOLD));
            case 1 -> new Layer.Neurons("neurons", new Lif(2.3, false, 0.7f, Reset.hard(0.1f), Firing.AT_THRESHOLD));
            default -> new Layer.Euler("neurons", euler(size));
        };
    }

    private EulerModel euler(final int size) {
        final boolean synaptic = random.nextBoolean();
        final boolean leaks = synaptic || random.nextBoolean();
        final Map<EulerModel.Parameter, float[]> values = new EnumMap<>(EulerModel.Parameter.class);
        for (final EulerModel.Parameter parameter : EulerModel.Parameter.values()) {
            final boolean wanted = switch (parameter) {
                case SYNAPTIC_RATE, INPUT_WEIGHT -> synaptic;
                case RATE, LEAK -> leaks;
                case GAIN, THRESHOLD -> true;
                case RESET, REFRACTORY -> random.nextInt(4) > 0;
            };
            if (wanted) {
                values.put(parameter, new float[size]);
            }
        }
        values.forEach((parameter, numbers) -> {
            for (int i = 0; i < size; i++) {
                numbers[i] = switch (parameter) {
                    case SYNAPTIC_RATE, RATE -> 0.2f + 0.5f * random.nextFloat();
                    case INPUT_WEIGHT, GAIN -> 1.0f + random.nextFloat();
                    case LEAK, RESET -> 0.1f * random.nextFloat();
                    case THRESHOLD -> 0.3f + random.nextFloat();
                    case REFRACTORY -> random.nextInt(5);
                };
            }
        });
        return EulerModel.of("test", leaks ? EulerModel.Membrane.LEAK : EulerModel.Membrane.INTEGRATE, values,
            random.nextBoolean() ? Firing.AT_THRESHOLD : Firing.ABOVE_THRESHOLD);
    }

    /** Spikes in some steps, values in others. */
    static List<StepEvents> input(final long seed, final Shape shape, final int steps) {
        final SplittableRandom random = new SplittableRandom(~seed);
        final List<StepEvents> input = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            final boolean valued = random.nextInt(3) == 0;
            final StepEvents events = new StepEvents(shape);
            for (int address = 0; address < shape.size(); address++) {
                if (random.nextInt(3) == 0) {
                    events.add(address, valued && random.nextInt(4) > 0 ? random.nextFloat() : 1.0f);
                }
            }
            input.add(events);
        }
        return input;
    }
}
