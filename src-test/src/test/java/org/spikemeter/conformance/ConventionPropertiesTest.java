package org.spikemeter.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.convention.ConventionResult;
import org.spikemeter.engine.convention.Conventions;
import org.spikemeter.engine.convention.Difference;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.count.OperationCounts;
import org.spikemeter.engine.log.EventLog;
import org.spikemeter.engine.log.EventLogFile;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.simulate.Simulator;

/** What holds of conventions and logs on any network: random ones, with every kind of layer. */
class ConventionPropertiesTest {
    @TempDir
    private Path folder;

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    private static OperationCounts run(final Network network, final long seed, final EventLog log) {
        final List<StepEvents> input = RandomNetwork.input(seed, network.input());
        try (Simulator simulator = new Simulator(new Simulator.Context().network(network).listener(log))) {
            input.forEach(simulator::step);
            return simulator.counts();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldCountFromTheLogWhatTheEngineExecuted(final long seed) {
        final Network network = RandomNetwork.of(seed);
        final EventLog log = new EventLog(network);
        final OperationCounts counts = run(network, seed, log);
        final List<ConventionResult> results = Conventions.count(log, Conventions.all());
        final ConventionResult executed = results.getFirst();
        for (final OperationCounts.Entry entry : counts.entries()) {
            final String where = "seed " + seed + ", layer " + entry.synapticLayer();
            check(where + " ACC", entry.counts().perStep(Operation.SYNAPTIC_ACCUMULATES),
                executed.acc().steps(entry.synapticLayer()), log.steps());
            check(where + " MAC", entry.counts().perStep(Operation.SYNAPTIC_MULTIPLY_ACCUMULATES),
                executed.mac().steps(entry.synapticLayer()), log.steps());
            if (network.layers().get(entry.outputLayer()) instanceof Layer.Neurons) {
                check(where + " changes", entry.counts().perStep(Operation.MEMBRANE_CHANGES),
                    results.get(2).tally("membraneUpdates").steps(entry.outputLayer()), log.steps());
            }
        }
        for (final ConventionResult from : results) {
            for (final ConventionResult to : results) {
                final Difference difference = Difference.between(from, to);
                final String where = "seed " + seed + ", " + from.convention().name() + " to " + to.convention().name();
                final double tolerance = from.acc().isIntegral() && to.acc().isIntegral() ? 0.0 : 1e-6;
                assertEquals(0.0, difference.unexplainedAcc(), tolerance, where + " ACC");
                assertEquals(0.0, difference.unexplainedMac(), tolerance, where + " MAC");
            }
        }
    }

    private static void check(final String where, final long[] expected, final double[] actual, final int steps) {
        // a layer that nothing reached has no tally
        final double[] steady = actual.length == 0 ? new double[steps] : actual;
        assertEquals(Arrays.toString(Arrays.stream(expected).asDoubleStream().toArray()), Arrays.toString(steady),
            where);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldReadTheLogThatWasWritten(final long seed) throws IOException {
        final Network network = RandomNetwork.of(seed);
        final EventLog log = new EventLog(network);
        final Path file = folder.resolve("log.npz");
        final OperationCounts counts = run(network, seed, log);
        EventLogFile.write(file, log, counts);
        final EventLog read = EventLogFile.read(file, network);
        assertEquals(log.steps(), read.steps());
        final StepEvents expected = new StepEvents(network.input());
        final StepEvents actual = new StepEvents(network.input());
        for (int step = 0; step < log.steps(); step++) {
            log.input(step, expected);
            read.input(step, actual);
            assertEquals(expected.size(), actual.size());
            for (int i = 0; i < expected.size(); i++) {
                assertEquals(expected.address(i), actual.address(i));
                assertEquals(expected.value(i), actual.value(i));
            }
            for (int layer = 0; layer < network.layers().size(); layer++) {
                for (int address = 0; log.has(layer) && address < network.outputOf(layer).size(); address++) {
                    assertEquals(log.fired(layer, step, address), read.fired(layer, step, address));
                }
            }
        }
    }
}
