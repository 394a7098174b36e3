package org.spikemeter.benchmarks.report;

import java.util.Locale;
import org.spikemeter.benchmarks.BatchBenchmark;
import org.spikemeter.benchmarks.CsrBenchmark;
import org.spikemeter.benchmarks.EventFormatBenchmark;
import org.spikemeter.benchmarks.EventSensorBenchmark;
import org.spikemeter.benchmarks.KernelBenchmark;
import org.spikemeter.benchmarks.LayerBenchmark;
import org.spikemeter.benchmarks.NetworkBenchmark;
import org.spikemeter.benchmarks.NeuronBenchmark;
import org.spikemeter.benchmarks.RingBenchmark;
import org.spikemeter.benchmarks.SensorBenchmark;
import org.spikemeter.benchmarks.VideoBenchmark;

/** What is measured: one benchmark class each, and how its results become a table. */
enum Subject {
    /** A convolution with neurons. */
    LAYER(LayerBenchmark.class, "contender", "a step", "G accumulates/s", 1e9),
    /** A reference network over a clip. */
    NETWORK(NetworkBenchmark.class, "execution", "68 steps", "G accumulates/s", 1e9),
    /** Four clips. */
    BATCH(BatchBenchmark.class, "arrangement", "four clips", "G accumulates/s", 1e9),
    /** Synaptic sums. */
    KERNEL(KernelBenchmark.class, "delivery", "a step", "G accumulates/s", 1e9),
    /** Updates of neurons. */
    NEURON(NeuronBenchmark.class, "update", "a step", "M neurons/s", 1e6),
    /** Events through a ring. */
    RING(RingBenchmark.class, "transfer", "a step", "M events/s", 1e6),
    /** Lists of synapses. */
    CSR(CsrBenchmark.class, "delivery", "a step", "G accumulates/s", 1e9),
    /** The simulated sensor. */
    SENSOR(SensorBenchmark.class, "pixels", "a frame", "k frames/s", 1e3),
    /** Simulated sensors that give times. */
    DVS(EventSensorBenchmark.class, "model", "a frame", "M events/s", 1e6),
    /** Decoding. */
    VIDEO(VideoBenchmark.class, "stage", "a clip", "frames/s", 1.0),
    /** Recordings of events. */
    FORMAT(EventFormatBenchmark.class, "stage", "four million events", "M events/s", 1e6);

    private final Class<?> benchmark;
    private final String column;
    private final String invocation;
    private final String rateUnit;
    private final double rateScale;

    Subject(
        final Class<?> benchmark, final String column, final String invocation, final String rateUnit,
        final double rateScale) {
        this.benchmark = benchmark;
        this.column = column;
        this.invocation = invocation;
        this.rateUnit = rateUnit;
        this.rateScale = rateScale;
    }

    /** The subject of a benchmark class. */
    static Subject of(final String className) {
        for (final Subject subject : values()) {
            if (subject.benchmark.getName().equals(className)) {
                return subject;
            }
        }
        throw new IllegalArgumentException("no table is known for the benchmark " + className);
    }

    /** Its benchmarks. */
    Class<?> benchmark() {
        return benchmark;
    }

    /** The parameter whose values stand beside each other. */
    String column() {
        return column;
    }

    /** What one invocation is. */
    String invocation() {
        return invocation;
    }

    /** Unit of what it does in a time. */
    String rateUnit() {
        return rateUnit;
    }

    /** How much of its work a second one {@link #rateUnit} is. */
    double rateScale() {
        return rateScale;
    }

    /** Name in tables and pages. */
    String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}
