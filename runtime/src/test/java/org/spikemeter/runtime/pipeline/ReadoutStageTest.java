package org.spikemeter.runtime.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Tensor;
import org.spikemeter.engine.network.Voting;

class ReadoutStageTest {
    private static final int OUTPUTS = 9;
    private static final Voting VOTING = new Voting(List.of(new Voting.Group("a", 0, 3),
        new Voting.Group("b", 3, 4), new Voting.Group("c", 5, 9)));
    private static final Network NETWORK = Network.builder("readout", new Shape(2, 1, 1))
        .add(new Layer.Flatten("flatten"))
        .add(new Layer.Linear("fc", Tensor.of(new float[2 * OUTPUTS], OUTPUTS, 2), null)).voting(VOTING).build();
    private static final Fault NO_FAULT = new Fault(() -> { });

    /** Values of all outputs, a step. */
    private final List<float[]> steps = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 1", "3, 2", "4, 7", "5, 64", "6, 1000"})
    void shouldDecideAsASumOverTheWindowDoes(final long seed, final int window) {
        final SplittableRandom random = new SplittableRandom(seed);
        final ReadoutStage stage = new ReadoutStage(NETWORK, window, new Gate(), NO_FAULT);
        final PipelineBatch batch = new PipelineBatch(16, VOTING.groups().size(), 1);
        final InputBatch input = new InputBatch(16);
        for (int number = 0; number < 500; number++) {
            input.clear();
            input.setStartsClip(random.nextInt(100) == 0);
            batch.begin(number, input);
            if (batch.input().startsClip()) {
                steps.clear();
            }
            for (int step = random.nextInt(4); step > 0; step--) {
                addStep(random, batch.outputs());
            }
            stage.work(batch, false);
            check(batch.decision(), window, "seed " + seed + ", batch " + number);
        }
    }

    /** A step of halves, whose sums are exact, or none for a while. */
    private void addStep(final SplittableRandom random, final StepList outputs) {
        if (random.nextInt(8) == 0) {
            final int silent = random.nextInt(10);
            outputs.addSilence(silent);
            for (int i = 0; i < silent; i++) {
                steps.add(new float[OUTPUTS]);
            }
            return;
        }
        final StepEvents events = new StepEvents(NETWORK.outputOf(1));
        final float[] values = new float[OUTPUTS];
        for (int output = 0; output < OUTPUTS; output++) {
            values[output] = random.nextInt(-1, 3) / 2.0f;
            events.add(output, values[output]);
        }
        outputs.add(events, 1);
        steps.add(values);
    }

    private void check(final Decision decision, final int window, final String message) {
        final int from = window == 0 ? 0 : Math.max(0, steps.size() - window);
        final int number = steps.size() - from;
        final double[] rates = new double[VOTING.groups().size()];
        double highest = Double.NEGATIVE_INFINITY;
        for (int group = 0; group < rates.length; group++) {
            final Voting.Group g = VOTING.groups().get(group);
            double votes = 0.0;
            for (final float[] values : steps.subList(from, steps.size())) {
                for (int output = g.from(); output < g.to(); output++) {
                    votes += values[output];
                }
            }
            rates[group] = number == 0 ? 0.0 : votes / ((double) number * (g.to() - g.from()));
            assertEquals(rates[group], decision.rate(group), message + ", group " + group);
            highest = Math.max(highest, rates[group]);
        }
        final List<Integer> winners = new ArrayList<>();
        for (int group = 0; group < rates.length; group++) {
            if (rates[group] == highest) {
                winners.add(group);
            }
        }
        assertEquals(winners.size() == 1 ? winners.getFirst() : Decision.TIE, decision.winner(), message);
        assertEquals(number, decision.steps(), message);
    }

    @Test
    void shouldMeasureFromTheArrivalOfStepsWithEvents() {
        final ReadoutStage stage = new ReadoutStage(NETWORK, 0, new Gate(), NO_FAULT);
        final PipelineBatch batch = new PipelineBatch(16, VOTING.groups().size(), 1);
        final StepEvents events = new StepEvents(NETWORK.input());
        events.add(1);
        final long now = System.nanoTime();
        batch.steps().add(events, now - 5_000_000_000L);
        batch.steps().addSilence(3);
        batch.steps().add(events, now - 2_000_000_000L);
        stage.work(batch, false);
        final org.HdrHistogram.Histogram histogram = stage.decisionLatency().takeInterval();
        assertEquals(2, histogram.getTotalCount());
        assertEquals(2.0, histogram.getMinNonZeroValue() / 1e9, 0.5);
        assertEquals(5.0, histogram.getMaxValue() / 1e9, 0.5);
    }
}
