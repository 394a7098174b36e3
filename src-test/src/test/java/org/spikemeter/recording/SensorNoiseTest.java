package org.spikemeter.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.pixel.v2e.V2eContext;
import org.spikemeter.dvs.pixel.v2e.V2eSensor;
import org.spikemeter.reference.Samples;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Noise on a still picture, 64 x 64 pixels, 1000 frames in a second: as many events as v2e gives, within three standard
 * errors of the difference between two means, over all pixels of three runs here and three runs there.
 */
class SensorNoiseTest {
    private static final SensorSize SIZE = new SensorSize(64, 64);
    private static final int FRAMES = 1000;
    private static final long FRAME_MICROS = 1000;
    private static final int RUNS = 3;
    private static final double STANDARD_ERRORS = 3.0;

    @Test
    void shouldMakeAsMuchNoiseAsV2e() throws Exception {
        final JsonNode cases =
            new ObjectMapper().readTree(Samples.path("events/v2e_ref/static_64x64_1s_1kHz.json").toFile());
        assertEquals(9, cases.size());
        for (final JsonNode each : cases) {
            final String name = each.get("case").stringValue() + " at " + each.get("level").intValue();
            final Noise on = new Noise();
            final Noise off = new Noise();
            for (int run = 1; run <= RUNS; run++) {
                final V2eContext context = context(each.get("params")).seed(run);
                sense(each.get("level").intValue(), context, on, off);
            }
            check(name + " ON", on, each.get("on_off_mean_var"), 0, each);
            check(name + " OFF", off, each.get("on_off_mean_var"), 1, each);
        }
    }

    private static void check(
        final String name, final Noise noise, final JsonNode peerRuns, final int column, final JsonNode parameters) {
        assertEquals(RUNS, peerRuns.size());
        double peerMean = 0.0;
        for (final JsonNode run : peerRuns) {
            peerMean += run.get(column).intValue() / (double) (RUNS * SIZE.pixels());
        }
        double error = noise.variance() * 2 / (RUNS * SIZE.pixels());
        if (parameters.get("params").has("photoreceptor_noise")) {
            error += Math.pow(peerMean * PhotoreceptorEstimate.RELATIVE_ERROR, 2);
        }
        final double errors = error == 0.0 ? 0.0 : (noise.mean() - peerMean) / Math.sqrt(error);
        SensorFrames.report(String.format(Locale.ROOT, "%s: %.4f events a pixel, v2e %.4f: %+.2f standard errors",
            name, noise.mean(), peerMean, errors));
        assertTrue(Math.abs(errors) <= STANDARD_ERRORS && (error > 0.0 || noise.mean() == peerMean),
            name + ": " + noise.mean() + " events a pixel, v2e " + peerMean);
    }

    private static V2eContext context(final JsonNode parameters) {
        // what the emulator class of v2e takes where nothing else is said
        return new V2eContext()
            .cutoffHz(parameters.path("cutoff_hz").doubleValue(0.0))
            .leakRateHz(parameters.path("leak_rate_hz").doubleValue(0.0))
            .shotNoiseRateHz(parameters.path("shot_noise_rate_hz").doubleValue(0.0))
            .photoreceptorNoise(parameters.path("photoreceptor_noise").booleanValue(false))
            .refractorySeconds(0.0);
    }

    private static void sense(final int level, final V2eContext context, final Noise on, final Noise off) {
        final float[] grey = new float[SIZE.pixels()];
        Arrays.fill(grey, level / 255.0f);
        final int[][] counts = new int[2][SIZE.pixels()];
        final EventBatch batch = new EventBatch();
        try (V2eSensor sensor = new V2eSensor(SIZE, context)) {
            for (int frame = 0; frame < FRAMES; frame++) {
                batch.clear();
                sensor.sense(grey, frame * FRAME_MICROS, batch);
                for (int i = 0; i < batch.size(); i++) {
                    counts[batch.polarity(i)][batch.y(i) * SIZE.width() + batch.x(i)]++;
                }
            }
        }
        off.add(counts[0]);
        on.add(counts[1]);
    }

    /**
     * v2e estimates the strength of the photoreceptor's noise from two samples, once for all runs: from 300 pairs of
     * thresholds, and from white noise that it filters for 1000 time constants. The rate of events depends on it as
     * exp(-(threshold / strength)^2 / 2).
     */
    private static final class PhotoreceptorEstimate {
        private static final double FILTER = 1.0 / Math.sqrt(1000.0);
        private static final double THRESHOLDS = 0.025 / 0.183 / Math.sqrt(300.0);
        private static final double THRESHOLD_IN_STRENGTHS = 3.1;
        static final double RELATIVE_ERROR =
            Math.hypot(FILTER, THRESHOLDS) * THRESHOLD_IN_STRENGTHS * THRESHOLD_IN_STRENGTHS;

        private PhotoreceptorEstimate() {
        }
    }

    /** Mean and variance of the events of a pixel. */
    private static final class Noise {
        private long pixels;
        private double sum;
        private double squares;

        void add(final int[] counts) {
            for (final int count : counts) {
                pixels++;
                sum += count;
                squares += (double) count * count;
            }
        }

        double mean() {
            return sum / pixels;
        }

        double variance() {
            return squares / pixels - mean() * mean();
        }
    }
}
