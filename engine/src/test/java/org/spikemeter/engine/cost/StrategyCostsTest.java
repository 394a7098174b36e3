package org.spikemeter.engine.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.kernel.Kernels;
import org.spikemeter.engine.kernel.Strategy;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Tensor;
import org.spikemeter.engine.network.Window;
import org.spikemeter.engine.synapse.ConvolutionTable;
import org.spikemeter.engine.synapse.SlideWeights;

class StrategyCostsTest {
    private static final int LANES = 16;

    private static ConvolutionTable table(
        final int side, final int channels, final int kernel, final int stride, final int padding, final int groups) {
        final int size = channels * (channels / groups) * kernel * kernel;
        final Window window = new Window(kernel, kernel, stride, stride, padding, padding, 1, 1);
        return ConvolutionTable.of(new Shape(side, side, channels), new Layer.Conv2d("conv",
            Tensor.of(new float[size], channels, channels / groups, kernel, kernel), null, window, groups), null);
    }

    private static CostTable costs(final Map<CostPart, Double> nanos) {
        final double[] all = new double[CostPart.values().length];
        nanos.forEach((part, value) -> all[part.ordinal()] = value);
        return new CostTable(all);
    }

    private static StrategyCosts crossing(final int groups) {
        // 100 pixels, 1600 sources, 1 target pixel each: scatter 4 an event, gather 100 + 2 an event, dense 0.2 * 1600
        return new StrategyCosts(table(10, 16, 1, 1, 0, groups), false, LANES, costs(Map.of(
            CostPart.SCATTER_ADD, 4.0, CostPart.GATHER_RANGE, 1.0,
            CostPart.GATHER_ADD, 2.0, CostPart.GATHER_GROUP, 3.0, CostPart.DENSE_ADD, 0.2)));
    }

    @ParameterizedTest
    @CsvSource({"0,SCATTER", "49,SCATTER", "51,GATHER", "109,GATHER", "111,DENSE", "1600,DENSE"})
    void shouldChangeWhereCostsCross(final int events, final Strategy expected) {
        assertEquals(expected, crossing(1).cheapest(events, Math.min(events, 100), true));
    }

    @Test
    void shouldCountWhatGroupsCost() {
        final StrategyCosts costs = crossing(4);
        assertEquals(10 * 4.0, costs.nanos(Strategy.SCATTER, 10, 10, true), 1e-9);
        assertEquals(100 + 10 * (2.0 + 3), costs.nanos(Strategy.GATHER, 10, 10, true), 1e-9);
        // gathering never catches up
        assertEquals(Strategy.SCATTER, costs.cheapest(79, 79, true));
        assertEquals(Strategy.DENSE, costs.cheapest(81, 81, true));
    }

    @Test
    void shouldTakeTheCostsOfSlidingWhereItSlides() {
        final ConvolutionTable table = table(10, 32, 3, 1, 1, 1);
        final CostTable costs = costs(Map.of(CostPart.SLIDE_ADD, 1.0, CostPart.SLIDE_VALUE, 2.0,
            CostPart.SCATTER_ADD, 100.0, CostPart.GATHER_ADD, 0.2, CostPart.DENSE_TILE_ADD, 1.0));
        final StrategyCosts slides = new StrategyCosts(table, true, LANES, costs);
        // two vectors; an event has 28 * 28 / 100 targets to scatter or gather, and one tile to slide
        assertEquals(2 * 50, slides.nanos(Strategy.SCATTER, 50, 50, true), 1e-9);
        assertEquals(2 * 50 * 3, slides.nanos(Strategy.SCATTER, 50, 50, false), 1e-9);
        assertEquals(0.2 * 7.84 * 2 * 50, slides.nanos(Strategy.GATHER, 50, 50, true), 1e-9);
        assertEquals(Strategy.SCATTER, slides.cheapest(50, 50, true));
        assertEquals(Strategy.GATHER, slides.cheapest(50, 50, false));
        assertEquals(Strategy.GATHER, new StrategyCosts(table, false, LANES, costs).cheapest(50, 50, true));
    }

    @Test
    void shouldTileOnlyInsideTheGrid() {
        final ConvolutionTable table = table(10, 32, 3, 1, 1, 1);
        // pixels 1 to 8 of 10 are two tiles
        final double all = table.pixelPairs() * 32 * 2.0;
        assertEquals(0.8 * all, CostPart.DENSE_TILE_ADD.factor(table, LANES), 1e-6);
        assertEquals(0.2 * all, CostPart.DENSE_ADD.factor(table, LANES), 1e-6);
        assertEquals(0, CostPart.DENSE_TILE_ADD.factor(table(10, 17, 3, 1, 1, 1), LANES));
        assertEquals(0, CostPart.DENSE_TILE_ADD.factor(table(10, 32, 3, 1, 1, 2), LANES));
        assertEquals(0, CostPart.DENSE_TILE_ADD.factor(table, 1));
        // a dense layer has one target pixel
        assertEquals(0, CostPart.DENSE_TILE_ADD.factor(table(4, 32, 4, 1, 0, 1), LANES));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 16, 17, 32})
    void shouldEstimateTimesFromNothingToEverything(final int channels) {
        for (final int groups : new int[] {1, channels}) {
            for (final int kernel : new int[] {1, 3, 5}) {
                for (final Kernels.Choice choice : Kernels.Choice.values()) {
                    final ConvolutionTable table = table(5, channels, kernel, 1, 0, groups);
                    assertTimes(StrategyCosts.of(table, Kernels.of(choice)), table.input());
                }
            }
        }
    }

    private static void assertTimes(final StrategyCosts costs, final Shape input) {
        for (final boolean unit : new boolean[] {true, false}) {
            for (final Strategy strategy : Strategy.values()) {
                final double nothing = costs.nanos(strategy, 0, 0, unit);
                final double everything = costs.nanos(strategy, input.size(), input.pixels(), unit);
                assertTrue(nothing >= 0 && everything >= nothing && everything < 1e9,
                    strategy + ": " + nothing + " to " + everything);
            }
            costs.cheapest(0, 0, unit);
            costs.cheapest(input.size(), input.pixels(), unit);
        }
    }

    @Test
    void shouldReadTheEventsOfAGrid() {
        final ConvolutionTable table = table(10, 16, 1, 1, 0, 1);
        final EventGrid events = new EventGrid(table.input(), false);
        events.open(true);
        for (int i = 0; i < 60; i++) {
            events.append(3 * i, 1);
        }
        events.close();
        assertEquals(12, events.occupiedPixels());
        assertEquals(Strategy.GATHER, crossing(1).cheapest(events));
        events.clear();
        assertEquals(Strategy.SCATTER, crossing(1).cheapest(events));
    }

    @Test
    void shouldNotSlideWithScalarKernels() {
        final ConvolutionTable table = table(10, 16, 3, 1, 1, 1);
        assertTrue(SlideWeights.slides(table));
        final StrategyCosts scalar = StrategyCosts.of(table, Kernels.of(Kernels.Choice.SCALAR));
        final StrategyCosts plain =
            new StrategyCosts(table, false, 1, CostTable.of(Kernels.of(Kernels.Choice.SCALAR)));
        assertEquals(plain.nanos(Strategy.SCATTER, 50, 20, true), scalar.nanos(Strategy.SCATTER, 50, 20, true));
    }
}
