package org.spikemeter.recording;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.spikemeter.dvs.frame.FrameSources;
import org.spikemeter.dvs.frame.GreyMode;
import org.spikemeter.dvs.pixel.DvsStepSource;
import org.spikemeter.dvs.pixel.FirstFrame;
import org.spikemeter.dvs.pixel.FrameDifferenceSensor;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.reference.ReferenceData;
import org.spikemeter.reference.Samples;

/** How dense the events of the paper's sensor are, by its threshold; the table of docs/sensors.md. */
class SensorDensityTest {
    private static final float[] SENS = {0.001f, 0.003f, 0.01f, 0.03f};

    /**
     * In points: what it makes that others let FFmpeg convert YUV to RGB the fast way. This project asks for the one
     * that gives the same bits on every machine, and they differ by up to one in 255.
     */
    private static final double OTHER_CONVERSION = 0.3;

    /** NumPy made the figures from FFmpeg's RGB: of the same conversion, and of the fast one. */
    @Test
    void shouldGiveDensityOfIndependentComputation() throws IOException {
        final Path no = Samples.path("video/asl_no.mkv");
        final Path please = Samples.path("video/asl_please.mkv");
        final double[] ofNo = densities("asl_no.mkv", no, GreyMode.FLOAT);
        final double[] ofPlease = densities("asl_please.mkv", please, GreyMode.FLOAT);
        assertPercent(new double[] {45.62, 24.42, 10.13, 4.65}, ofNo, 0.02);
        assertPercent(new double[] {43.20, 19.63, 5.56, 2.03}, ofPlease, 0.02);
        assertPercent(new double[] {45.44, 24.25, 10.12, 4.65}, ofNo, OTHER_CONVERSION);
        assertPercent(new double[] {43.46, 19.56, 5.57, 2.04}, ofPlease, OTHER_CONVERSION);
        shouldNotTellThresholdsBelowOneGreyApart(densities("asl_no.mkv", no, GreyMode.EIGHT_BIT));
        shouldNotTellThresholdsBelowOneGreyApart(densities("asl_please.mkv", please, GreyMode.EIGHT_BIT));
    }

    @Test
    void shouldGiveFewerEventsForHigherThresholds() throws IOException {
        for (final String clip : ReferenceData.LOSSLESS_CLIPS) {
            final Path file = ReferenceData.path("emotion-plif/clips/" + clip + ".mkv");
            final double[] exact = densities(clip + ".mkv", file, GreyMode.FLOAT);
            for (int i = 1; i < SENS.length; i++) {
                // the clips are stored in 8 bits, at the sensor's size
                assertTrue(exact[i] <= exact[i - 1], clip);
            }
            assertArrayEquals(exact, densities(clip + ".mkv", file, GreyMode.EIGHT_BIT));
            shouldNotTellThresholdsBelowOneGreyApart(exact);
        }
    }

    private static void assertPercent(final double[] expected, final double[] found, final double tolerance) {
        for (int i = 0; i < SENS.length; i++) {
            assertEquals(expected[i], 100.0 * found[i], tolerance, "sens " + SENS[i]);
        }
    }

    /** 1/255 is 0.0039. */
    private static void shouldNotTellThresholdsBelowOneGreyApart(final double[] found) {
        assertEquals(found[0], found[1]);
        assertTrue(found[1] > found[2]);
    }

    private static double[] densities(final String name, final Path file, final GreyMode mode) throws IOException {
        final double[] densities = new double[SENS.length];
        final StringBuilder row = new StringBuilder("| ").append(name).append(" | ")
            .append(mode == GreyMode.FLOAT ? "float" : "8 bits");
        for (int i = 0; i < SENS.length; i++) {
            densities[i] = density(file, mode, SENS[i]);
            row.append(String.format(Locale.ROOT, " | %.1f", 100.0 * densities[i]));
        }
        SensorFrames.report(row.append(" |").toString());
        return densities;
    }

    /** Part of the pixels with an event, over the first 68 frames without the first. */
    private static double density(final Path file, final GreyMode mode, final float sens) throws IOException {
        try (DvsStepSource source = new DvsStepSource(FrameSources.open(file, mode),
            new FrameDifferenceSensor(128, 128, sens, FirstFrame.SPIKES), DvsStepSource.DEFAULT_STEPS)) {
            final StepEvents events = new StepEvents(source.shape());
            while (source.next(events)) {
                assertTrue(events.size() <= source.shape().pixels());
            }
            return source.density().positionDensity();
        }
    }
}
