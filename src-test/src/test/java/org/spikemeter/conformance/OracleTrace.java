package org.spikemeter.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.spikemeter.engine.aer.ListStepSource;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.count.LayerCounts;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.count.OperationCounts;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.simulate.Simulator;
import org.spikemeter.engine.simulate.StepRunner;

/** All that {@link DenseOracle} says of a run, and the comparison of the engine's runs with it. */
final class OracleTrace {
    private final Network network;
    private final List<DenseStage> stages;
    /** [step][stage], by address. */
    private final List<List<Values>> steps = new ArrayList<>();

    private record Values(float[] emitted, float[] current, float[] membrane) {}

    private OracleTrace(final Network network, final List<DenseStage> stages) {
        this.network = network;
        this.stages = stages;
    }

    static OracleTrace of(final Network network, final List<StepEvents> input) {
        final DenseOracle oracle = new DenseOracle(network);
        final OracleTrace trace = new OracleTrace(network, oracle.stages());
        for (final StepEvents events : input) {
            oracle.step(Grids.of(events));
            trace.steps.add(oracle.stages().stream()
                .map(stage -> new Values(Grids.flat(stage.emitted()), Grids.flat(stage.current()),
                    Grids.flat(stage.membrane())))
                .toList());
        }
        return trace;
    }

    List<DenseStage> stages() {
        return stages;
    }

    /**
     * Runs the engine and compares everything; after each step where it can be stepped, else after the last.
     *
     * @param currents whether it records currents
     */
    void check(
        final String run, final Function<Simulator.Context, StepRunner> start, final List<StepEvents> input,
        final boolean currents) throws IOException {
        final EventRecord record = new EventRecord(network);
        try (StepRunner runner = start.apply(new Simulator.Context().network(network).listener(record))) {
            if (runner instanceof Simulator simulator) {
                for (int step = 0; step < input.size(); step++) {
                    simulator.step(input.get(step));
                    checkState(run, step, runner, currents);
                }
            } else {
                assertEquals(input.size(), runner.run(new ListStepSource(network.input(), input)), run);
                checkState(run, input.size() - 1, runner, currents);
            }
            checkEvents(run, record);
            checkCounts(run, runner.counts());
        }
    }

    private void checkState(final String run, final int step, final StepRunner runner, final boolean currents) {
        for (int i = 0; i < stages.size(); i++) {
            final DenseStage stage = stages.get(i);
            final String layer = network.layers().get(stage.outputLayer()).name();
            final String where = run + ", step " + step + ", layer '" + layer + "'";
            final Values expected = steps.get(step).get(i);
            final float[] actual = new float[stage.output().size()];
            if (currents) {
                runner.current(layer, actual);
                assertSameBits(where + ", input current", stage.output(), expected.current, actual);
            }
            if (stage.hasNeurons()) {
                runner.membrane(layer, actual);
                assertSameBits(where + ", potential", stage.output(), expected.membrane, actual);
            }
            final StepEvents spikes = new StepEvents(stage.output());
            runner.spikes(layer, spikes);
            assertSameEvents(where, stage.output(), expected.emitted, Grids.flat(Grids.of(spikes)));
        }
    }

    void checkEvents(final String run, final EventRecord record) {
        for (int step = 0; step < steps.size(); step++) {
            for (int i = 0; i < stages.size(); i++) {
                final DenseStage stage = stages.get(i);
                final String where = run + ", step " + step + ", layer '"
                    + network.layers().get(stage.outputLayer()).name() + "'";
                final float[] emitted = record.emitted(stage.outputLayer(), step);
                if (emitted == null) {
                    fail(where + ": was not reported");
                }
                assertSameEvents(where, stage.output(), steps.get(step).get(i).emitted, emitted);
            }
        }
        assertEquals(steps.size() * stages.size(), record.size(), run + ": layers and steps that were reported");
    }

    void checkCounts(final String run, final OperationCounts counts) {
        assertEquals(stages.size(), counts.entries().size(), run + ": projections");
        for (int i = 0; i < stages.size(); i++) {
            final OperationCounts.Entry entry = counts.entries().get(i);
            assertEquals(stages.get(i).synapticLayer(), entry.synapticLayer(), run + ": synaptic layer of " + i);
            assertEquals(stages.get(i).outputLayer(), entry.outputLayer(), run + ": output layer of " + i);
            checkCounts(run + ", layer '" + network.layers().get(entry.synapticLayer()).name() + "'", stages.get(i),
                entry.counts());
        }
    }

    private void checkCounts(final String where, final DenseStage stage, final LayerCounts counts) {
        assertEquals(steps.size(), counts.steps(), where + ", steps counted");
        for (int step = 0; step < steps.size(); step++) {
            for (final Operation operation : Operation.values()) {
                final long expected = stage.count(operation).get(step);
                if (expected != counts.get(operation, step)) {
                    fail(where + ", step " + step + ": " + operation + ": expected " + expected + ", found "
                        + counts.get(operation, step));
                }
            }
        }
    }

    /** Neither zero is an event. */
    private static void assertSameEvents(
        final String where, final Shape shape, final float[] expected, final float[] actual) {
        final float[] events = expected.clone();
        for (int i = 0; i < events.length; i++) {
            events[i] = events[i] == 0.0f ? 0.0f : events[i];
        }
        assertSameBits(where + ", emitted value", shape, events, actual);
    }

    private static void assertSameBits(
        final String where, final Shape shape, final float[] expected, final float[] actual) {
        for (int i = 0; i < expected.length; i++) {
            if (Float.floatToRawIntBits(expected[i]) != Float.floatToRawIntBits(actual[i])) {
                fail(where + ", " + Grids.place(shape, i) + ": expected " + text(expected[i]) + ", found "
                    + text(actual[i]));
            }
        }
    }

    private static String text(final float value) {
        return value + " (bits " + Integer.toHexString(Float.floatToRawIntBits(value)) + ")";
    }
}
