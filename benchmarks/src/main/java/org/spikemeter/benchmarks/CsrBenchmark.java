package org.spikemeter.benchmarks;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.spikemeter.benchmarks.baseline.Reference;
import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.kernel.CsrScatter;
import org.spikemeter.engine.network.Connections;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.synapse.CsrTable;

/** Delivery through a random table in which a tenth of all pairs has a synapse; the baseline is a full matrix. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CsrBenchmark {
    private static final double CONNECTED = 0.1;

    /** Who delivers. */
    public enum Delivery {
        /** Every source's whole row of a matrix, zeros included: the naive baseline. */
        MATRIX,
        /** The synapses of the sources that fired. */
        CSR
    }

    /** Number of sources and of targets. */
    @Param({"1000", "4000"})
    private int neurons;

    /** Percentage of the sources that fire. */
    @Param({"0.1", "1", "10"})
    private double percent;

    /** Who. */
    @Param
    private Delivery delivery;

    private CsrTable table;
    private EventGrid events;
    private float[] matrix;
    private float[] values;
    private float[] current;
    private long accumulates;

    /** Makes synapses and spikes, and compares each sum's bits with those of the matrix. */
    @Setup
    public void setUp() {
        final Shape shape = Shape.flat(neurons);
        table = CsrTable.of(shape, connections(), null);
        final StepEvents spikes = Reference.randomEvents(shape, percent / 100, 1);
        events = new EventGrid(shape, false);
        events.load(spikes);
        matrix = new float[neurons * neurons];
        values = new float[neurons];
        events.expand(values);
        for (int source = 0; source < neurons; source++) {
            for (int i = table.rowStart()[source]; i < table.rowStart()[source + 1]; i++) {
                matrix[source * neurons + table.target(i)] = table.weight()[i];
            }
        }
        for (int i = 0; i < spikes.size(); i++) {
            accumulates += table.rowStart()[spikes.address(i) + 1] - table.rowStart()[spikes.address(i)];
        }
        current = new float[neurons];
        multiply();
        final float[] expected = current.clone();
        deliver();
        if (!Arrays.equals(current, expected)) {
            throw new IllegalStateException(delivery + " gives other sums than the matrix");
        }
    }

    private Connections connections() {
        final SplittableRandom random = new SplittableRandom(1);
        final int[] rowStart = new int[neurons + 1];
        int[] target = new int[1024];
        int synapses = 0;
        for (int source = 0; source < neurons; source++) {
            for (int to = 0; to < neurons; to++) {
                if (random.nextDouble() < CONNECTED) {
                    target = synapses == target.length ? Arrays.copyOf(target, 2 * synapses) : target;
                    target[synapses] = to;
                    synapses++;
                }
            }
            rowStart[source + 1] = synapses;
        }
        final float[] weight = new float[synapses];
        for (int i = 0; i < synapses; i++) {
            weight[i] = (float) random.nextDouble(-1, 1);
        }
        return new Connections(neurons, rowStart, Arrays.copyOf(target, synapses), weight);
    }

    private void multiply() {
        Arrays.fill(current, 0.0f);
        for (int source = 0; source < neurons; source++) {
            final float value = values[source];
            for (int to = 0; to < neurons; to++) {
                current[to] += value * matrix[source * neurons + to];
            }
        }
    }

    private void deliver() {
        if (delivery == Delivery.MATRIX) {
            multiply();
        } else {
            Arrays.fill(current, 0.0f);
            CsrScatter.accumulate(table, events, 0, current);
        }
    }

    /** One step. */
    @Benchmark
    public float[] step(final Work work) {
        work.work = accumulates;
        deliver();
        return current;
    }
}
