package org.spikemeter.dvs.pixel.v2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.pixel.random.NormalQuantiles;

class V2eSensorTest {
    private static final SensorSize SIZE = new SensorSize(67, 41);
    private static final long FRAME_MICROS = 2_000;

    static Stream<V2eContext> contexts() {
        return Stream.of(V2eContext.clean(), V2eContext.noisy(), new V2eContext(),
            new V2eContext().refractorySeconds(0.003).shotNoiseRateHz(100),
            V2eContext.noisy().photoreceptorNoise(true));
    }

    @ParameterizedTest
    @MethodSource("contexts")
    void shouldGiveSameEventsForAnyNumberOfThreads(final V2eContext context) {
        final EventBatch one = sense(context.copy().seed(5));
        assertTrue(one.size() > 1000, one.size() + " events");
        for (final int threads : new int[] {2, 3, 50}) {
            assertSame(one, sense(context.copy().seed(5).threads(threads)));
        }
        final EventBatch other = sense(context.copy().seed(6));
        assertFalse(one.size() == other.size()
            && Arrays.equals(one.wordArray(), 0, one.size(), other.wordArray(), 0, one.size()));
    }

    @ParameterizedTest
    @MethodSource("contexts")
    void shouldGiveSameEventsAfterReset(final V2eContext context) {
        try (V2eSensor sensor = new V2eSensor(SIZE, context)) {
            final EventBatch first = sense(sensor);
            sensor.reset();
            assertSame(first, sense(sensor));
        }
    }

    @ParameterizedTest
    @MethodSource("contexts")
    void shouldAscendInTimeAndStayInArea(final V2eContext context) {
        final EventBatch batch = sense(context);
        for (int i = 0; i < batch.size(); i++) {
            assertTrue(SIZE.contains(batch.x(i), batch.y(i)));
            assertTrue(batch.micros(i) > 0 && (i == 0 || batch.micros(i) >= batch.micros(i - 1)));
        }
    }

    /** One pixel in four goes up by five thresholds, one by two: events in the first slots of five. */
    @Test
    void shouldFireInFirstSlots() {
        final V2eContext context = V2eContext.clean().thresholdSigma(0).onThreshold(0.1).offThreshold(0.1);
        final EventBatch batch = new EventBatch();
        try (V2eSensor sensor = new V2eSensor(new SensorSize(2, 2), context)) {
            sensor.sense(numbers(100, 100, 100, 100), 0, batch);
            assertEquals(0, batch.size());
            sensor.sense(numbers(100, 168, 126, 80), 1000, batch);
        }
        // ln 1.68 = 0.52, ln 1.26 = 0.23, ln 0.8 = -0.22
        assertArrayEquals(new long[] {200, 200, 200, 400, 400, 400, 600, 800, 1000},
            Arrays.copyOf(batch.microsArray(), batch.size()));
        int[] seen = new int[9];
        for (int i = 0; i < 9; i++) {
            seen[i] = 100 * batch.y(i) + 10 * batch.x(i) + batch.polarity(i);
        }
        assertArrayEquals(new int[] {11, 101, 110, 11, 101, 110, 11, 11, 11}, seen);
    }

    /** v2e's quirk: the time of the first frame is not kept. */
    @Test
    void shouldCountSecondFrameFromZero() {
        final V2eContext context = V2eContext.clean().thresholdSigma(0);
        final EventBatch batch = new EventBatch();
        try (V2eSensor sensor = new V2eSensor(new SensorSize(1, 1), context)) {
            sensor.sense(numbers(100), 400, batch);
            sensor.sense(numbers(151), 1000, batch);
        }
        assertArrayEquals(new long[] {500, 1000}, Arrays.copyOf(batch.microsArray(), batch.size()));
    }

