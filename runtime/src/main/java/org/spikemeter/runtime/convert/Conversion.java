package org.spikemeter.runtime.convert;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.aer.StepSource;
import org.spikemeter.engine.convert.ActivationRange;
import org.spikemeter.engine.convert.Agreement;
import org.spikemeter.engine.convert.WeightNormalisation;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.simulate.Simulator;

/**
 * A conversion and what came of it.
 *
 * @param artificial the network of rectified units
 * @param spiking the network that was made
 * @param percentile of the activations that a rate of 1 stands for; 100 for the largest
 * @param scales of each layer of rectified units
 * @param calibrationSamples how many samples the scales were taken from
 * @param samples how many samples both networks were run on
 * @param artificialOperations synaptic operations of a sample in the artificial network, those on 0 left out; mean
 * @param points the agreement after some numbers of steps
 * @param warnings what may make the two differ, a line each
 */
public record Conversion(
    Network artificial, Network spiking, double percentile, List<Scale> scales, int calibrationSamples, int samples,
    double artificialOperations, List<Agreement.Point> points, List<String> warnings) {
    private static final int[] CHECKPOINTS = {8, 16, 32, 68, 128};

    /**
     * A layer's activations.
     *
     * @param layer name of the layer
     * @param lambda the activation that a rate of 1 stands for
     * @param largest the largest activation
     */
    public record Scale(String layer, double lambda, double largest) {}

    /** Copies the lists. */
    public Conversion {
        scales = List.copyOf(scales);
        points = List.copyOf(points);
        warnings = List.copyOf(warnings);
    }

    /**
     * Calibrates, converts and compares.
     *
     * @param artificial the network of rectified units
     * @param calibration samples that the activations are taken from
     * @param percentile above 0, up to 100
     * @param evaluation samples to run both networks on; not closed
     * @param context how a network is run
     * @throws IllegalArgumentException naming the layer, where the network is no artificial one
     * @throws IOException where the samples cannot be read
     */
    public static Conversion of(
        final Network artificial, final List<StepEvents> calibration, final double percentile,
        final StepSource evaluation, final Function<Network, Simulator.Context> context) throws IOException {
        WeightNormalisation.requireArtificial(artificial);
        final ActivationRange range = new ActivationRange(artificial);
        try (Simulator simulator = new Simulator(context.apply(artificial).metered(false).listener(range))) {
            for (final StepEvents sample : calibration) {
                simulator.reset();
                simulator.step(sample);
            }
        }
        final double[] lambda = new double[artificial.layers().size()];
        final List<Scale> scales = new ArrayList<>();
        final List<String> warnings = new ArrayList<>();
        for (int i = 0; i < artificial.layers().size(); i++) {
            final Layer layer = artificial.layers().get(i);
            if (layer instanceof Layer.Relu) {
                final boolean active = range.largest(i) != 0.0f;
                lambda[i] = active ? range.percentile(i, percentile) : 1.0;
                scales.add(new Scale(layer.name(), lambda[i], range.largest(i)));
                if (!active) {
                    warnings.add(layer.name() + ": never active in calibration, so its scale is 1");
                }
            } else if (layer instanceof Layer.Pool2d pool && pool.pooling() == Layer.Pooling.MAX) {
                warnings.add(layer.name() + ": the maximum of spikes is not the maximum of rates; average pools keep"
                    + " what max pools lose");
            }
        }
        final WeightNormalisation.Converted converted = WeightNormalisation.convert(artificial, i -> lambda[i]);
        try (Simulator ann = new Simulator(context.apply(artificial));
            Simulator snn = new Simulator(context.apply(converted.network()))) {
            final Agreement agreement = new Agreement(ann, snn, converted.outputUnit(), CHECKPOINTS);
            final StepEvents sample = new StepEvents(artificial.input());
            while (evaluation.next(sample)) {
                agreement.add(sample);
            }
            return new Conversion(artificial, converted.network(), percentile, scales, calibration.size(),
                agreement.samples(), agreement.artificialOperations(), agreement.points(), warnings);
        }
    }
}
