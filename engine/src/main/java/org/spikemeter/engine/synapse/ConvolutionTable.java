package org.spikemeter.engine.synapse;

import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Tensor;
import org.spikemeter.engine.network.Window;

/**
 * Synapses of a grouped convolution, weights shared by all pixels. A dense layer is the convolution whose window is the
 * whole grid; a one-to-one connection is one of 1 x 1 with as many groups as channels.
 *
 * <p>Weights lie as {@code [kernelY][kernelX][inChannels][lanes]}: all targets of one source channel under one tap
 * together, filled up with zeros to a multiple of {@link #LANES}, so that a kernel loads whole vectors. A source's key
 * in its row is {@code x * inChannels + c}; under the window that starts at {@code x0}, its weights are those of index
 * {@code (ky * kernelX - x0) * inChannels + key} for all kx at once.
 */
public final class ConvolutionTable implements SynapseTable {
    /** Targets are filled up to a multiple of this: the lanes of the widest vector. */
    public static final int LANES = 16;

    private final Shape input;
    private final Shape output;
    private final Window window;
    private final int groups;
    private final int lanes;
    private final int[] firstTargets;
    private final float[] weights;
    private final int rowPairs;
    private final long pixelPairs;

    private ConvolutionTable(
        final Shape input, final Shape output, final Window window, final int groups, final float[] weights) {
        this.input = input;
        this.output = output;
        this.window = window;
        this.groups = groups;
        this.lanes = paddedLanes(output.channels() / groups);
        this.firstTargets = new int[input.channels()];
        for (int c = 0; c < firstTargets.length; c++) {
            firstTargets[c] = c / inGroup() * outGroup();
        }
        this.weights = weights;
        this.rowPairs = taps(input.height(), output.height(), window.kernelY(), window.strideY(), window.paddingY(),
            window.dilationY());
        this.pixelPairs = (long) rowPairs * taps(input.width(), output.width(), window.kernelX(), window.strideX(),
            window.paddingX(), window.dilationX());
    }

    /**
     * Compiles a convolution.
     *
     * @param input grid of the sources
     * @param conv the layer
     * @param scale factor of each output channel (batch norm), in float64; null for none
     */
    public static ConvolutionTable of(final Shape input, final Layer.Conv2d conv, final double[] scale) {
        final Window window = conv.window();
        final Shape output = window.output(input, conv.outChannels());
        final int inGroup = input.channels() / conv.groups();
        final int outGroup = output.channels() / conv.groups();
        final int taps = window.kernelY() * window.kernelX();
        final int lanes = paddedLanes(outGroup);
        final float[] weights = allocate((long) taps * input.channels() * lanes);
        final Tensor trained = conv.weight();
        for (int out = 0; out < output.channels(); out++) {
            final int firstSource = out / outGroup * inGroup;
            for (int in = 0; in < inGroup; in++) {
                for (int tap = 0; tap < taps; tap++) {
                    final float weight = trained.get((out * inGroup + in) * taps + tap);
                    weights[(tap * input.channels() + firstSource + in) * lanes + out % outGroup] =
                        Weights.scaled(weight, scale, out);
                }
            }
        }
        return new ConvolutionTable(input, output, window, conv.groups(), weights);
    }

    /**
     * Compiles a dense layer.
     *
     * @param input grid of the sources; the layer's columns are in its order (channel, y, x)
     * @param linear the layer
     * @param scale factor of each target (batch norm), in float64; null for none
     */
    public static ConvolutionTable of(final Shape input, final Layer.Linear linear, final double[] scale) {
        final int targets = linear.weight().dimension(0);
        final int lanes = paddedLanes(targets);
        final float[] weights = allocate((long) input.size() * lanes);
        for (int address = 0; address < input.size(); address++) {
            final int column = input.channelFirstIndex(address);
            for (int target = 0; target < targets; target++) {
                final float weight = linear.weight().get(target * input.size() + column);
                weights[address * lanes + target] = Weights.scaled(weight, scale, target);
            }
        }
        final Window whole = new Window(input.height(), input.width(), 1, 1, 0, 0, 1, 1);
        return new ConvolutionTable(input, Shape.flat(targets), whole, 1, weights);
    }

    /**
     * One synapse for each neuron of a grid, with a weight a channel.
     *
     * @param shape grid of sources and targets
     * @param scale weight of each channel, in float64, rounded here; null for 1
     */
    public static ConvolutionTable oneToOne(final Shape shape, final double[] scale) {
        final int channels = shape.channels();
        final float[] weights = allocate((long) channels * LANES);
        for (int c = 0; c < channels; c++) {
            weights[c * LANES] = Weights.scaled(1.0f, scale, c);
        }
        return new ConvolutionTable(shape, shape, Window.square(1, 1, 0), channels, weights);
    }

    private static float[] allocate(final long size) {
        if (size > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("the synapse table needs " + size
                + " weights, more than an array holds");
        }
        return new float[(int) size];
    }

    private static int paddedLanes(final int targets) {
        return (targets + LANES - 1) / LANES * LANES;
    }

    private static int taps(
        final int size, final int outputSize, final int kernel, final int stride, final int padding,
        final int dilation) {
        int taps = 0;
        for (int out = 0; out < outputSize; out++) {
            for (int k = 0; k < kernel; k++) {
                final int position = out * stride - padding + k * dilation;
                taps += position >= 0 && position < size ? 1 : 0;
            }
        }
        return taps;
    }

    @Override
    public Shape input() {
        return input;
    }

    @Override
    public Shape output() {
        return output;
    }

    @Override
    public long synapses() {
        return pixelPairs * inGroup() * output.channels();
    }

    @Override
    public int weights() {
        return window.kernelY() * window.kernelX() * (input.channels() / groups) * output.channels();
    }

    @Override
    public long bytes() {
        return 4L * weights.length;
    }

    /** Pairs of a row of targets and a row of sources under its windows. */
    public int rowPairs() {
        return rowPairs;
    }

    /** Pairs of a target pixel and a source pixel under its window. */
    public long pixelPairs() {
        return pixelPairs;
    }

    /** How the window moves. */
    public Window window() {
        return window;
    }

    /** Groups that the channels are cut into. */
    public int groups() {
        return groups;
    }

    /** Source channels of one group. */
    public int inGroup() {
        return input.channels() / groups;
    }

    /** Target channels of one group. */
    public int outGroup() {
        return output.channels() / groups;
    }

    /** First target channel of the group of each source channel; not to be changed. */
    public int[] firstTargets() {
        return firstTargets;
    }

    /** Weights from one (tap, source channel) to the next: the targets of a group, filled up. */
    public int lanes() {
        return lanes;
    }

    /** {@code [kernelY][kernelX][inChannels][lanes]}; not to be changed. */
    public float[] weightArray() {
        return weights;
    }
}
