package org.spikemeter.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.dvs.pixel.DvsStepSource;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.simulate.Simulator;
import org.spikemeter.reference.ReferenceData;

/** H.264 clips from the file to the label. Another decoder may round a pixel otherwise, so two may differ. */
class CompressedClipTest {
    @ParameterizedTest
    @ValueSource(strings = {"emotion-plif", "emotion-plif-sparse"})
    void shouldGiveGoldenLabelsWhenClipsAreCompressed(final String name) throws IOException {
        final Network network = ReferenceData.network(name);
        final String output = network.layers().getLast().name();
        final List<String> rows = Files.readAllLines(ReferenceData.path(name + "/golden/mp4.tsv"));
        assertEquals("clip\tlabel\tpredicted\tnegative_rate\tpositive_rate\tevent_density", rows.getFirst());
        assertEquals(25, rows.size());
        final List<String> wrong = new ArrayList<>();
        try (Simulator simulator = new Simulator(new Simulator.Context().network(network))) {
            for (final String row : rows.subList(1, rows.size())) {
                final String[] columns = row.split("\t");
                final Votes votes = new Votes(network.voting().orElseThrow());
                simulator.reset();
                try (DvsStepSource source = ReferenceData.clip(columns[0])) {
                    final StepEvents events = new StepEvents(source.shape());
                    final StepEvents spikes = new StepEvents(network.output());
                    while (source.next(events)) {
                        simulator.step(events);
                        simulator.spikes(output, spikes);
                        votes.add(spikes);
                    }
                    assertEquals(68, simulator.steps(), columns[0]);
                    assertEquals(Double.parseDouble(columns[5]), source.density().channelDensity(), 0.005, columns[0]);
                }
                if (!votes.winner().equals(columns[2])) {
                    wrong.add(columns[0] + " is " + votes.winner());
                }
            }
        }
        assertTrue(wrong.size() <= 2, "expected at least 22 of 24 golden labels, found " + wrong);
    }
}
