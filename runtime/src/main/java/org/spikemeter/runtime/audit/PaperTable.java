package org.spikemeter.runtime.audit;

import java.util.ArrayList;
import java.util.List;
import org.spikemeter.engine.convention.Paper;

/**
 * Table II of the paper from a topology alone: what each of its figures is, exactly and as it is printed, cut and not
 * rounded.
 *
 * @param name of the topology
 * @param description one line
 * @param annFirstLayer MACs of the ANN's first layer, which takes 68 frames as channels
 * @param snnFirstLayer dense operations of the SNN's first layer in one step
 * @param otherLayers the layers behind, one by one
 */
public record PaperTable(
    String name, String description, long annFirstLayer, long snnFirstLayer, List<Long> otherLayers) {
    /** Steps of a clip. */
    public static final int STEPS = 68;
    /** Steps in the paper's figure for a shorter window. */
    public static final int SHORT_STEPS = 30;
    /** The paper's density of the input's events. */
    public static final double DENSITY = 0.1079;

    private static final int SIDE = 128;
    private static final int KERNEL = 3;
    private static final int CHANNELS = 32;
    private static final int POLARITIES = 2;

    /** Both topologies that give the printed 47.9 M. */
    public static List<PaperTable> both() {
        return List.of(
            of("A", "five blocks (the first unpadded), 288 -> 72 -> 20", new int[] {0, 1, 1, 1, 1}, 72),
            of("B", "three unpadded blocks, 6272 -> 1024 -> 20", new int[] {0, 0, 0}, 1024));
    }

    private static PaperTable of(
        final String name, final String description, final int[] padding, final int hidden) {
        final List<Long> others = new ArrayList<>();
        int side = SIDE;
        long perChannel = 0;
        for (int block = 0; block < padding.length; block++) {
            side = side + 2 * padding[block] - KERNEL + 1;
            final long operations = (long) side * side * KERNEL * KERNEL * CHANNELS;
            if (block == 0) {
                perChannel = operations;
            } else {
                others.add(operations * CHANNELS);
            }
            side /= 2;
        }
        others.add((long) side * side * CHANNELS * hidden);
        others.add(hidden * 20L);
        return new PaperTable(name, description, perChannel * STEPS, perChannel * POLARITIES, List.copyOf(others));
    }

    /** Dense operations of the layers behind the first, in one step. */
    public long others() {
        return otherLayers.stream().mapToLong(Long::longValue).sum();
    }

    /** Energy of the ANN, pJ. */
    public double ann() {
        return (annFirstLayer + others()) * Paper.MAC_PICOJOULES;
    }

    /** Energy of the SNN over so many steps if everything fired, pJ: the first frame is MACs in the first layer. */
    public double dense(final int steps) {
        return (snnFirstLayer + others()) * Paper.ACC_PICOJOULES * steps
            + snnFirstLayer * (Paper.MAC_PICOJOULES - Paper.ACC_PICOJOULES);
    }

    /** The smallest number of steps for which the SNN costs more than the ANN. */
    public int crossing() {
        int steps = 1;
        while (dense(steps) <= ann()) {
            steps++;
        }
        return steps;
    }

    /** Energy of the SNN over 68 steps at a density of the input's events, pJ: the first frame apart. */
    public double sparse(final double density) {
        return snnFirstLayer * Paper.MAC_PICOJOULES + density * Paper.ACC_PICOJOULES
            * ((double) snnFirstLayer * (STEPS - 1) + (double) others() * STEPS);
    }
}
