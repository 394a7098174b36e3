package org.spikemeter.engine.synapse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.spikemeter.engine.RandomInputs;
import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.kernel.Kernels;
import org.spikemeter.engine.kernel.NeuronKernel;
import org.spikemeter.engine.network.Layer.Pool2d;
import org.spikemeter.engine.network.Layer.Pooling;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Window;

class PoolTest {
    /** What PyTorch's pools give at one place: padding counts in an average, and is no value for a maximum. */
    private static float pooled(
        final Pooling pooling, final Window window, final Shape shape, final float[] dense, final int outY,
        final int outX, final int c) {
        float sum = 0.0f;
        float max = Float.NEGATIVE_INFINITY;
        for (int ky = 0; ky < window.kernelY(); ky++) {
            for (int kx = 0; kx < window.kernelX(); kx++) {
                final int y = outY * window.strideY() - window.paddingY() + ky;
                final int x = outX * window.strideX() - window.paddingX() + kx;
                if (y >= 0 && y < shape.height() && x >= 0 && x < shape.width()) {
                    sum += dense[shape.address(y, x, c)];
                    max = Math.max(max, dense[shape.address(y, x, c)]);
                }
            }
        }
        return switch (pooling) {
            case AVERAGE -> sum * (1.0f / (window.kernelY() * window.kernelX()));
            case SUM -> sum;
            case MAX -> max;
        };
    }

    private static EventGrid pool(final Pool pool, final StepEvents events) {
        final EventGrid scalar = pool(pool, RandomInputs.grid(events), Kernels.Choice.SCALAR);
        final EventGrid vector = pool(pool, RandomInputs.grid(events), Kernels.Choice.VECTOR);
        assertArrayEquals(scalar.pixelStart(), vector.pixelStart());
        final StepEvents expected = new StepEvents(pool.output());
        final StepEvents found = new StepEvents(pool.output());
        scalar.store(expected);
        vector.store(found);
        assertArrayEquals(RandomInputs.dense(expected), RandomInputs.dense(found));
        return scalar;
    }

    private static EventGrid pool(final Pool pool, final EventGrid in, final Kernels.Choice choice) {
        final EventGrid out = new EventGrid(pool.output(), pool.isValued(true));
        out.setUnit(in.isUnit() && !pool.isLinear());
        final float[] scratch = new float[pool.scratchSize()];
        for (int y = 0; y < pool.output().height(); y++) {
            Kernels.of(choice).pool().poolRow(pool, in, out, y, scratch);
        }
        return out;
    }

    private static void check(final Pooling pooling, final Window window, final StepEvents events) {
        final Shape shape = events.shape();
        final Pool pool = new Pool(shape, new Pool2d("p", pooling, window));
        final float[] dense = RandomInputs.dense(events);
        final EventGrid out = pool(pool, events);
        final StepEvents stored = new StepEvents(pool.output());
        out.store(stored);
        final float[] found = RandomInputs.dense(stored);
        assertEquals(window.output(shape, shape.channels()), pool.output());
        int nonZero = 0;
        for (int address = 0; address < found.length; address++) {
            final int pixel = address / shape.channels();
            final float expected = pooled(pooling, window, shape, dense, pixel / pool.output().width(),
                pixel % pool.output().width(), address % shape.channels());
            assertEquals(expected + 0.0f, found[address], window + " of " + shape + " at " + address);
            nonZero += expected != 0.0f ? 1 : 0;
        }
        assertEquals(nonZero, out.size(), "events");
    }

    @ParameterizedTest
    @EnumSource(Pooling.class)
    void shouldPoolAsPytorchDoes(final Pooling pooling) {
        final Random random = new Random(31);
        for (int round = 0; round < 300; round++) {
            final int kernelY = RandomInputs.between(random, 1, 4);
            final int kernelX = RandomInputs.between(random, 1, 4);
            final Window window = new Window(kernelY, kernelX, RandomInputs.between(random, 1, 4),
                RandomInputs.between(random, 1, 4), random.nextInt(kernelY / 2 + 1), random.nextInt(kernelX / 2 + 1),
                1, 1);
            final int[] channels = {1, 2, 3, 4, 5, 16, 17, 32, 33, 64};
            final Shape shape = RandomInputs.gridFor(random, window, 9, channels[random.nextInt(channels.length)]);
            final double density = random.nextInt(4) == 0 ? 1.0 : random.nextDouble();
            check(pooling, window, RandomInputs.events(random, shape, density, random.nextBoolean()));
        }
    }

