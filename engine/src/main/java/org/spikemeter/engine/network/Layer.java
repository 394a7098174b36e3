package org.spikemeter.engine.network;

import org.spikemeter.engine.neuron.EulerModel;
import org.spikemeter.engine.neuron.NeuronModel;

/**
 * A layer, as it was trained: weights keep PyTorch's layouts, shapes are channel-last. What a layer does not say (the
 * size of its input) comes from the layer before it: see {@link Network}.
 */
public sealed interface Layer {
    /** Name, unique in its network. */
    String name();

    /**
     * Grouped 2-D cross-correlation.
     *
     * @param name name of the layer
     * @param weight [outChannels, inChannels / groups, kernelY, kernelX]
     * @param bias [outChannels], or null
     * @param window stride, padding, dilation; its kernel is the weight's
     * @param groups how many groups the channels are cut into
     */
    record Conv2d(String name, Tensor weight, Tensor bias, Window window, int groups) implements Layer {
        /** Checks that the arrays fit one another. */
        public Conv2d {
            requireRank("weight", weight, 4, "[out, in / groups, ky, kx]");
            if (weight.dimension(2) != window.kernelY() || weight.dimension(3) != window.kernelX()) {
                throw new IllegalArgumentException("weight " + weight.shapeText() + " does not have the kernel "
                    + window.kernelY() + " x " + window.kernelX());
            }
            if (groups < 1 || weight.dimension(0) % groups != 0) {
                throw new IllegalArgumentException("groups is " + groups + ": expected a divisor of the "
                    + weight.dimension(0) + " output channels");
            }
            requireBias(bias, weight.dimension(0));
        }

        /** Channels of the output. */
        public int outChannels() {
            return weight.dimension(0);
        }

        /** Channels of the input. */
        public int inChannels() {
            return weight.dimension(1) * groups;
        }
    }

    /**
     * Fully connected.
     *
     * @param name name of the layer
     * @param weight [outFeatures, inFeatures]; inputs in PyTorch's order (channel, y, x) of the flattened grid
     * @param bias [outFeatures], or null
     */
    record Linear(String name, Tensor weight, Tensor bias) implements Layer {
        /** Checks that the arrays fit one another. */
        public Linear {
            requireRank("weight", weight, 2, "[out, in]");
            requireBias(bias, weight.dimension(0));
        }
    }

    /**
     * Sparsely connected: a list of synapses for each source, for networks that are neither convolutions nor dense.
     * Synapses that are not in the list do not exist and are not counted.
     *
     * @param name name of the layer
     * @param connections the synapses
     * @param bias one value a target, or null
     */
    record Sparse(String name, Connections connections, Tensor bias) implements Layer {
        /** Checks that the arrays fit one another. */
        public Sparse {
            requireBias(bias, connections.targets());
        }
    }

    /**
     * Batch normalisation in evaluation: {@code (x - runningMean) / sqrt(runningVar + eps) * weight + bias}, a channel.
     *
     * @param name name of the layer
     * @param weight [channels]
     * @param bias [channels]
     * @param runningMean [channels]
     * @param runningVar [channels], not negative
     * @param eps added to the variance
     */
    record BatchNorm(String name, Tensor weight, Tensor bias, Tensor runningMean, Tensor runningVar, double eps)
        implements Layer {
        /** Checks that the arrays fit one another. */
        public BatchNorm {
            final int channels = weight.size();
            requireRank("weight", weight, 1, "[channels]");
            requireLength("bias", bias, channels);
            requireLength("running_mean", runningMean, channels);
            requireLength("running_var", runningVar, channels);
            if (!(eps >= 0.0) || Double.isInfinite(eps)) {
                throw new IllegalArgumentException("eps is " + eps + ": expected a number of at least 0");
            }
            for (int c = 0; c < channels; c++) {
                if (!(runningVar.get(c) + eps > 0.0)) {
                    throw new IllegalArgumentException("running_var of channel " + c + " is " + runningVar.get(c)
                        + ": expected a positive variance with eps " + eps);
                }
            }
        }

        /** The factor of channel {@code c}, in float64. */
        public double scale(final int c) {
            return weight.get(c) / Math.sqrt(runningVar.get(c) + eps);
        }

        /** What channel {@code c} adds where {@code x} is 0, in float64. */
        public double shift(final int c) {
            return bias.get(c) - runningMean.get(c) * scale(c);
        }

        /** Factors of all channels behind the factors {@code before}, in float64; null stands for 1. */
        public double[] scaled(final double[] before) {
            final double[] scaled = new double[weight.size()];
            for (int c = 0; c < scaled.length; c++) {
                scaled[c] = scale(c) * (before == null ? 1.0 : before[c]);
            }
            return scaled;
        }

        /**
         * What all channels add behind the shifts {@code before}, in float64; null stands for 0.
         *
         * @param adds false where the norm's own shift is added elsewhere
         */
        public double[] shifted(final double[] before, final boolean adds) {
            final double[] shifted = new double[weight.size()];
            for (int c = 0; c < shifted.length; c++) {
                shifted[c] = (adds ? shift(c) : 0.0) + scale(c) * (before == null ? 0.0 : before[c]);
            }
            return shifted;
        }
    }