    /** After 16.8 s, when float32 seconds have steps of two microseconds, the dead time still is what it is. */
    @Test
    void shouldKeepRefractoryPeriodInLongRecordings() {
        final V2eContext context = V2eContext.clean().thresholdSigma(0).refractorySeconds(0.0006);
        for (final long start : new long[] {0, 3_600_000_000L, 1_600_000_000_000_000L}) {
            final EventBatch batch = new EventBatch();
            try (V2eSensor sensor = new V2eSensor(new SensorSize(1, 1), context)) {
                sensor.sense(numbers(100), 0, batch);
                sensor.sense(numbers(100), start + 1000, batch);
                // ln 2.5 = 0.92 is four thresholds of 0.2: slots of 250 us, of which the first and the last pass
                sensor.sense(numbers(250), start + 2000, batch);
            }
            assertArrayEquals(new long[] {start + 1250, start + 2000},
                Arrays.copyOf(batch.microsArray(), batch.size()));
        }
    }

    /** Crossings in the dead time are not lost: they come in the next frame. */
    @Test
    void shouldKeepDroppedCrossings() {
        final V2eContext context = V2eContext.clean().thresholdSigma(0).refractorySeconds(0.0015);
        final EventBatch batch = new EventBatch();
        try (V2eSensor sensor = new V2eSensor(new SensorSize(1, 1), context)) {
            sensor.sense(numbers(100), 0, batch);
            for (int frame = 1; frame < 20; frame++) {
                sensor.sense(numbers(250), 1000 * frame, batch);
            }
        }
        // ln 2.5 = 0.92 is four thresholds of 0.2
        assertEquals(4, batch.size());
    }

    /** Kolmogorov-Smirnov at the level of 1 in 10,000, below and above where the least threshold cuts. */
    @Test
    void shouldDrawThresholdsFromNormalDistribution() {
        final int pixels = 240 * 180;
        final double[] on = new Thresholds(new V2eContext().onThreshold(0.3).seed(9), pixels).on().clone();
        final double[] off = new Thresholds(new V2eContext().onThreshold(0.3).seed(9), pixels).off().clone();
        assertEquals(0.0, correlation(on, off), 4.0 / Math.sqrt(pixels));
        for (final double[] thresholds : List.of(on, off)) {
            final double nominal = thresholds == on ? 0.3 : 0.2;
            Arrays.sort(thresholds);
            double largest = 0.0;
            for (int i = 0; i < pixels; i++) {
                largest = Math.max(largest,
                    Math.abs((i + 0.5) / pixels - NormalQuantiles.cumulative((thresholds[i] - nominal) / 0.03)));
            }
            assertTrue(largest < 2.23 / Math.sqrt(pixels), "distance " + largest);
        }
        final double[] cut = new Thresholds(new V2eContext().thresholdSigma(1), pixels).on();
        final double least = Arrays.stream(cut).min().orElseThrow();
        assertEquals(0.01f, (float) least);
        assertEquals(NormalQuantiles.cumulative(-0.19),
            Arrays.stream(cut).filter(threshold -> threshold == least).count() / (double) pixels, 0.01);
    }

    private static double correlation(final double[] a, final double[] b) {
        final double meanA = Arrays.stream(a).average().orElseThrow();
        final double meanB = Arrays.stream(b).average().orElseThrow();
        double ab = 0.0;
        double aa = 0.0;
        double bb = 0.0;
        for (int i = 0; i < a.length; i++) {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }
        return ab / Math.sqrt(aa * bb);
    }

    @Test
    void shouldTakeWholeNumbersForEightBits() {
        for (int number = 0; number < 256; number++) {
            assertEquals(number, LinLog.WHITE * (number / 255.0f));
            final double exact = number <= 20 ? number * Math.log(20.0) / 20 : Math.log(number);
            assertEquals(exact, LinLog.of(number), 3e-7);
            assertEquals(LinLog.of(number), LinLog.of(Math.nextUp((float) number)), 1e-6);
        }
    }

    /** Clark's formula against the mean of many draws. */
    @Test
    void shouldExpectLowerThreshold() {
        final Random random = new Random(1);
        double sum = 0.0;
        for (int i = 0; i < 1_000_000; i++) {
            sum += Math.min(0.2 + 0.05 * random.nextGaussian(), 0.23 + 0.05 * random.nextGaussian());
        }
        assertEquals(sum / 1_000_000, PhotoreceptorNoise.lowerThreshold(0.2, 0.23, 0.05), 2e-4);
        assertEquals(0.2, PhotoreceptorNoise.lowerThreshold(0.2, 0.3, 0.0));
        assertEquals(0.2, PhotoreceptorNoise.lowerThreshold(0.2, 0.3, 1e-9), 1e-12);
    }

