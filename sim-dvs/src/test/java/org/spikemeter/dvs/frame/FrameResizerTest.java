package org.spikemeter.dvs.frame;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameResizerTest {
    @ParameterizedTest
    @CsvSource({"1, 1", "7, 3", "128, 128"})
    void shouldCopyBitsWhenSizeStays(final int width, final int height) {
        final float[] source = randomFrame(new Random(1), width * height);
        final float[] target = new float[width * height];
        new FrameResizer(width, height, width, height).resize(source, target);
        assertArrayEquals(source, target);
    }

    /** The double weights of a pixel add up to 1 within 1e-13, so float32 rounds to the constant or beside it. */
    @ParameterizedTest
    @CsvSource({"640, 480, 128, 128", "641, 479, 128, 127", "3, 5, 128, 128", "1, 1, 13, 17", "200, 3, 128, 128"})
    void shouldKeepConstantFrameWithinOneUlp(final int sw, final int sh, final int tw, final int th) {
        for (final float grey : new float[] {0.0f, 1.0f / 255, 0.1f, 0.3f, 0.999f, 1.0f}) {
            final float[] source = new float[sw * sh];
            Arrays.fill(source, grey);
            for (final float value : resize(source, sw, sh, tw, th)) {
                assertEquals(grey, value, Math.ulp(grey));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"256, 384, 128, 128", "640, 640, 128, 64", "12, 15, 4, 3", "9, 8, 1, 1"})
    void shouldKeepMeanWhenShrinkingByIntegers(final int sw, final int sh, final int tw, final int th) {
        final float[] source = randomFrame(new Random(2), sw * sh);
        assertEquals(mean(source), mean(resize(source, sw, sh, tw, th)), 1e-7);
    }

    @Test
    void shouldAverageByCoverageWhenRatioIsNotInteger() {
        // Each target pixel covers one and a half source pixels.
        assertArrayEquals(new float[] {(1.0f * 2 + 0.25f) / 3, (0.25f + 0.5f * 2) / 3},
            resize(new float[] {1.0f, 0.25f, 0.5f}, 3, 1, 2, 1), 1e-7f);
    }

    @Test
    void shouldInterpolateBetweenCentresWhenGrowing() {
        assertArrayEquals(new float[] {0.0f, 0.25f, 0.75f, 1.0f}, resize(new float[] {0.0f, 1.0f}, 2, 1, 4, 1));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void shouldAgreeWithOracleOnRandomSizes(final long seed) {
        final Random random = new Random(seed);
        final int sw = 1 + random.nextInt(40);
        final int sh = 1 + random.nextInt(40);
        final int tw = 1 + random.nextInt(40);
        final int th = 1 + random.nextInt(40);
        final float[] source = randomFrame(random, sw * sh);
        final float[] target = resize(source, sw, sh, tw, th);
        for (int y = 0; y < th; y++) {
            for (int x = 0; x < tw; x++) {
                double expected = 0.0;
                for (int v = 0; v < sh; v++) {
                    for (int u = 0; u < sw; u++) {
                        expected += weight(v, sh, y, th) * weight(u, sw, x, tw) * source[v * sw + u];
                    }
                }
                assertEquals(expected, target[y * tw + x], 1e-6, "seed " + seed + ", pixel " + y + ", " + x);
            }
        }
    }

    @Test
    void shouldRejectSideWhenNotPositive() {
        assertThrows(IllegalArgumentException.class, () -> new FrameResizer(4, 4, 0, 4));
    }

    /** Share of source pixel {@code s} in target pixel {@code t}, from the definitions. */
    private static double weight(final int s, final int sources, final int t, final int targets) {
        if (targets < sources) {
            final double scale = (double) sources / targets;
            return Math.max(0.0, Math.min(s + 1.0, (t + 1) * scale) - Math.max(s, t * scale)) / scale;
        }
        final double centre = Math.clamp((t + 0.5) * sources / targets - 0.5, 0.0, sources - 1.0);
        return Math.max(0.0, 1.0 - Math.abs(centre - s));
    }

    private static float[] resize(final float[] source, final int sw, final int sh, final int tw, final int th) {
        final float[] target = new float[tw * th];
        new FrameResizer(sw, sh, tw, th).resize(source, target);
        return target;
    }

    private static float[] randomFrame(final Random random, final int pixels) {
        final float[] frame = new float[pixels];
        for (int i = 0; i < pixels; i++) {
            frame[i] = random.nextFloat();
        }
        return frame;
    }

    private static double mean(final float[] frame) {
        double sum = 0.0;
        for (final float value : frame) {
            sum += value;
        }
        return sum / frame.length;
    }
}
