package org.spikemeter.engine.readout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Voting;

class VotingReadoutTest {
    private final VotingReadout readout = new VotingReadout(
        new Voting(List.of(new Voting.Group("no", 0, 2), new Voting.Group("yes", 2, 6))));

    private void step(final int... neurons) {
        final StepEvents events = new StepEvents(Shape.flat(6));
        for (final int neuron : neurons) {
            events.add(neuron);
        }
        readout.add(events);
    }

    @Test
    void shouldGiveVotesANeuronAndStep() {
        step(0, 3, 4);
        step();
        step(5);
        final Vote vote = readout.vote();
        assertEquals(List.of(new Vote.GroupRate("no", 1 / 6.0), new Vote.GroupRate("yes", 3 / 12.0)), vote.groups());
        assertEquals(List.of("yes"), vote.winners());
        assertFalse(vote.isTie());
    }

    @Test
    void shouldNameAllWinnersWhenTheyTie() {
        assertTrue(readout.vote().isTie(), "no step yet");
        step(1, 2, 3);
        assertEquals(List.of("no", "yes"), readout.vote().winners());
    }

    @Test
    void shouldForgetWhenReset() {
        step(0, 1);
        readout.reset();
        step(2);
        assertEquals(List.of("yes"), readout.vote().winners());
        assertEquals(0.25, readout.vote().groups().getLast().rate());
    }

    @Test
    void shouldVoteWithTheValueWhenOutputIsAnalog() {
        final StepEvents events = new StepEvents(Shape.flat(6));
        events.add(0, 0.5f);
        events.add(4, -2.0f);
        readout.add(events);
        assertEquals(List.of("no"), readout.vote().winners());
        assertEquals(-0.5, readout.vote().groups().getLast().rate());
    }
}
