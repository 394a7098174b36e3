package org.spikemeter.reference;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import org.spikemeter.dvs.frame.FrameSources;
import org.spikemeter.dvs.frame.GreyMode;
import org.spikemeter.dvs.pixel.DvsStepSource;
import org.spikemeter.dvs.pixel.FirstFrame;
import org.spikemeter.dvs.pixel.FrameDifferenceSensor;
import org.spikemeter.engine.aer.ListStepSource;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.importer.NetworkFile;
import org.spikemeter.engine.network.Network;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The reference networks, clips and golden results that were made for this project, among the test resources. */
public final class ReferenceData {
    /** The reference networks of the paper's topology. */
    public static final List<String> EMOTION_NETWORKS = List.of("emotion-plif", "emotion-plif-sparse");
    /** The clips that there are without loss. */
    public static final List<String> LOSSLESS_CLIPS = List.of("clip-9001", "clip-9002", "clip-9003", "clip-9004",
        "clip-9005", "clip-9006", "clip-9007", "clip-9008");

    private ReferenceData() {
    }

    /** A file below {@code reference}. */
    public static Path path(final String relative) {
        final URL url = ReferenceData.class.getResource("/reference/" + relative);
        if (url == null) {
            throw new IllegalArgumentException("no reference data '" + relative + "'");
        }
        try {
            return Path.of(url.toURI());
        } catch (final URISyntaxException e) {
            throw new IllegalArgumentException("reference data '" + relative + "' is at " + url, e);
        }
    }

    public static Network network(final String name) throws IOException {
        return NetworkFile.read(path(name + "/network.json"));
    }

    public static JsonNode golden(final String network, final String clip) {
        return new ObjectMapper().readTree(path(network + "/golden/" + clip + ".json").toFile());
    }

    /** A clip through the paper's sensor, with the float first frame. */
    public static DvsStepSource clip(final String file) throws IOException {
        return new DvsStepSource(FrameSources.open(path("emotion-plif/clips/" + file), GreyMode.FLOAT),
            new FrameDifferenceSensor(128, 128, FrameDifferenceSensor.DEFAULT_SENS, FirstFrame.FLOAT),
            DvsStepSource.DEFAULT_STEPS);
    }

    public static List<StepEvents> steps(final String file) throws IOException {
        try (DvsStepSource source = clip(file)) {
            return ListStepSource.drain(source);
        }
    }
}
