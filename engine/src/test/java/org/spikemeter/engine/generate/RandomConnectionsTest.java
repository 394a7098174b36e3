package org.spikemeter.engine.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.spikemeter.engine.network.Connections;

class RandomConnectionsTest {
    private static final List<SourceGroup> GROUPS =
        List.of(new SourceGroup(0, 30, 7, 0.5f, 0, 0), new SourceGroup(30, 41, 10, -2.0f, 2, 4));

    @Test
    void shouldGiveEachTargetItsInDegreeOfEachGroup() {
        final Connections connections = RandomConnections.among(41, GROUPS, 1);
        final int[][] degree = new int[41][2];
        final int[] ofDelay = new int[5];
        for (int source = 0; source < 41; source++) {
            for (int i = connections.start(source); i < connections.start(source + 1); i++) {
                assertNotEquals(source, connections.target(i), "a synapse to itself");
                assertEquals(source < 30 ? 0.5f : -2.0f, connections.weight(i));
                assertTrue(source < 30 ? connections.delay(i) == 0 : connections.delay(i) >= 2);
                ofDelay[connections.delay(i)]++;
                degree[connections.target(i)][source < 30 ? 0 : 1]++;
            }
        }
        for (final int[] each : degree) {
            assertEquals(7, each[0]);
            assertEquals(10, each[1]);
        }
        for (int delay = 2; delay <= 4; delay++) {
            assertTrue(ofDelay[delay] > 90, "410 synapses with three delays");
        }
    }

    @Test
    void shouldDependOnTheSeedAlone() {
        assertEquals(RandomConnections.between(41, 5, GROUPS, 3), RandomConnections.between(41, 5, GROUPS, 3));
        assertNotEquals(RandomConnections.between(41, 5, GROUPS, 3), RandomConnections.between(41, 5, GROUPS, 4));
    }

    @Test
    void shouldRefuseGroupsThatAreTooSmallOrOverlap() {
        final List<SourceGroup> all = List.of(new SourceGroup(0, 5, 5, 1, 0, 0));
        assertEquals(5, RandomConnections.between(5, 1, all, 1).synapses());
        assertThrows(IllegalArgumentException.class, () -> RandomConnections.among(5, all, 1));
        assertThrows(IllegalArgumentException.class, () -> RandomConnections.between(4, 1, all, 1));
        assertThrows(IllegalArgumentException.class, () -> RandomConnections.between(9, 1,
            List.of(new SourceGroup(0, 5, 1, 1, 0, 0), new SourceGroup(4, 9, 1, 1, 0, 0)), 1));
        assertThrows(IllegalArgumentException.class, () -> new SourceGroup(0, 5, 1, 1, 2, 1));
    }
}
