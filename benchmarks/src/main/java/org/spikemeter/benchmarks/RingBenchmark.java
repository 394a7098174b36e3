package org.spikemeter.benchmarks;

import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
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
import org.spikemeter.engine.aer.EventRings;
import org.spikemeter.engine.aer.StepBatchReader;
import org.spikemeter.engine.aer.StepBatchWriter;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.network.Shape;

/**
 * A step's events from one grid (126 x 126 x 32) to another: through a ring, written and read by one thread, so that
 * the cost of moving is measured and not that of waiting; the baseline copies through a plain list.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RingBenchmark {
    private static final int LAYER = 0;

    /** Which way the events go. */
    public enum Transfer {
        /** Through a list on the heap: the baseline. */
        LIST,
        /** Through a ring. */
        RING
    }

    /** Percentage of the addresses that have a spike. */
    @Param({"1", "10", "50"})
    private double percent;

    /** Which way. */
    @Param
    private Transfer transfer;

    private final Shape shape = new Shape(126, 126, 32);
    private final EventGrid from = new EventGrid(shape, false);
    private final EventGrid to = new EventGrid(shape, false);
    private final StepEvents list = new StepEvents(shape);
    private StepBatchWriter writer;
    private StepBatchReader reader;
    private int step;

    /** Makes events, and checks that all arrive. */
    @Setup
    public void setUp() {
        final StepEvents events = Reference.randomEvents(shape, percent / 100, 1);
        from.load(events);
        final OneToOneRingBuffer ring = EventRings.create(shape);
        writer = new StepBatchWriter(ring, LAYER);
        reader = new StepBatchReader(ring, LAYER, to);
        transfer();
        to.store(list);
        boolean same = list.size() == events.size();
        for (int i = 0; same && i < events.size(); i++) {
            same = list.address(i) == events.address(i);
        }
        if (!same) {
            throw new IllegalStateException(transfer + " gives " + list.size() + " other events than the "
                + events.size() + " that were sent");
        }
    }

    private void transfer() {
        if (transfer == Transfer.LIST) {
            from.store(list);
            to.load(list);
            return;
        }
        writer.open(step, from);
        boolean written;
        StepBatchReader.State state;
        do {
            written = writer.write();
            state = reader.poll();
        } while (!written || state != StepBatchReader.State.STEP);
        step++;
    }

    /** One step. */
    @Benchmark
    public EventGrid step(final Work work) {
        transfer();
        work.work = from.size();
        return to;
    }
}
