package org.spikemeter.engine.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.spikemeter.engine.count.LayerCounts;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.count.OperationCounts;

class EnergyEstimateTest {
    private static OperationCounts counts(final Map<Operation, Long> counts) {
        final LayerCounts layer = new LayerCounts();
        layer.beginStep();
        counts.forEach((operation, count) -> layer.add(operation, count));
        return new OperationCounts(List.of(new OperationCounts.Entry(0, 1, layer)));
    }

    @Test
    void shouldGiveThePapersEnergyForThePapersCounts() {
        // first frame 9.1 M MAC; 10.79 % of the rest ACC: Table II's 0.41 mJ (printed cut), by hand
        final long acc = Math.round(0.1079 * (9_100_000.0 * 67 + 47_900_000.0 * 68));
        final EnergyEstimate energy = EnergyEstimate.of(counts(Map.of(
            Operation.SYNAPTIC_MULTIPLY_ACCUMULATES, 9_100_000L, Operation.SYNAPTIC_ACCUMULATES, acc)),
            PriceModels.byName(PriceModels.DEFAULT));
        assertEquals(0.4174e9, energy.totalPicojoules().getAsDouble(), 0.0001e9);
    }

    @Test
    void shouldIgnoreWhatTheModelDoesNotAnswerFor() {
        final EnergyEstimate energy = EnergyEstimate.of(counts(Map.of(
            Operation.SYNAPTIC_ACCUMULATES, 10L, Operation.NEURON_UPDATES, 1_000_000L)),
            PriceModels.byName("45nm-float32"));
        assertEquals(9.0, energy.totalPicojoules().getAsDouble());
    }

    @Test
    void shouldGiveNoTotalWhenAPriceIsMissing() {
        final EnergyEstimate energy = EnergyEstimate.of(counts(Map.of(
            Operation.SYNAPTIC_ACCUMULATES, 10L, Operation.SYNAPTIC_MULTIPLY_ACCUMULATES, 1L)),
            PriceModels.byName("loihi"));
        assertEquals(OptionalDouble.empty(), energy.totalPicojoules());
        assertEquals(List.of(Operation.SYNAPTIC_MULTIPLY_ACCUMULATES), energy.unpriced());
        assertEquals(236.0, energy.lines().getFirst().picojoules().getAsDouble());
        assertNull(energy.lines().get(1).price());
    }

    @Test
    void shouldGiveATotalWhenWhatHasNoPriceDidNotHappen() {
        final EnergyEstimate energy = EnergyEstimate.of(counts(Map.of(
            Operation.SYNAPTIC_ACCUMULATES, 10L, Operation.NEURON_UPDATES, 2L)), PriceModels.byName("loihi"));
        assertEquals(236.0 + 162.0, energy.totalPicojoules().getAsDouble());
        assertTrue(energy.unpriced().isEmpty());
    }

    @Test
    void shouldAttachASourceToEveryPrice() {
        for (final PriceModel model : PriceModels.all()) {
            assertFalse(model.prices().isEmpty(), model.name());
            model.prices().values().forEach(price -> assertFalse(price.source().isBlank(), model.name()));
        }
        assertThrows(IllegalArgumentException.class, () -> new Price(1.0, " "));
        assertThrows(IllegalArgumentException.class, () -> new Price(Double.NaN, "a paper"));
    }

    @Test
    void shouldNameTheModelsWhenOneIsUnknown() {
        final IllegalArgumentException e =
            assertThrows(IllegalArgumentException.class, () -> PriceModels.byName("7nm"));
        assertEquals("no price model '7nm': expected one of 45nm-float32, 45nm-float32-neurons, loihi", e.getMessage());
    }

    @Test
    void shouldRefuseAPriceOutsideTheScope() {
        assertThrows(IllegalArgumentException.class, () -> new PriceModel("x", "x", 45, 32, Boundary.CHIP, Set.of(),
            Map.of(Operation.RESETS, new Price(1, "a paper"))));
    }
}
