package org.spikemeter.engine.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VotingTest {
    private static Voting.Group group(final String label, final int from, final int to) {
        return new Voting.Group(label, from, to);
    }

    private static void refuses(final String message, final Voting.Group... groups) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, () -> new Voting(List.of(groups)))
            .getMessage());
    }

    @Test
    void shouldKeepGroupsInTheirOrder() {
        final List<Voting.Group> groups = new ArrayList<>(List.of(group("b", 10, 20), group("a", 0, 10)));
        final Voting voting = new Voting(groups);
        groups.clear();
        assertEquals(List.of(group("b", 10, 20), group("a", 0, 10)), voting.groups());
    }

    @Test
    void shouldRefuseRangeThatIsNone() {
        assertEquals("readout group 'a' is 3 to 3: expected 0 <= from < to",
            assertThrows(IllegalArgumentException.class, () -> group("a", 3, 3)).getMessage());
        assertEquals("readout group 'a' is -1 to 3: expected 0 <= from < to",
            assertThrows(IllegalArgumentException.class, () -> group("a", -1, 3)).getMessage());
    }

    @Test
    void shouldNameWhatGroupsShare() {
        refuses("readout has no group");
        refuses("readout has two groups 'a'", group("a", 0, 1), group("a", 1, 2));
        refuses("readout: neuron 9 is in two groups", group("a", 0, 10), group("b", 9, 20));
        refuses("readout: neuron 3 is in two groups", group("a", 0, 10), group("c", 20, 30), group("b", 3, 4));
        refuses("readout: neuron 5 is in two groups", group("a", 5, 6), group("b", 0, 9));
    }

    @Test
    void shouldNotWalkNeuronsWhenRangeIsHuge() {
        assertEquals(2, new Voting(List.of(group("a", 0, 1), group("b", 1, Integer.MAX_VALUE))).groups().size());
    }
}
