package org.spikemeter.benchmarks;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.spikemeter.benchmarks.baseline.Reference;
import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.kernel.Kernels;
import org.spikemeter.engine.kernel.Strategy;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Tensor;
import org.spikemeter.engine.network.Window;
import org.spikemeter.engine.synapse.ConvolutionTable;

/** Synaptic sums alone, all rows of a layer, for many forms of convolutions; the naive baseline is SCALAR_DENSE. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class KernelBenchmark {
    /** Forms of convolutions: as many channels out as in, grids that make the work alike. */
    public enum Form {
        /** 1 channel. */
        CHANNELS_1(1, 3, 1, 1, 1, 128),
        /** 3 channels. */
        CHANNELS_3(3, 3, 1, 1, 1, 128),
        /** 17 channels: one more than a vector's lanes. */
        CHANNELS_17(17, 3, 1, 1, 1, 64),
        /** 32 channels. */
        CHANNELS_32(32, 3, 1, 1, 1, 64),
        /** 32 channels on a small grid, which fits into the first cache. */
        CHANNELS_32_SIDE_16(32, 3, 1, 1, 1, 16),
        /** 32 channels on a grid that does not fit into the second cache. */
        CHANNELS_32_SIDE_128(32, 3, 1, 1, 1, 128),
        /** 33 channels. */
        CHANNELS_33(33, 3, 1, 1, 1, 64),
        /** 100 channels. */
        CHANNELS_100(100, 3, 1, 1, 1, 32),
        /** 1024 channels: 37 MB of weights. */
        CHANNELS_1024(1024, 3, 1, 1, 1, 8),
        /** Every second pixel. */
        STRIDE_2(32, 3, 2, 1, 1, 64),
        /** Taps two pixels apart. */
        DILATION_2(32, 3, 1, 2, 1, 64),
        /** Four groups. */
        GROUPS_4(32, 3, 1, 1, 4, 64),
        /** As many groups as channels. */
        DEPTHWISE(32, 3, 1, 1, 32, 64),
        /** A window of 1 x 1. */
        POINTWISE(32, 1, 1, 1, 1, 64),
        /** A window of 5 x 5. */
        KERNEL_5(32, 5, 1, 1, 1, 64),
        /** 17 channels, every second pixel. */
        CHANNELS_17_STRIDE_2(17, 3, 2, 1, 1, 64),
        /** 4 x 4 pixels to one: patches side by side. */
        PATCHES(32, 4, 4, 1, 1, 64),
        /** 1 x 1 pixels, 128 channels. */
        POINTWISE_128(128, 1, 1, 1, 1, 32),
        /** A dense layer: 1024 sources to 64 targets. */
        LINEAR(64, 4, 1, 1, 1, 4);

        private final int channels;
        private final int kernel;
        private final int stride;
        private final int dilation;
        private final int groups;
        private final int side;

        Form(
            final int channels, final int kernel, final int stride, final int dilation, final int groups,
            final int side) {
            this.channels = channels;
            this.kernel = kernel;
            this.stride = stride;
            this.dilation = dilation;
            this.groups = groups;
            this.side = side;
        }

        /** The convolution, with random weights, the same each time. */
        public ConvolutionTable table() {
            final SplittableRandom random = new SplittableRandom(1);
            final int perTarget = channels / groups * kernel * kernel;
            final float[] weights = new float[channels * perTarget];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = (float) random.nextDouble(-0.5, 0.5);
            }
            // patches and dense layers have nothing beside them
            final int padding = stride == kernel || side == kernel ? 0 : dilation * (kernel - 1) / 2;
            final Window window =
                new Window(kernel, kernel, stride, stride, padding, padding, dilation, dilation);
            return ConvolutionTable.of(new Shape(side, side, channels), new Layer.Conv2d("conv",
                Tensor.of(weights, channels, channels / groups, kernel, kernel), null, window, groups), null);
        }
    }

    /** Kernels and strategy. */
    public enum Delivery {
        /** The plain loop over all sources. */
        SCALAR_DENSE(Kernels.Choice.SCALAR, Strategy.DENSE),
        /** Scalar, each target from its events. */
        SCALAR_GATHER(Kernels.Choice.SCALAR, Strategy.GATHER),
        /** Each event to its targets. */
        SCATTER(Kernels.Choice.VECTOR, Strategy.SCATTER),
        /** Each target from its events. */
        GATHER(Kernels.Choice.VECTOR, Strategy.GATHER),
        /** All sources. */
        DENSE(Kernels.Choice.VECTOR, Strategy.DENSE);

        private final Kernels.Choice kernels;
        private final Strategy strategy;

        Delivery(final Kernels.Choice kernels, final Strategy strategy) {
            this.kernels = kernels;
            this.strategy = strategy;
        }

        KernelRun run(final ConvolutionTable table) {
            return new KernelRun(table, Kernels.of(kernels), strategy);
        }
    }

    /** Which convolution. */
    @Param
    private Form form;

    /** Percentage of the input's addresses that have a spike. */
    @Param({"1", "10", "50"})
    private double percent;

    /** How. */
    @Param
    private Delivery delivery;

    private ConvolutionTable table;
    private EventGrid events;
    private KernelRun run;
    private long accumulates;

    /** Makes weights and spikes, and compares each sum's bits with those of the plain loop. */
    @Setup
    public void setUp() {
        table = form.table();
        events = new EventGrid(table.input(), false);
        events.load(Reference.randomEvents(table.input(), percent / 100, 1));
        final KernelRun naive = Delivery.SCALAR_DENSE.run(table);
        naive.take(events);
        run = delivery.run(table);
        run.take(events);
        run.check(naive);
        accumulates = countAccumulates();
    }

    /** One target and source at a time, over the window's taps. */
    private long countAccumulates() {
        final Window window = table.window();
        long pixelEvents = 0;
        for (int y = 0; y < table.output().height(); y++) {
            for (int x = 0; x < table.output().width(); x++) {
                for (int tap = 0; tap < window.kernelY() * window.kernelX(); tap++) {
                    final int sourceY = y * window.strideY() - window.paddingY()
                        + tap / window.kernelX() * window.dilationY();
                    final int sourceX = x * window.strideX() - window.paddingX()
                        + tap % window.kernelX() * window.dilationX();
                    pixelEvents += eventsOf(sourceY, sourceX);
                }
            }
        }
        return pixelEvents * table.outGroup();
    }

    private int eventsOf(final int y, final int x) {
        final int width = table.input().width();
        if (y < 0 || y >= table.input().height() || x < 0 || x >= width) {
            return 0;
        }
        final int pixel = y * (width + 1) + x;
        return events.pixelStart()[pixel + 1] - events.pixelStart()[pixel];
    }

    /** All rows, as the simulator takes them. */
    @Benchmark
    public float[] rows(final Work work) {
        work.work = accumulates;
        return run.rows();
    }
}