    /** The same spikes on a grid that has them as bits, too, in all rows or in some. */
    private static EventGrid withBits(final StepEvents events, final Random random) {
        final EventGrid grid = new EventGrid(events.shape(), false);
        grid.load(events);
        final NeuronKernel kernel = Kernels.of(Kernels.Choice.VECTOR).neurons();
        final int lanes = Math.max(1, kernel.bitLanes(grid));
        for (int i = 0; lanes > 1 && i < events.size(); i++) {
            grid.vectorBits()[events.address(i) / lanes] |= (char) (1 << events.address(i) % lanes);
        }
        final boolean all = random.nextBoolean();
        for (int y = 0; y < events.shape().height(); y++) {
            grid.endRow(y, grid.rowEnd(y), lanes > 1 && (all || random.nextBoolean()));
        }
        return grid;
    }

    @Test
    void shouldPoolBitsAsEvents() {
        final Random random = new Random(32);
        for (int round = 0; round < 400; round++) {
            final Window window = new Window(RandomInputs.between(random, 1, 4), RandomInputs.between(random, 1, 4),
                RandomInputs.between(random, 1, 4), RandomInputs.between(random, 1, 4), 0, 0, 1, 1);
            final int[] channels = {1, 16, 17, 32, 48, 64};
            final Shape shape = RandomInputs.gridFor(random, window, 9, channels[random.nextInt(channels.length)]);
            final StepEvents events = RandomInputs.events(random, shape, random.nextDouble(), false);
            final Pooling pooling = Pooling.values()[random.nextInt(Pooling.values().length)];
            final Pool pool = new Pool(shape, new Pool2d("p", pooling, window));
            final EventGrid expected = pool(pool, RandomInputs.grid(events), Kernels.Choice.SCALAR);
            final EventGrid found = pool(pool, withBits(events, random), Kernels.Choice.VECTOR);
            assertArrayEquals(expected.pixelStart(), found.pixelStart());
            final StepEvents expectedEvents = new StepEvents(pool.output());
            final StepEvents foundEvents = new StepEvents(pool.output());
            expected.store(expectedEvents);
            found.store(foundEvents);
            assertArrayEquals(RandomInputs.dense(expectedEvents), RandomInputs.dense(foundEvents));
        }
    }

    @Test
    void shouldTakeSilenceAsZeroWhenAllEventsOfAMaximumAreNegative() {
        final Shape shape = new Shape(2, 4, 1);
        final StepEvents events = new StepEvents(shape);
        events.add(0, -3.0f);
        events.add(1, -2.0f);
        events.add(4, -4.0f);
        events.add(5, -5.0f);
        events.add(6, -1.0f);
        final EventGrid out = pool(new Pool(shape, new Pool2d("p", Pooling.MAX, Window.square(2, 2, 0))), events);
        assertEquals(1, out.size());
        assertEquals(0, out.keys()[0]);
        assertEquals(-2.0f, out.values()[0]);
    }

    @Test
    void shouldForgetSumsThatCancel() {
        final Shape shape = new Shape(1, 4, 1);
        final StepEvents events = new StepEvents(shape);
        events.add(0, 0.5f);
        events.add(1, -0.5f);
        events.add(2, 0.25f);
        final EventGrid out = pool(new Pool(shape, new Pool2d("p", Pooling.SUM, new Window(1, 2, 1, 2, 0, 0, 1, 1))),
            events);
        assertEquals(1, out.size());
        assertEquals(1, out.keys()[0]);
        assertEquals(0.25f, out.values()[0]);
    }

    @Test
    void shouldMultiplyByTheRoundedShareOfNine() {
        final Shape shape = new Shape(3, 3, 1);
        final StepEvents events = RandomInputs.events(new Random(1), shape, 1.0, false);
        final EventGrid out = pool(new Pool(shape, new Pool2d("p", Pooling.AVERAGE, Window.square(3, 1, 0))), events);
        assertEquals(9.0f * (1.0f / 9.0f), out.values()[0]);
    }

    @Test
    void shouldShareAmongAWindowOfMoreThanAnIntsPlaces() {
        final Shape shape = Shape.flat(1);
        final StepEvents events = RandomInputs.events(new Random(1), shape, 1.0, false);
        final Window huge = Window.square(1 << 16, 1, 1 << 15);
        final Pool pool = new Pool(shape, new Pool2d("p", Pooling.AVERAGE, huge));
        final EventGrid out = pool(pool, events);
        assertEquals(0x1p-32f, out.values()[0]);
        assertTrue(pool.isLinear());
    }
}
