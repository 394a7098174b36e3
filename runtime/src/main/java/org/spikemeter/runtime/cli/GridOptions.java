package org.spikemeter.runtime.cli;

import org.spikemeter.dvs.binning.Fit;
import org.spikemeter.dvs.binning.Repeated;
import picocli.CommandLine.Option;

/** Options about how events come onto the grid of a network's input. */
final class GridOptions {
    @Option(names = "--repeated", paramLabel = "clamp|count", converter = Choices.RepeatedConverter.class,
        description = "Recording: several events of one pixel and polarity in a step are one of value 1 (clamp), or of"
            + " their number, which multiplies.")
    private Repeated repeated;

    @Option(names = "--fit", paramLabel = "stretch|crop", converter = Choices.FitConverter.class,
        description = "Recording: the whole sensor is scaled to the network's input (stretch), or its middle part of"
            + " the same proportions.")
    private Fit fit;

    boolean isAnyGiven() {
        return repeated != null || fit != null;
    }

    Repeated repeated() {
        return repeated == null ? Repeated.CLAMP : repeated;
    }

    Fit fit() {
        return fit == null ? Fit.STRETCH : fit;
    }
}
