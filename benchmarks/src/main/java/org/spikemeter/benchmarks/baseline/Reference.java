package org.spikemeter.benchmarks.baseline;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.spikemeter.dvs.frame.FrameSources;
import org.spikemeter.dvs.frame.GreyMode;
import org.spikemeter.dvs.pixel.DvsStepSource;
import org.spikemeter.dvs.pixel.FirstFrame;
import org.spikemeter.dvs.pixel.FrameDifferenceSensor;
import org.spikemeter.engine.aer.ListStepSource;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.importer.NetworkFile;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Tensor;

/** The reference networks and clips, which the build puts among this module's classes. */
public final class Reference {
    /** The reference network that fires much. */
    public static final String EMOTION = "emotion-plif";
    /** The same topology, trained to fire less. */
    public static final String EMOTION_SPARSE = "emotion-plif-sparse";
    /** The clip that comes with the program. */
    public static final String CLIP = "clip-9003.mp4";

    private Reference() {
    }

    /** A file below {@code reference}. */
    public static Path path(final String relative) {
        final URL url = Reference.class.getResource("/reference/" + relative);
        if (url == null) {
            throw new IllegalArgumentException("no reference data '" + relative + "' among the classes");
        }
        try {
            return Path.of(url.toURI());
        } catch (final URISyntaxException e) {
            throw new IllegalArgumentException("reference data '" + relative + "' is at " + url, e);
        }
    }

    /** A reference network. */
    public static Network network(final String name) throws IOException {
        return NetworkFile.read(path(name + "/network.json"));
    }

    /** The dense artificial network of the same topology, rectified units where the neurons are, norms folded. */
    public static Path onnx() {
        return path(EMOTION + "/topology-folded.onnx");
    }

    /** A clip. */
    public static Path clip(final String file) {
        return path(EMOTION + "/clips/" + file);
    }

    /** All steps of a clip, through the sensor of the paper, with the float first frame. */
    public static List<StepEvents> steps(final String file, final Network network) throws IOException {
        final FrameDifferenceSensor sensor = new FrameDifferenceSensor(network.input().width(),
            network.input().height(), FrameDifferenceSensor.DEFAULT_SENS, FirstFrame.FLOAT);
        try (DvsStepSource source = new DvsStepSource(
            FrameSources.open(clip(file), GreyMode.FLOAT), sensor, DvsStepSource.DEFAULT_STEPS)) {
            return ListStepSource.drain(source);
        }
    }

    /** A chain of layers without what its norms and biases add: without an event, nothing fires. */
    public static Network withoutBias(final Network network) {
        final Network.Builder builder = Network.builder(network.name() + " without bias", network.input());
        for (final Layer layer : network.layers()) {
            builder.add(switch (layer) {
                case Layer.Conv2d conv ->
                    new Layer.Conv2d(conv.name(), conv.weight(), null, conv.window(), conv.groups());
                case Layer.Linear linear -> new Layer.Linear(linear.name(), linear.weight(), null);
                case Layer.BatchNorm norm -> {
                    final Tensor zeros = Tensor.of(new float[norm.weight().size()], norm.weight().size());
                    yield new Layer.BatchNorm(
                        norm.name(), norm.weight(), zeros, zeros, norm.runningVar(), norm.eps());
                }
                default -> layer;
            });
        }
        return builder.build();
    }

    /** Spikes at a part of a grid's addresses, the same for the same seed. */
    public static StepEvents randomEvents(
        final Shape shape, final double density, final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final StepEvents events = new StepEvents(shape);
        for (int address = 0; address < shape.size(); address++) {
            if (random.nextDouble() < density) {
                events.add(address);
            }
        }
        return events;
    }

    /** Steps of {@link #randomEvents}. */
    public static List<StepEvents> randomSteps(
        final Shape shape, final double density, final int steps) {
        final List<StepEvents> list = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            list.add(randomEvents(shape, density, step));
        }
        return list;
    }
}
