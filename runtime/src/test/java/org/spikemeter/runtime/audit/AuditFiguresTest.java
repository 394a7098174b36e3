package org.spikemeter.runtime.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditFiguresTest {
    @Test
    void shouldGiveMeanRangeAndStandardError() {
        // deviations 2, 1, 0, 3 from 3: sqrt(14 / 3 / 4)
        final Statistic statistic = Statistic.of(List.of(1.0, 2.0, 3.0, 6.0), Double::doubleValue);
        assertEquals(3.0, statistic.mean());
        assertEquals(1.0, statistic.minimum());
        assertEquals(6.0, statistic.maximum());
        assertEquals(Math.sqrt(14.0 / 12.0), statistic.standardError().getAsDouble(), 1e-12);
        assertTrue(Statistic.of(List.of(5.0), Double::doubleValue).standardError().isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"0.41mJ, 0.41e9, 0.01e9", "2 uJ, 2e6, 1e6", "1.5e-3 J, 1.5e9, 1e8", "410µJ, 410e6, 1e6"})
    void shouldReadAClaimWithItsUnit(final String text, final double picojoules, final double resolution) {
        final Claim claim = Claim.of(text);
        assertEquals(picojoules, claim.picojoules(), 1e-6 * picojoules);
        assertEquals(resolution, claim.resolution(), 1e-6 * resolution);
    }

    @Test
    void shouldCutAsThePaperCuts() {
        assertTrue(Claim.of("0.41mJ").covers(0.4174e9));
        assertFalse(Claim.of("0.41mJ").covers(0.42e9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.41", "mJ", "", "-1mJ", "0 mJ", "1 kWh", "1e9999J", "NaN J"})
    void shouldRefuseWhatIsNoEnergy(final String text) {
        assertThrows(IllegalArgumentException.class, () -> Claim.of(text));
    }

    @Test
    void shouldDeriveThePapersFigures() {
        final PaperTable a = PaperTable.both().getFirst();
        assertEquals(310_915_584, a.annFirstLayer());
        assertEquals(9_144_576, a.snnFirstLayer());
        assertEquals(List.of(36_578_304L, 8_856_576L, 2_073_600L, 451_584L, 20_736L, 1_440L), a.otherLayers());
        assertEquals(47_961_088, PaperTable.both().getLast().others());
        for (final PaperTable table : PaperTable.both()) {
            assertEquals(32, table.crossing());
        }
    }

    @Test
    void shouldBreakEvenWhereBothCostTheSame() {
        final AnnCounterpart ann = new AnnCounterpart(68, 310_915_584, 47_982_240, 9_144_576);
        final double share = ann.breakEven(4.6, 0.9, 4.6);
        final double spiking = 9_144_576 * 4.6 + share * 0.9 * (9_144_576.0 * 67 + 47_982_240.0 * 68);
        assertEquals(358_897_824 * 4.6, spiking, 1.0);
        assertEquals(7, ann.bits());
        assertEquals(2, new AnnCounterpart(3, 1, 1, 1).bits());
        assertEquals(3, new AnnCounterpart(4, 1, 1, 1).bits());
    }
}
