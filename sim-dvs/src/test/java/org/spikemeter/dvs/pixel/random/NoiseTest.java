package org.spikemeter.dvs.pixel.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoiseTest {
    private static final int COUNT = 1 << 20;

    @Test
    void shouldFillWithBitsOfEachPixel() {
        final int[] bits = new int[37];
        final long key = HashedRandom.key(3, NoiseSource.SHOT, 5);
        HashedRandom.fill(bits, 37, key, 1000);
        for (int i = 0; i < 37; i++) {
            assertEquals(HashedRandom.bits(key, 1000 + i), bits[i]);
        }
    }

    @Test
    void shouldHaveOtherKeysForOtherSeedsSourcesAndFrames() {
        final Set<Long> keys = new HashSet<>();
        for (long seed = 0; seed < 20; seed++) {
            for (final NoiseSource source : NoiseSource.values()) {
                for (long frame = 0; frame < 100; frame++) {
                    keys.add(HashedRandom.key(seed, source, frame));
                }
            }
        }
        assertEquals(20 * NoiseSource.values().length * 100, keys.size());
    }

    /** Chi-squared of 256 boxes, for the top and the bottom byte: 255 +- 22.6, four standard deviations. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 12345})
    void shouldBeUniform(final long frame) {
        final long key = HashedRandom.key(1, NoiseSource.LEAK_JITTER, frame);
        for (final int shift : new int[] {0, 12, 24}) {
            final int[] boxes = new int[256];
            for (int pixel = 0; pixel < COUNT; pixel++) {
                boxes[HashedRandom.bits(key, pixel) >>> shift & 255]++;
            }
            double chi = 0.0;
            for (final int box : boxes) {
                chi += Math.pow(box - COUNT / 256.0, 2) / (COUNT / 256.0);
            }
            assertTrue(Math.abs(chi - 255.0) < 4 * 22.6, "chi-squared " + chi + " at bit " + shift);
        }
    }

    /** Pixels beside each other, rows below each other, frames one after the other: nothing to do with each other. */
    @ParameterizedTest
    @ValueSource(ints = {1, 240, 0})
    void shouldNotBeCorrelated(final int distance) {
        final long key = HashedRandom.key(7, NoiseSource.PHOTORECEPTOR, 3);
        final long other = distance > 0 ? key : HashedRandom.key(7, NoiseSource.PHOTORECEPTOR, 4);
        double sum = 0.0;
        for (int pixel = 0; pixel < COUNT; pixel++) {
            sum += (double) NormalQuantiles.of(HashedRandom.bits(key, pixel))
                * NormalQuantiles.of(HashedRandom.bits(other, pixel + distance));
        }
        assertTrue(Math.abs(sum / Math.sqrt(COUNT)) < 4.0, "correlation " + sum / COUNT);
    }

    /** Against the normal distribution, Kolmogorov-Smirnov at the level of 1 in 10,000. */
    @Test
    void shouldBeNormal() {
        final long key = HashedRandom.key(5, NoiseSource.ON_THRESHOLD, 0);
        final double[] numbers = new double[COUNT];
        for (int pixel = 0; pixel < COUNT; pixel++) {
            numbers[pixel] = NormalQuantiles.of(HashedRandom.bits(key, pixel));
        }
        Arrays.sort(numbers);
        double largest = 0.0;
        for (int i = 0; i < COUNT; i++) {
            largest = Math.max(largest, Math.abs((i + 0.5) / COUNT - NormalQuantiles.cumulative(numbers[i])));
        }
        assertTrue(largest < 2.23 / Math.sqrt(COUNT), "distance " + largest);
    }

    /** Quantiles from tables: probability below 1, 2, 3 and 5 standard deviations. */
    @Test
    void shouldKnowNormalDistribution() {
        assertEquals(0.5, NormalQuantiles.cumulative(0.0));
        assertEquals(0.8413447460685429, NormalQuantiles.cumulative(1.0), 1e-14);
        assertEquals(0.0227501319481792, NormalQuantiles.cumulative(-2.0), 1e-14);
        assertEquals(0.9986501019683699, NormalQuantiles.cumulative(3.0), 1e-14);
        assertEquals(2.866515718791939e-7, NormalQuantiles.cumulative(-5.0), 1e-14);
        assertEquals(1.0, NormalQuantiles.cumulative(1e9));
        assertEquals(0.0, NormalQuantiles.cumulative(-1e9));
    }

    @Test
    void shouldGiveQuantilesFromEndToEnd() {
        for (final long tail : new long[] {1, 3, 5, 101, 1_000_001, 98_765_431, 429_496_729, 1_500_000_001,
            Integer.MAX_VALUE}) {
            final float z = NormalQuantiles.of((int) (tail << 1));
            // to a part in 10,000 of the tail's probability, where the sum behind cumulative() is good enough for that
            assertEquals(tail * 0x1p-32, NormalQuantiles.cumulative(-z), 2e-4 * tail * 0x1p-32 + 1e-15);
            assertEquals(-z, NormalQuantiles.of((int) (tail << 1) | 1));
        }
        assertTrue(NormalQuantiles.of(0) > 6.2f && NormalQuantiles.of(0) < 6.4f);
        assertNotEquals(NormalQuantiles.of(0), NormalQuantiles.of(4));
    }
}
