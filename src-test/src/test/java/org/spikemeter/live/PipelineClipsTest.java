package org.spikemeter.live;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.readout.VotingReadout;
import org.spikemeter.engine.simulate.LayerStep;
import org.spikemeter.engine.simulate.Simulator;
import org.spikemeter.engine.simulate.StepListener;
import org.spikemeter.reference.ReferenceData;
import org.spikemeter.runtime.pipeline.Backpressure;
import org.spikemeter.runtime.pipeline.Pipeline;
import org.spikemeter.runtime.pipeline.PipelineBatch;
import org.spikemeter.runtime.pipeline.PipelineSink;
import org.spikemeter.runtime.pipeline.PipelineTotals;
import org.spikemeter.runtime.pipeline.Waiting;
import org.spikemeter.runtime.source.ClipSource;
import org.spikemeter.runtime.source.Pace;

/** All reference clips, one after the other through one pipeline: what each gives alone, to the last bit. */
class PipelineClipsTest {
    private static final List<String> CLIPS =
        IntStream.rangeClosed(9001, 9024).mapToObj(clip -> "clip-" + clip + ".mp4").toList();

    /** Spikes, ACC and MAC of each layer and step, a hash of the addresses that fired, and the label. */
    private static final class Trace implements StepListener {
        private final List<Long> words = new ArrayList<>();

        @Override
        public void onLayer(final LayerStep batch) {
            long hash = 1;
            for (int i = 0; i < batch.events().size(); i++) {
                hash = 31 * hash + batch.events().address(i);
            }
            words.add(hash);
            words.add((long) batch.events().size());
            words.add(batch.count(Operation.SYNAPTIC_ACCUMULATES));
            words.add(batch.count(Operation.SYNAPTIC_MULTIPLY_ACCUMULATES));
        }
    }

    @ParameterizedTest
    @EnumSource(Waiting.class)
    void shouldGiveWhatRunGivesWhenClipsArePlayed(final Waiting waiting) throws Exception {
        final List<String> clips = waiting == Waiting.BLOCKING ? CLIPS : CLIPS.subList(0, 2);
        final Network network = ReferenceData.network("emotion-plif-sparse");
        final Trace expected = new Trace();
        final List<String> labels = new ArrayList<>();
        long accumulates = 0;
        try (Simulator simulator = new Simulator(new Simulator.Context().network(network).listener(expected))) {
            for (final String clip : clips) {
                labels.add(label(simulator, network, clip));
                accumulates += simulator.counts().total(Operation.SYNAPTIC_ACCUMULATES);
            }
        }
        final Trace found = new Trace();
        final Labels sink = new Labels(network);
        final Pipeline.Context context = new Pipeline.Context().network(network)
            .simulation(new Simulator.Context().listener(found).countedSteps(100))
            .source(new ClipSource(clips.stream().<ClipSource.Clip>map(clip -> () -> ReferenceData.clip(clip)).toList(),
                33_333, new Pace(Pace.UNPACED)))
            .sink(sink).backpressure(Backpressure.BLOCK).waiting(waiting);
        try (Pipeline pipeline = new Pipeline(context)) {
            pipeline.start();
            pipeline.await();
            final PipelineTotals totals = pipeline.totals();
            assertEquals(totals.accepted(), totals.processed());
            assertEquals(68L * clips.size(), totals.steps());
        }
        assertArrayEquals(expected.words.toArray(), found.words.toArray());
        assertEquals(labels, sink.labels);
        assertEquals(accumulates, sink.accumulates);
    }

    private static String label(final Simulator simulator, final Network network, final String clip)
        throws IOException {
        final VotingReadout readout = new VotingReadout(network.voting().orElseThrow());
        final StepEvents output = new StepEvents(
            network.outputOf(network.layers().size() - 1));
        simulator.reset();
        for (final StepEvents step : ReferenceData.steps(clip)) {
            simulator.step(step);
            simulator.spikes(network.layers().getLast().name(), output);
            readout.add(output);
        }
        return readout.vote().label();
    }

    /** The label of each clip, as it ends. */
    private static final class Labels implements PipelineSink {
        private final Network network;
        private final List<String> labels = new ArrayList<>();
        private long accumulates;

        Labels(final Network network) {
            this.network = network;
        }

        @Override
        public String name() {
            return "labels";
        }

        @Override
        public void onBatch(final PipelineBatch batch, final boolean endOfBurst) {
            accumulates += batch.operations().total(Operation.SYNAPTIC_ACCUMULATES);
            if (batch.input().endsClip() && !batch.isLast()) {
                final int winner = batch.decision().winner();
                labels.add(winner < 0 ? "tie" : network.voting().orElseThrow().groups().get(winner).label());
            }
        }
    }
}
