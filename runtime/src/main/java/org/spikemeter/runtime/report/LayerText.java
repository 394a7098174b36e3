package org.spikemeter.runtime.report;

import java.util.Arrays;
import java.util.IntSummaryStatistics;
import java.util.Locale;
import org.spikemeter.engine.network.Connections;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Window;
import org.spikemeter.engine.neuron.Firing;
import org.spikemeter.engine.neuron.If;
import org.spikemeter.engine.neuron.Lif;
import org.spikemeter.engine.neuron.NeuronModel;
import org.spikemeter.engine.neuron.Plif;
import org.spikemeter.engine.neuron.Reset;

/** Layers in words. */
public final class LayerText {
    private LayerText() {
    }

    /** The layer's type, as the network file calls it. */
    public static String type(final Layer layer) {
        return switch (layer) {
            case Layer.Conv2d _ -> "conv2d";
            case Layer.Linear _ -> "linear";
            case Layer.Sparse _ -> "sparse";
            case Layer.BatchNorm _ -> "batch_norm";
            case Layer.Pool2d pool -> switch (pool.pooling()) {
                case AVERAGE -> "avg_pool2d";
                case SUM -> "sum_pool2d";
                case MAX -> "max_pool2d";
            };
            case Layer.Flatten _ -> "flatten";
            case Layer.Neurons neurons -> switch (neurons.model()) {
                case If _ -> "if";
                case Lif _ -> "lif";
                case Plif _ -> "plif";
            };
            case Layer.Euler euler -> euler.model().type().toLowerCase(Locale.ROOT);
            case Layer.Sum _ -> "sum";
            case Layer.Concat _ -> "concat";
            case Layer.Scale _ -> "scale";
            case Layer.Relu _ -> "relu";
        };
    }

    /** The layer's parameters, with every default spelled out. */
    public static String parameters(final Layer layer) {
        return switch (layer) {
            case Layer.Conv2d conv -> window(conv.window()) + (conv.groups() > 1 ? ", groups " + conv.groups() : "")
                + (conv.bias() == null ? ", no bias" : ", bias");
            case Layer.Linear linear -> linear.bias() == null ? "no bias" : "bias";
            case Layer.Sparse sparse -> delays(sparse.connections()) + (sparse.bias() == null ? "no bias" : "bias");
            case Layer.BatchNorm norm -> "eps " + norm.eps();
            case Layer.Pool2d pool -> window(pool.window());
            case Layer.Flatten _ -> "weights behind it in the order channel, y, x";
            case Layer.Neurons neurons -> neuron(neurons.model());
            case Layer.Euler euler -> "forward Euler, parameters of each neuron, "
                + (!euler.model().spikes() ? "never fires" : euler.model().resetsHard() ? "hard reset" : "soft reset")
                + (euler.model().hasRefractoryPeriod() ? ", refractory periods" : "");
            case Layer.Sum _ -> "of several layers";
            case Layer.Concat _ -> "the channels of several layers";
            case Layer.Scale _ -> "a factor for each value";
            case Layer.Relu relu -> relu.ceiling() == Float.POSITIVE_INFINITY ? "no ceiling"
                : "at most " + relu.ceiling();
        };
    }

    private static String delays(final Connections connections) {
        if (!connections.hasDelays()) {
            return "";
        }
        final IntSummaryStatistics steps = Arrays.stream(connections.delays()).summaryStatistics();
        return "delays of " + steps.getMin() + " to " + steps.getMax() + " steps, ";
    }

    private static String window(final Window w) {
        return "kernel " + pair(w.kernelY(), w.kernelX()) + ", stride " + pair(w.strideY(), w.strideX())
            + ", padding " + (w.isSymmetric() ? pair(w.paddingY(), w.paddingX()) : w.paddingText())
            + (w.dilationY() > 1 || w.dilationX() > 1 ? ", dilation " + pair(w.dilationY(), w.dilationX()) : "");
    }

    private static String pair(final int y, final int x) {
        return y == x ? String.valueOf(y) : y + "x" + x;
    }

    private static String neuron(final NeuronModel model) {
        final String leak = switch (model) {
            case If _ -> "";
            case Lif lif -> "tau " + lif.tau() + (lif.decayInput() ? ", decays input, " : ", input not decayed, ");
            case Plif plif -> "1/tau " + Units.decimal(plif.k(), 4)
                + (plif.decayInput() ? ", decays input, " : ", input not decayed, ");
        };
        final String reset = switch (model.reset()) {
            case Reset.Soft _ -> "soft reset";
            case Reset.Hard(float vReset) -> "reset to " + vReset;
        };
        return leak + "fires at " + (model.firing() == Firing.AT_THRESHOLD ? ">= " : "> ") + model.vThreshold()
            + ", " + reset;
    }
}
