package org.spikemeter.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.integer.Quantisation;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.simulate.Simulator;
import org.spikemeter.reference.ReferenceData;

/** Labels of the reference networks in integers beside those in floating point, over the 24 clips; docs/integer.md. */
class IntegerClipTest {
    /** How the integer runs of all clips compare. */
    private static final class Agreement {
        private int labels;
        private int right;
        private long spikes;
        private long differing;
        private long overflows;
    }

    @ParameterizedTest
    @ValueSource(strings = {"emotion-plif", "emotion-plif-sparse"})
    void shouldGiveTheLabelsOfFloatWhenWeightsHaveEightBits(final String name) throws IOException {
        final Network network = ReferenceData.network(name);
        final List<String> rows = Files.readAllLines(ReferenceData.path(name + "/golden/mp4.tsv"));
        final int[] widths = {32};
        final Agreement[] agreements = {new Agreement()};
        long spikes = 0;
        int right = 0;
        for (final String row : rows.subList(1, rows.size())) {
            final List<StepEvents> clip = ReferenceData.steps(row.split("\t")[0]);
            final String truth = row.split("\t")[1];
            final List<BitSet> expected = new ArrayList<>();
            final String label = run(network, new Simulator.Context(), clip, expected, null);
            right += label.equals(truth) ? 1 : 0;
            spikes += expected.stream().mapToLong(BitSet::cardinality).sum();
            for (int i = 0; i < widths.length; i++) {
                final String found = run(network, new Simulator.Context().quantisation(
                    new Quantisation(14, widths[i])), clip, expected, agreements[i]);
                agreements[i].labels += found.equals(label) ? 1 : 0;
                agreements[i].right += found.equals(truth) ? 1 : 0;
            }
        }
        for (int i = 0; i < widths.length; i++) {
            final Agreement a = agreements[i];
            System.out.println(name + " int" + widths[i] + ": labels " + a.labels + ", right " + a.right + " (float "
                + right + "), spikes " + a.spikes + " (float " + spikes + "), differing " + a.differing
                + ", overflows " + a.overflows);
        }
    }

    /** The label; the spikes of all layers are collected where there is no agreement to add to, else compared. */
    private static String run(
        final Network network, final Simulator.Context context, final List<StepEvents> clip,
        final List<BitSet> spikes, final Agreement agreement) {
        final Votes votes = new Votes(network.voting().orElseThrow());
        final int last = network.layers().size() - 1;
        final int[] next = {0};
        context.network(network).metered(false).listener(batch -> {
            final BitSet fired = new BitSet();
            for (int i = 0; i < batch.events().size(); i++) {
                fired.set(batch.events().address(i));
            }
            if (batch.layer() == last) {
                votes.add(batch.events());
            }
            if (agreement == null) {
                spikes.add(fired);
            } else {
                agreement.spikes += fired.cardinality();
                fired.xor(spikes.get(next[0]));
                next[0]++;
                agreement.differing += fired.cardinality();
            }
        });
        try (Simulator simulator = new Simulator(context)) {
            clip.forEach(simulator::step);
            if (agreement != null) {
                agreement.overflows += simulator.counts().overflows();
            }
        }
        return votes.winner();
    }
}
