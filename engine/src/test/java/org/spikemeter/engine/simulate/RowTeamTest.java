package org.spikemeter.engine.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class RowTeamTest {
    @ParameterizedTest
    @CsvSource({"1,9", "2,1", "2,2", "2,9", "3,2", "3,100", "5,7"})
    void shouldDoEveryRowOnceInEveryRound(final int members, final int rows) {
        final AtomicIntegerArray done = new AtomicIntegerArray(rows);
        try (RowTeam team = new RowTeam(members)) {
            for (int round = 1; round <= 2_000; round++) {
                team.run((from, to, member) -> {
                    for (int y = from; y < to; y++) {
                        done.incrementAndGet(y);
                    }
                }, rows);
                for (int y = 0; y < rows; y++) {
                    assertEquals(round, done.get(y), "row " + y);
                }
            }
        }
    }

    @Test
    void shouldBringFaultOfAMemberToTheCallerAndGoOn() {
        final IllegalArgumentException fault = new IllegalArgumentException("row 3");
        try (RowTeam team = new RowTeam(2)) {
            final IllegalStateException thrown = assertThrows(IllegalStateException.class, () -> team.run(
                (from, to, member) -> {
                    if (member == 1) {
                        throw fault;
                    }
                }, 4));
            assertSame(fault, thrown.getCause());
            team.run((from, to, member) -> { }, 4);
        }
    }

    @Test
    void shouldForgetFaultOfAMemberWhenTheCallersOwnShareFails() {
        final IllegalArgumentException fault = new IllegalArgumentException("all");
        try (RowTeam team = new RowTeam(2)) {
            assertSame(fault, assertThrows(IllegalArgumentException.class, () -> team.run((from, to, member) -> {
                throw fault;
            }, 4)));
            team.run((from, to, member) -> { }, 4);
        }
    }

    @Test
    void shouldRefuseWorkAfterClose() {
        final RowTeam team = new RowTeam(2);
        team.close();
        assertThrows(IllegalStateException.class, () -> team.run((from, to, member) -> { }, 4));
    }
}
