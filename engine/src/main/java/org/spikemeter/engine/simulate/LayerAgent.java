package org.spikemeter.engine.simulate;

import org.agrona.concurrent.Agent;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.aer.StepBatchReader;
import org.spikemeter.engine.aer.StepBatchWriter;

/** Runs a group of projections: a batch comes in, goes through them in order, and goes out as a batch. */
final class LayerAgent implements Agent {
    /** Stands for the layer that emits the network's input. */
    static final int NETWORK_INPUT = -1;

    private final NetworkState state;
    private final int from;
    private final int to;
    private final EventGrid input;
    private final StepBatchReader reader;
    private final StepBatchWriter writer;
    private final PipelineFault fault;
    private boolean ending;
    private volatile boolean done;

    /**
     * @param from first projection
     * @param to one beyond the last projection
     * @param inputLayer index of the layer whose events come in
     * @param out where events go; null for the last group
     */
    LayerAgent(
        final NetworkState state, final int from, final int to, final int inputLayer, final OneToOneRingBuffer in,
        final EventGrid input, final OneToOneRingBuffer out, final PipelineFault fault) {
        this.state = state;
        this.from = from;
        this.to = to;
        this.input = input;
        this.reader = new StepBatchReader(in, inputLayer, input);
        this.writer = out == null ? null
            : new StepBatchWriter(out, state.projection(to - 1).projection().outputLayer());
        this.fault = fault;
    }

    /** True where all steps have gone through. */
    boolean isDone() {
        return done;
    }

    @Override
    public String roleName() {
        return "spikemeter-layers-" + from + "-to-" + (to - 1);
    }

    /** One step at most; 0 where there is nothing to do, or no room for what was done before. */
    @Override
    public int doWork() {
        if (done || fault.isRecorded()) {
            return 0;
        }
        try {
            return work();
        } catch (final RuntimeException | Error e) {
            fault.record(e);
            return 0;
        }
    }

    private int work() {
        if (writer != null && !writer.write()) {
            return 0;
        }
        if (!ending) {
            switch (reader.poll()) {
                case WAITING -> {
                    return 0;
                }
                case STEP -> {
                    step(reader.step());
                    return 1;
                }
                case END -> ending = true;
                default -> throw new AssertionError();
            }
        }
        done = writer == null || writer.writeEnd(reader.step() + 1);
        return done ? 1 : 0;
    }

    private void step(final int step) {
        EventGrid delivered = input;
        for (int i = from; i < to; i++) {
            final ProjectionState projection = state.projection(i);
            projection.runStep(delivered);
            delivered = projection.output();
            state.report(i, step);
        }
        if (writer != null) {
            writer.open(step, delivered);
        }
    }
}
