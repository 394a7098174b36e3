package org.spikemeter.engine.synapse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.engine.RandomInputs;
import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.aer.PixelBits;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Window;

/** Bits of reached pixels against a loop over targets, taps and channels. */
class WindowReachTest {
    private static final int CASES = 60;
    private static final double[] DENSITIES = {0.0, 0.002, 0.03, 0.3, 1.0, 0.0};

    private static Window window(final Random random) {
        return new Window(RandomInputs.between(random, 1, 5), RandomInputs.between(random, 1, 9),
            RandomInputs.between(random, 1, 3), random.nextInt(3) == 0 ? RandomInputs.between(random, 1, 5) : 1,
            random.nextInt(5), random.nextInt(70), RandomInputs.between(random, 1, 3),
            random.nextInt(3) == 0 ? RandomInputs.between(random, 1, 20) : 1, random.nextInt(5), random.nextInt(70));
    }

    private static ConvolutionTable table(final Random random, final Shape input, final Window window) {
        final int groups = random.nextBoolean() ? 1 : input.channels();
        return ConvolutionTable.of(input, new Layer.Conv2d("conv", RandomInputs.tensor(random, groups,
            input.channels() / groups, window.kernelY(), window.kernelX()), null, window, groups), null);
    }

    private static boolean isReached(final float[] dense, final ConvolutionTable table, final int y, final int x) {
        final Window window = table.window();
        final Shape input = table.input();
        for (int ky = 0; ky < window.kernelY(); ky++) {
            for (int kx = 0; kx < window.kernelX(); kx++) {
                final int sourceY = y * window.strideY() - window.paddingY() + ky * window.dilationY();
                final int sourceX = x * window.strideX() - window.paddingX() + kx * window.dilationX();
                if (sourceY < 0 || sourceY >= input.height() || sourceX < 0 || sourceX >= input.width()) {
                    continue;
                }
                for (int c = 0; c < input.channels(); c++) {
                    if (dense[input.address(sourceY, sourceX, c)] != 0.0f) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static void check(final String place, final Random random, final Shape input, final Window window) {
        final ConvolutionTable table = table(random, input, window);
        final int width = table.output().width();
        final WindowReach reach = new WindowReach(table);
        final EventGrid grid = new EventGrid(input, true);
        for (final double density : DENSITIES) {
            final StepEvents events = RandomInputs.events(random, input, density, true);
            final float[] dense = RandomInputs.dense(events);
            grid.load(events);
            // rows may be asked for in any order
            for (int y = table.output().height() - 1; y >= 0; y--) {
                final long[] expected = new long[(width + 63) / 64];
                int count = 0;
                for (int x = 0; x < width; x++) {
                    if (isReached(dense, table, y, x)) {
                        expected[x / 64] |= 1L << x % 64;
                        count++;
                    }
                }
                final long[] found = reach.row(grid, y);
                assertArrayEquals(expected, found, place + ", row " + y + " of " + input + " to " + table.output()
                    + " by " + window);
                assertEquals(count, PixelBits.count(found), place);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldFindThePixelsUnderWhoseWindowAnEventIs(final long seed) {
        final Random random = new Random(seed);
        for (int i = 0; i < CASES; i++) {
            Window window;
            Shape input;
            do {
                window = window(random);
                input = new Shape(RandomInputs.between(random, 1, 6), RandomInputs.between(random, 1, 200),
                    RandomInputs.between(random, 1, 3));
            } while (window.outputHeight(input.height()) <= 0 || window.outputWidth(input.width()) <= 0);
            check("seed " + seed + ", case " + i, random, input, window);
        }
    }

    /** Source and target rows that end at words, one before and one behind, each shifted by up to a word. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 62, 63, 64, 65, 66, 127, 128, 129, 191, 192, 193})
    void shouldCrossWords(final int width) {
        final Random random = new Random(width);
        for (final int kernel : new int[] {1, 2, 3, 5}) {
            for (final int padding : new int[] {0, 1, 2, 31, 63, 64, 65, 130}) {
                for (final int end : new int[] {0, 1, 64}) {
                    final Window window = new Window(1, kernel, 1, 1, 0, padding, 1, 1, 0, end);
                    if (window.outputWidth(width) > 0) {
                        check("padding " + padding + " and " + end, random, new Shape(1, width, 1), window);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 0", "63, 7fffffffffffffff, 0", "64, ffffffffffffffff, 0", "65, ffffffffffffffff, 1",
        "128, ffffffffffffffff, ffffffffffffffff"})
    void shouldFillNoMoreThanTheWidth(final int width, final String low, final String high) {
        final long[] bits = new long[width > 64 ? 2 : 1];
        bits[0] = 0x5555L;
        PixelBits.fill(bits, width);
        assertEquals(Long.parseUnsignedLong(low, 16), bits[0]);
        assertEquals(Long.parseUnsignedLong(high, 16), bits.length > 1 ? bits[1] : 0L);
        assertEquals(width, PixelBits.count(bits));
    }
}