    @Test
    void shouldSayWhenFramesAreTooFarApart() {
        try (V2eSensor sensor = new V2eSensor(new SensorSize(1, 1), new V2eContext().shotNoiseRateHz(50))) {
            sensor.sense(numbers(100), 0, new EventBatch());
            sensor.sense(numbers(100), 100, new EventBatch());
            assertEquals(List.of(), sensor.warnings());
            sensor.sense(numbers(100), 33_433, new EventBatch());
            assertEquals(List.of("frames too far apart for the cutoff frequency of 300.0 Hz: a pixel in white moves by"
                + " 1.00 of the way in one frame, expected at most 0.3; give more frames a second",
                "frames too far apart for the shot noise rate of 50.0 Hz: 1.67 events a frame, of which a pixel gives"
                + " at most one; give more frames a second"), sensor.warnings());
        }
    }

    @Test
    void shouldRejectTimeThatGoesBack() {
        try (V2eSensor sensor = new V2eSensor(new SensorSize(1, 1), V2eContext.clean())) {
            sensor.sense(numbers(1), 5, new EventBatch());
            sensor.sense(numbers(1), 5, new EventBatch());
            assertEquals("frame at 4 us after a frame at 5 us: expected times that do not go back",
                assertThrows(IllegalArgumentException.class,
                    () -> sensor.sense(numbers(1), 4, new EventBatch())).getMessage());
        }
    }

    @Test
    void shouldRejectWhatIsOutOfRange() {
        final List<Consumer<V2eContext>> bad = List.of(c -> c.onThreshold(0), c -> c.offThreshold(Double.NaN),
            c -> c.thresholdSigma(-1), c -> c.cutoffHz(-1), c -> c.leakRateHz(Double.POSITIVE_INFINITY),
            c -> c.leakJitter(2), c -> c.leakDecades(-1), c -> c.shotNoiseRateHz(-1), c -> c.refractorySeconds(-1),
            c -> c.threads(0), c -> c.photoreceptorNoise(true).cutoffHz(0));
        for (final Consumer<V2eContext> change : bad) {
            final V2eContext context = new V2eContext();
            change.accept(context);
            final String message =
                assertThrows(IllegalArgumentException.class, () -> new V2eSensor(SIZE, context)).getMessage();
            assertTrue(message.contains("expected"), message);
        }
    }

    private static float[] numbers(final double... numbers) {
        final float[] grey = new float[numbers.length];
        for (int i = 0; i < grey.length; i++) {
            grey[i] = (float) (numbers[i] / 255);
        }
        return grey;
    }

    private static EventBatch sense(final V2eContext context) {
        try (V2eSensor sensor = new V2eSensor(SIZE, context)) {
            return sense(sensor);
        }
    }

    /** Half of the picture changes, by little or much. */
    private static EventBatch sense(final V2eSensor sensor) {
        final EventBatch batch = new EventBatch();
        final Random random = new Random(3);
        final float[] grey = new float[SIZE.pixels()];
        for (int frame = 0; frame < 12; frame++) {
            for (int i = 0; i < grey.length; i++) {
                if (frame == 0 || random.nextBoolean()) {
                    grey[i] = random.nextFloat();
                }
            }
            sensor.sense(grey, frame * FRAME_MICROS, batch);
        }
        return batch;
    }

    private static void assertSame(final EventBatch expected, final EventBatch found) {
        assertEquals(expected.size(), found.size());
        assertArrayEquals(Arrays.copyOf(expected.wordArray(), expected.size()),
            Arrays.copyOf(found.wordArray(), found.size()));
        assertArrayEquals(Arrays.copyOf(expected.microsArray(), expected.size()),
            Arrays.copyOf(found.microsArray(), found.size()));
    }
}
