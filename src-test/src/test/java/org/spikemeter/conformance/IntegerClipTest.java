package org.spikemeter.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.integer.Quantisation;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.simulate.Simulator;
import org.spikemeter.reference.ReferenceData;

/** Labels of the reference networks in integers beside those in floating point, over the 24 clips; docs/integer.md. */
class IntegerClipTest {
    /** How the integer runs of all clips compare. */
    private static final class Agreement {
        private int labels;
        private int right;
        private long differing;
        private long overflows;
    }

    /** As docs/integer.md has it; another decoder may round a pixel otherwise, so two labels may differ. */
    @ParameterizedTest
    @CsvSource({"emotion-plif, 22, 0.24", "emotion-plif-sparse, 22, 0.04"})
    void shouldAgreeWithFloatWhenWeightsHaveEightBits(final String name, final int labels, final double differing)
        throws IOException {
        final Network network = ReferenceData.network(name);
        final List<String> rows = Files.readAllLines(ReferenceData.path(name + "/golden/mp4.tsv"));
        final int[] widths = {16, 24, 32};
        final Agreement[] agreements = {new Agreement(), new Agreement(), new Agreement()};
        long spikes = 0;
        for (final String row : rows.subList(1, rows.size())) {
            final List<StepEvents> clip = ReferenceData.steps(row.split("\t")[0]);
            final List<BitSet> expected = new ArrayList<>();
            final String label = run(network, new Simulator.Context(), clip, expected, null);
            spikes += expected.stream().mapToLong(BitSet::cardinality).sum();
            for (int i = 0; i < widths.length; i++) {
                final String found = run(network, new Simulator.Context().quantisation(
                    new Quantisation(8, widths[i])), clip, expected, agreements[i]);
                agreements[i].labels += found.equals(label) ? 1 : 0;
                agreements[i].right += found.equals(row.split("\t")[1]) ? 1 : 0;
            }
        }
        for (int i = 0; i < widths.length; i++) {
            final Agreement a = agreements[i];
            final String found = "int" + widths[i] + ": " + a.labels + " labels agree, " + a.right + " are right, "
                + a.differing + " of " + spikes + " spikes differ, " + a.overflows + " overflows";
            assertTrue(Math.abs(a.labels - labels) <= 2, found);
            assertTrue(a.differing < differing * spikes, found);
            assertTrue(a.overflows < (widths[i] == 16 ? 1e-3 : 1e-6) * spikes, found);
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