    /** What a pool makes of the values in its window. */
    enum Pooling {
        /** Their sum times 1 / (kernelY * kernelX), padding included, as PyTorch's default. */
        AVERAGE,
        /** Their sum. */
        SUM,
        /** Their maximum; padding is not a value. */
        MAX
    }

    /**
     * Pooling. Windows that reach beyond the grid and its padding are dropped (PyTorch's ceil_mode = False).
     *
     * @param name name of the layer
     * @param pooling what is made of a window
     * @param window without dilation; padding at most half of the kernel
     */
    record Pool2d(String name, Pooling pooling, Window window) implements Layer {
        /** Checks dilation and padding as PyTorch does. */
        public Pool2d {
            if (window.dilationY() != 1 || window.dilationX() != 1) {
                throw new IllegalArgumentException("dilation of a pool: expected 1");
            }
            // at the end, ONNX's ceil_mode lets windows reach further
            if (2 * window.paddingY() > window.kernelY() || 2 * window.paddingX() > window.kernelX()
                || window.endY() > Math.max(window.paddingY(), window.kernelY() - 1)
                || window.endX() > Math.max(window.paddingX(), window.kernelX() - 1)) {
                throw new IllegalArgumentException("padding " + window.paddingText()
                    + " of a pool: expected at most half of the kernel " + window.kernelY() + " x "
                    + window.kernelX());
            }
        }
    }

    /**
     * From a grid to a vector. Addresses stay channel-last; only PyTorch's order (channel, y, x) is what weights of the
     * next linear layer are in.
     *
     * @param name name of the layer
     */
    record Flatten(String name) implements Layer {}

    /**
     * Spiking neurons, one for each value of the layer before.
     *
     * @param name name of the layer
     * @param model the model that all neurons of the layer share
     */
    record Neurons(String name, NeuronModel model) implements Layer {}

    /**
     * Neurons with parameters of their own, as NIR has them, one for each value of the layer before.
     *
     * @param name name of the layer
     * @param model the neurons, by address
     */
    record Euler(String name, EulerModel model) implements Layer {}

    /**
     * The sum of several layers, value by value.
     *
     * @param name name of the layer
     */
    record Sum(String name) implements Layer {}

    /**
     * The channels of several layers, one behind the other; of vectors, their values in PyTorch's order. It only moves
     * events: no operation is counted.
     *
     * @param name name of the layer
     */
    record Concat(String name) implements Layer {}

    /**
     * A factor for each value, as NIR has it. Where the factor is 0 there is no synapse.
     *
     * @param name name of the layer
     * @param factor [channels, height, width], or the length of a vector
     */
    record Scale(String name, Tensor factor) implements Layer {}

    /**
     * The rectified units of an artificial network: {@code min(max(x, 0), ceiling)}. What they emit has values, and
     * each costs multiply-accumulates.
     *
     * @param name name of the layer
     * @param ceiling largest value; positive infinity where there is none
     */
    record Relu(String name, float ceiling) implements Layer {
        /** Checks the range. */
        public Relu {
            if (!(ceiling > 0.0f)) {
                throw new IllegalArgumentException("ceiling is " + ceiling + ": expected a positive number");
            }
        }

        /** What a unit makes of its input. */
        public float apply(final float x) {
            return Math.min(Math.max(x, 0.0f), ceiling);
        }
    }

    /** True where it may read several layers. */
    default boolean merges() {
        return this instanceof Neurons || this instanceof Euler || this instanceof Relu || this instanceof Sum
            || this instanceof Concat;
    }

    /** True where the output are spikes of neurons. */
    default boolean spikes() {
        return this instanceof Neurons || this instanceof Euler euler && euler.model().spikes();
    }

    private static void requireRank(final String what, final Tensor tensor, final int rank, final String expected) {
        if (tensor.rank() != rank) {
            throw new IllegalArgumentException(what + " has the shape " + tensor.shapeText() + ": expected "
                + expected);
        }
    }

    private static void requireLength(final String what, final Tensor tensor, final int length) {
        if (tensor.rank() != 1 || tensor.size() != length) {
            throw new IllegalArgumentException(what + " has the shape " + tensor.shapeText() + ": expected ["
                + length + "]");
        }
    }

    private static void requireBias(final Tensor bias, final int length) {
        if (bias != null) {
            requireLength("bias", bias, length);
        }
    }
}
