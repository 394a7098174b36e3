package org.spikemeter.engine.cost;

import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.kernel.Kernels;
import org.spikemeter.engine.kernel.Strategy;
import org.spikemeter.engine.synapse.ConvolutionTable;
import org.spikemeter.engine.synapse.SlideWeights;

/**
 * Estimates a step of one convolution by each strategy, and picks the fastest.
 *
 * <p>The estimate of a loop is the sum over its {@link CostPart}s of {@code nanos * factor * number}. The first two do
 * not change and are added up here for each number, so that a step costs six multiplications a strategy.
 */
public final class StrategyCosts {
    private static final Strategy[] STRATEGIES = Strategy.values();
    private static final StepNumber[] NUMBERS = StepNumber.values();

    /** Nanoseconds for each of a number: {@code [strategy][number]}. */
    private final double[] nanos = new double[STRATEGIES.length * NUMBERS.length];
    private final double sourceRows;
    private final double ranges;
    private final double reach;

    /**
     * The costs of a convolution.
     *
     * @param slides whether scattering slides
     * @param lanes targets of a vector; 1 for scalar kernels
     */
    public StrategyCosts(
        final ConvolutionTable table, final boolean slides, final int lanes, final CostTable costs) {
        for (final Strategy strategy : STRATEGIES) {
            for (final CostPart part : CostPart.values()) {
                if (part.loop() == CostPart.Loop.of(strategy, slides)) {
                    nanos[strategy.ordinal() * NUMBERS.length + part.number().ordinal()] +=
                        costs.nanos(part) * part.factor(table, lanes);
                }
            }
        }
        this.sourceRows = table.input().height();
        this.ranges = CostPart.ranges(table);
        this.reach = (double) table.pixelPairs() / table.input().pixels();
    }

    /** The costs of a convolution by the table that comes with the program. */
    public static StrategyCosts of(final ConvolutionTable table, final Kernels kernels) {
        return new StrategyCosts(table, kernels.slides() && SlideWeights.slides(table), kernels.lanes(),
            CostTable.of(kernels));
    }

    /** The fastest strategy for the events on the table's input grid; of equals, the first. */
    public Strategy cheapest(final EventGrid events) {
        return cheapest(events.size(), events.occupiedPixels(), events.isUnit());
    }

    /**
     * The same.
     *
     * @param events their number
     * @param pixels source pixels that have any
     * @param unit whether all are 1
     */
    public Strategy cheapest(final int events, final int pixels, final boolean unit) {
        Strategy best = STRATEGIES[0];
        double least = Double.POSITIVE_INFINITY;
        for (final Strategy strategy : STRATEGIES) {
            final double estimate = nanos(strategy, events, pixels, unit);
            if (estimate < least) {
                least = estimate;
                best = strategy;
            }
        }
        return best;
    }

    /** Estimated nanoseconds of a step, one thread. */
    public double nanos(final Strategy strategy, final int events, final int pixels, final boolean unit) {
        double sum = 0;
        for (final StepNumber number : NUMBERS) {
            sum += nanos[strategy.ordinal() * NUMBERS.length + number.ordinal()] * number(number, events, pixels, unit);
        }
        return sum;
    }

    /** How much there is of a number in a step. */
    public double number(final StepNumber number, final int events, final int pixels, final boolean unit) {
        return switch (number) {
            case ALWAYS -> 1;
            case ROWS -> Math.min(1, pixels / sourceRows);
            case PIXELS -> pixels;
            case EVENTS -> events;
            case VALUES -> unit ? 0 : events;
            case RANGES -> Math.min(ranges, pixels * reach);
        };
    }
}
