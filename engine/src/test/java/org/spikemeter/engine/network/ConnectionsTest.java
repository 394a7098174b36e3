package org.spikemeter.engine.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ConnectionsTest {
    private static Connections made(final int[] rowStart, final int[] target, final float... weight) {
        return new Connections(4, rowStart, target, weight);
    }

    private static void refuses(
        final String message, final int[] rowStart, final int[] target, final float... weight) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, () -> made(rowStart, target, weight))
            .getMessage());
    }

    @Test
    void shouldStayAsTheyWereWhenArraysChange() {
        final int[] rowStart = {0, 2, 2, 3};
        final int[] target = {0, 3, 3};
        final float[] weight = {1, 2, 3};
        final Connections connections = made(rowStart, target, weight);
        final Connections same = made(rowStart, target, weight);
        rowStart[1] = 1;
        target[0] = 1;
        weight[0] = 9;
        assertEquals(3, connections.sources());
        assertEquals(4, connections.targets());
        assertEquals(3, connections.synapses());
        assertEquals(2, connections.start(1));
        assertEquals(0, connections.target(0));
        assertEquals(1.0f, connections.weight(0));
        assertEquals(same, connections);
        assertEquals(same.hashCode(), connections.hashCode());
        assertNotEquals(made(new int[] {0, 2, 2, 3}, new int[] {0, 3, 3}, 1, 2, 4), connections);
    }

    @Test
    void shouldTakeSourcesWithoutSynapses() {
        assertEquals(0, made(new int[] {0, 0, 0}, new int[0]).synapses());
    }

    @Test
    void shouldRefuseRowsThatDoNotCoverTheSynapses() {
        final String message = "connections: expected row starts from 0 to 2 synapses and as many weights, found 2";
        refuses(message, new int[] {0}, new int[] {0, 1}, 1, 1);
        refuses(message, new int[] {1, 2}, new int[] {0, 1}, 1, 1);
        refuses(message, new int[] {0, 1}, new int[] {0, 1}, 1, 1);
        refuses("connections: expected row starts from 0 to 2 synapses and as many weights, found 1",
            new int[] {0, 2}, new int[] {0, 1}, 1);
    }

    @Test
    void shouldNameSourceWhoseRowIsWrong() {
        refuses("connections: the row of source 1 ends at 1: expected 2 to 3",
            new int[] {0, 2, 1, 3}, new int[] {0, 1, 2}, 1, 1, 1);
        refuses("connections: the row of source 0 ends at 4: expected 0 to 3",
            new int[] {0, 4, 3}, new int[] {0, 1, 2}, 1, 1, 1);
        refuses("connections: target 1 of source 1: expected ascending targets below 4",
            new int[] {0, 1, 3}, new int[] {3, 1, 1}, 1, 1, 1);
        refuses("connections: target 4 of source 0: expected ascending targets below 4",
            new int[] {0, 1}, new int[] {4}, 1);
        refuses("connections: target -1 of source 0: expected ascending targets below 4",
            new int[] {0, 1}, new int[] {-1}, 1);
        refuses("connections: weight NaN of source 1: expected a finite number",
            new int[] {0, 1, 2}, new int[] {0, 0}, 1, Float.NaN);
        refuses("connections: weight -Infinity of source 0: expected a finite number",
            new int[] {0, 1}, new int[] {0}, Float.NEGATIVE_INFINITY);
    }

    private static Connections delayed(final int[] target, final int... delay) {
        return new Connections(4, new int[] {0, target.length}, target, new float[target.length], delay);
    }

    private static void refusesDelays(final String message, final int[] target, final int... delay) {
        assertEquals(message,
            assertThrows(IllegalArgumentException.class, () -> delayed(target, delay)).getMessage());
    }

    @Test
    void shouldKeepDelaysAndTakeATargetAgainWithALongerOne() {
        final Connections connections = delayed(new int[] {0, 2, 2}, 3, 1, 7);
        assertEquals(7, connections.delay(2));
        assertArrayEquals(new int[] {3, 1, 7}, connections.delays());
        assertArrayEquals(new int[] {3, 1, 7}, connections.times(2.0).delays());
        assertNotEquals(delayed(new int[] {0, 2, 2}, 3, 1, 6), connections);
        assertEquals(made(new int[] {0, 2}, new int[] {0, 1}, 0, 0), delayed(new int[] {0, 1}, 0, 0));
        assertFalse(delayed(new int[] {0, 1}, 0, 0).hasDelays());
    }

    @Test
    void shouldRefuseDelaysThatAreOutOfRangeOrOrder() {
        refusesDelays("connections: delay -1 of source 0: expected 0 to 65536 steps", new int[] {1}, -1);
        refusesDelays("connections: delay 65537 of source 0: expected 0 to 65536 steps", new int[] {1}, 65_537);
        refusesDelays("connections: expected a delay for each of 2 synapses, found 1", new int[] {1, 2}, 1);
        refusesDelays("connections: target 1 of source 0 again with delay 2: expected one longer than 2",
            new int[] {1, 1}, 2, 2);
        refusesDelays("connections: target 0 of source 0: expected ascending targets below 4", new int[] {1, 0}, 1, 2);
    }
}
