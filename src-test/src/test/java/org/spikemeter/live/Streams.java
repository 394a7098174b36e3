package org.spikemeter.live;

import java.util.Random;
import org.spikemeter.dvs.binning.Binning;
import org.spikemeter.dvs.binning.Fit;
import org.spikemeter.dvs.binning.Repeated;
import org.spikemeter.dvs.binning.StreamBinner;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Tensor;
import org.spikemeter.engine.network.Voting;
import org.spikemeter.engine.network.Window;
import org.spikemeter.engine.neuron.Firing;
import org.spikemeter.engine.neuron.If;
import org.spikemeter.engine.neuron.Plif;
import org.spikemeter.engine.neuron.Reset;

/** Networks for a sensor of 34 x 34 pixels, that of N-MNIST, and a binner for them. */
final class Streams {
    static final int SIDE = 34;
    static final Shape INPUT = new Shape(SIDE, SIDE, 2);

    private static final int CLASSES = 10;

    private Streams() {
    }

    /** One layer: so little work that the network does not hold up the pipeline. */
    static Network linear() {
        final Random random = new Random(1);
        return Network.builder("linear", INPUT).add(new Layer.Flatten("flatten"))
            .add(new Layer.Linear("fc", weights(random, CLASSES, INPUT.size()), null))
            .add(new Layer.Neurons("if", new If(1.0f, Reset.hard(0.0f), Firing.AT_THRESHOLD)))
            .voting(voting()).build();
    }

    /** Two convolutions and a linear readout. */
    static Network convolutions() {
        final Random random = new Random(2);
        final int channels = 16;
        final Window window = Window.square(3, 1, 1);
        final Window pool = Window.square(2, 2, 0);
        final Plif neurons = new Plif(0.0f, true, 0.5f, Reset.hard(0.0f), Firing.AT_THRESHOLD);
        return Network.builder("convolutions", INPUT)
            .add(new Layer.Conv2d("conv1", weights(random, channels, 2, 3, 3), null, window, 1))
            .add(new Layer.Neurons("plif1", neurons))
            .add(new Layer.Pool2d("pool1", Layer.Pooling.MAX, pool))
            .add(new Layer.Conv2d("conv2", weights(random, channels, channels, 3, 3), null, window, 1))
            .add(new Layer.Neurons("plif2", neurons))
            .add(new Layer.Pool2d("pool2", Layer.Pooling.MAX, pool))
            .add(new Layer.Flatten("flatten"))
            .add(new Layer.Linear("fc", weights(random, CLASSES, channels * 8 * 8), null))
            .add(new Layer.Neurons("plif3", neurons))
            .voting(voting()).build();
    }

    private static Tensor weights(final Random random, final int... dimensions) {
        int size = 1;
        for (final int side : dimensions) {
            size *= side;
        }
        final float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = random.nextFloat() - 0.45f;
        }
        return Tensor.of(values, dimensions);
    }

    private static Voting voting() {
        return new Voting(java.util.stream.IntStream.range(0, CLASSES)
            .mapToObj(i -> new Voting.Group(String.valueOf(i), i, i + 1)).toList());
    }

    static StreamBinner binner(final long stepMicros) {
        return new StreamBinner(new Binning.Time(stepMicros), new SensorSize(SIDE, SIDE), INPUT, Repeated.CLAMP,
            Fit.STRETCH);
    }
}
