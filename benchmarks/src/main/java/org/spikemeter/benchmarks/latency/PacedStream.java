package org.spikemeter.benchmarks.latency;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.spikemeter.benchmarks.baseline.Reference;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Tensor;
import org.spikemeter.engine.network.Voting;
import org.spikemeter.engine.network.Window;
import org.spikemeter.engine.neuron.Firing;
import org.spikemeter.engine.neuron.Plif;
import org.spikemeter.engine.neuron.Reset;

/**
 * A network, and steps that are played to it over and over at a fixed rate.
 *
 * @param name for tables
 * @param network what it goes to
 * @param steps of the network's input, in a loop
 * @param stepMicros from step to step
 * @param events true where it comes as events that are binned, false where as steps
 * @param startsAnew true where the network starts anew with each loop
 */
record PacedStream(
    String name, Network network, List<StepEvents> steps, double stepMicros, boolean events, boolean startsAnew) {
    private static final int SIDE = 34;
    private static final int CLASSES = 10;
    private static final int EVENTS = 60;
    private static final int LOOP = 20 * SIDE;
    private static final double FRAME_MICROS = 1e6 / 30;

    /** A thousand batches a second, a step each: a bar that moves, as many events at random; 34 x 34 inputs. */
    static PacedStream thousandBatches() {
        final Shape input = new Shape(SIDE, SIDE, 2);
        final SplittableRandom random = new SplittableRandom(4);
        final List<StepEvents> steps = new ArrayList<>();
        for (int step = 0; step < LOOP; step++) {
            final Set<Integer> addresses = new TreeSet<>();
            while (addresses.size() < EVENTS) {
                final int x = addresses.size() % 2 == 0 ? step / (LOOP / SIDE) : random.nextInt(SIDE);
                addresses.add(input.address(random.nextInt(SIDE), x, random.nextInt(2)));
            }
            final StepEvents events = new StepEvents(input);
            addresses.forEach(events::add);
            steps.add(events);
        }
        return new PacedStream("1,000 batches/s, 34 x 34", convolutions(input), steps, 1000, true, false);
    }

    /** A clip at the rate of its frames. */
    static PacedStream frames() throws IOException {
        final Network network = Reference.network(Reference.EMOTION);
        return new PacedStream("30 frames/s, " + Reference.EMOTION, network,
            Reference.steps(Reference.CLIP, network), FRAME_MICROS, false, true);
    }

    /** Two convolutions and a linear readout, about 24,000 accumulates a step. */
    private static Network convolutions(final Shape input) {
        final SplittableRandom random = new SplittableRandom(2);
        final int channels = 16;
        final Window window = Window.square(3, 1, 1);
        final Window pool = Window.square(2, 2, 0);
        final Plif neurons = new Plif(0.0f, true, 0.5f, Reset.hard(0.0f), Firing.AT_THRESHOLD);
        final List<Voting.Group> groups = new ArrayList<>();
        for (int i = 0; i < CLASSES; i++) {
            groups.add(new Voting.Group(String.valueOf(i), i, i + 1));
        }
        return Network.builder("convolutions", input)
            .add(new Layer.Conv2d("conv1", weights(random, channels, input.channels(), 3, 3), null, window, 1))
            .add(new Layer.Neurons("plif1", neurons))
            .add(new Layer.Pool2d("pool1", Layer.Pooling.MAX, pool))
            .add(new Layer.Conv2d("conv2", weights(random, channels, channels, 3, 3), null, window, 1))
            .add(new Layer.Neurons("plif2", neurons))
            .add(new Layer.Pool2d("pool2", Layer.Pooling.MAX, pool))
            .add(new Layer.Flatten("flatten"))
            .add(new Layer.Linear("fc", weights(random, CLASSES, channels * (SIDE / 4) * (SIDE / 4)), null))
            .add(new Layer.Neurons("plif3", neurons))
            .voting(new Voting(groups)).build();
    }

    private static Tensor weights(final SplittableRandom random, final int... dimensions) {
        int size = 1;
        for (final int side : dimensions) {
            size *= side;
        }
        final float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextDouble() - 0.45f;
        }
        return Tensor.of(values, dimensions);
    }
}
