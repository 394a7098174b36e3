package org.spikemeter.engine.generate;

import java.util.SplittableRandom;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.aer.StepSource;
import org.spikemeter.engine.network.Shape;

/**
 * Independent Poisson counts, one an address and a step, all of one mean: what many independent sources with random
 * spikes amount to. The value of an event is the count; where it is 0 there is no event.
 *
 * <p>A count is found from 30 random bits in the table of its distribution: rarer ones than once in 10^9 do not come.
 */
public final class PoissonStepSource implements StepSource {
    /** Counts that a step may have on the average. */
    public static final double MAX_MEAN = 500.0;

    private static final int BITS = 30;
    /** So many that few of the parts hold more than one count, and it is seldom wrong to take the first. */
    private static final int GUIDE_BITS = 12;

    private final Shape shape;
    private final int steps;
    private final SplittableRandom random;
    /** Of each count, how many of the 2^30 draws give it or fewer. */
    private final int[] upTo;
    /** By the first bits of a draw, the least count that it can give. */
    private final short[] least = new short[1 << GUIDE_BITS];
    private final float[] counts;
    private int step;

    /**
     * Before the first step.
     *
     * @param shape the grid
     * @param mean of each address and step
     * @param steps how many there are
     * @param seed of all of them
     */
    public PoissonStepSource(final Shape shape, final double mean, final int steps, final long seed) {
        if (!(mean >= 0.0 && mean <= MAX_MEAN)) {
            throw new IllegalArgumentException("mean is " + mean + ": expected 0 to " + MAX_MEAN);
        }
        this.shape = shape;
        this.steps = steps;
        this.random = new SplittableRandom(seed);
        this.counts = new float[shape.size()];
        this.upTo = distribution(mean);
        int count = 0;
        for (int i = 0; i < least.length; i++) {
            while (upTo[count] <= i << BITS - GUIDE_BITS) {
                count++;
            }
            least[i] = (short) count;
        }
    }

    private static int[] distribution(final double mean) {
        final int[] draws = new int[(int) (mean + 10.0 * Math.sqrt(mean) + 20.0)];
        double probability = Math.exp(-mean);
        double sum = 0.0;
        for (int count = 0; count < draws.length; count++) {
            sum += probability;
            draws[count] = (int) Math.min(Math.round(sum * (1 << BITS)), 1 << BITS);
            probability *= mean / (count + 1);
        }
        draws[draws.length - 1] = 1 << BITS;
        return draws;
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public boolean next(final StepEvents into) {
        if (step == steps) {
            into.clear();
            return false;
        }
        step++;
        for (int pair = 0; pair < counts.length; pair += 2) {
            final long bits = random.nextLong();
            counts[pair] = count((int) (bits >>> Long.SIZE - BITS));
            if (pair + 1 < counts.length) {
                counts[pair + 1] = count((int) bits & (1 << BITS) - 1);
            }
        }
        into.replace(counts);
        return true;
    }

    private int count(final int draw) {
        int count = least[draw >>> BITS - GUIDE_BITS];
        while (draw >= upTo[count]) {
            count++;
        }
        return count;
    }

    @Override
    public void close() {
        // nothing is open
    }
}
