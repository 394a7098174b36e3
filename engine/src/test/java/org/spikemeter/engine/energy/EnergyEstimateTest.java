package org.spikemeter.engine.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        return new OperationCounts(List.of(new OperationCounts.Entry(
            0, 1, new OperationCounts.MemoryWords(1000, 2048, 8192, 1 << 20), layer)));
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
        assertEquals(new Interval(236.0, 236.0), energy.lines().getFirst().energy().orElseThrow());
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
        assertThrows(IllegalArgumentException.class, () -> quote(1.0, " "));
        assertThrows(IllegalArgumentException.class, () -> quote(Double.NaN, "a paper"));
        assertThrows(IllegalArgumentException.class, () -> quote(-1.0, "a paper"));
    }

    @Test
    void shouldNameTheModelsWhenOneIsUnknown() {
        final IllegalArgumentException e =
            assertThrows(IllegalArgumentException.class, () -> PriceModels.byName("7nm"));
        assertTrue(e.getMessage().startsWith("no price model '7nm': expected one of 45nm-float32, "), e.getMessage());
    }

    @Test
    void shouldRefuseAPriceOutsideTheScope() {
        assertThrows(IllegalArgumentException.class, () -> new PriceModel("x", "x", 45, 32, Boundary.CHIP, Set.of(),
            Map.of(Operation.RESETS, new Price(List.of(quote(1, "a paper")))), null));
    }

    private static Price.Quote quote(final double picojoules, final String source) {
        return new Price.Quote(picojoules, 45, 32, Boundary.CHIP, source);
    }

    @Test
    void shouldGiveAnIntervalWhenSourcesDisagree() {
        final EnergyEstimate energy = EnergyEstimate.of(counts(Map.of(Operation.SYNAPTIC_ACCUMULATES, 1000L)),
            PriceModels.byName("spinnaker"));
        assertEquals(new Interval(45e3, 600e6), energy.total().orElseThrow());
        assertEquals(OptionalDouble.empty(), energy.totalPicojoules());
    }

    @Test
    void shouldPriceMemoryByTheSizeOfWhatIsKept() {
        // 1000 weights fit 8 KB, 2048 potentials just so, 8192 input events just 32 KB, 2^20 output events only DRAM;
        // a 32-bit number is half of a 64-bit access
        final EnergyEstimate energy = EnergyEstimate.of(counts(Map.of(
            Operation.WEIGHT_READS, 1L, Operation.MEMBRANE_READS, 10L, Operation.MEMBRANE_WRITES, 100L,
            Operation.EVENT_READS, 1000L, Operation.EVENT_WRITES, 10_000L)),
            PriceModels.byName(PriceModels.WITH_MEMORY));
        final double sram = 5.0 * 111 + 10.0 * 1000;
        assertEquals(new Interval(sram + 650.0 * 10_000, sram + 1300.0 * 10_000), energy.total().orElseThrow());
    }

    @Test
    void shouldGiveNoTotalWhenNoMemoryIsLargeEnough() {
        final MemoryPrices memory = new MemoryPrices(64,
            List.of(new MemoryPrices.Size(64, new Price(List.of(quote(1, "a paper"))))));
        final EnergyEstimate energy = EnergyEstimate.of(counts(Map.of(Operation.WEIGHT_READS, 1L)), new PriceModel(
            "x", "x", 45, 32, Boundary.CHIP, Set.of(Operation.WEIGHT_READS), Map.of(), memory));
        assertEquals(List.of(Operation.WEIGHT_READS), energy.unpriced());
        assertEquals(Optional.empty(), energy.total());
    }
}
