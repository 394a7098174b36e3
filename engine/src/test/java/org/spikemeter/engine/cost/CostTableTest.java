package org.spikemeter.engine.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.engine.kernel.Kernels;

class CostTableTest {
    private static String text(final String kernels) {
        return Arrays.stream(CostPart.values()).filter(part -> CostTable.isUsed(part, kernels))
            .map(part -> CostTable.line(kernels, part, part.ordinal() + 0.25)).collect(Collectors.joining("\n"));
    }

    @ParameterizedTest
    @EnumSource(names = {"SCALAR", "VECTOR"})
    void shouldComeWithTheProgram(final Kernels.Choice choice) {
        final Kernels kernels = Kernels.of(choice);
        final CostTable table = CostTable.of(kernels);
        final String name = choice == Kernels.Choice.SCALAR ? CostTable.SCALAR : CostTable.VECTOR;
        for (final CostPart.Loop loop : CostPart.Loop.values()) {
            final double sum = Arrays.stream(CostPart.values()).filter(part -> part.loop() == loop)
                .mapToDouble(table::nanos).sum();
            final boolean used = Arrays.stream(CostPart.values())
                .anyMatch(part -> part.loop() == loop && CostTable.isUsed(part, name));
            assertEquals(used, sum > 0, loop.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {CostTable.SCALAR, CostTable.VECTOR})
    void shouldReadWhatIsWritten(final String kernels) throws IOException {
        final CostTable table = CostTable.read(new StringReader(text(kernels)), "table", kernels);
        for (final CostPart part : CostPart.values()) {
            assertEquals(CostTable.isUsed(part, kernels) ? part.ordinal() + 0.25 : 0, table.nanos(part), 1e-3 * 20);
        }
    }

    @ParameterizedTest
    @CsvSource({"vector.gather.add=,''", "vector.gather.add=fast,fast", "vector.gather.add=-1,-1",
        "vector.gather.add=NaN,NaN", "vector.gather.add=Infinity,Infinity"})
    void shouldNameTheCostThatIsNoTime(final String line, final String found) {
        final String text = text(CostTable.VECTOR) + "\n" + line;
        final IllegalStateException thrown = assertThrows(IllegalStateException.class,
            () -> CostTable.read(new StringReader(text), "table", CostTable.VECTOR));
        assertEquals("table: vector.gather.add is '" + found + "', expected nanoseconds, 0 or more",
            thrown.getMessage());
    }

    @Test
    void shouldNameTheCostThatIsMissing() {
        final IllegalStateException thrown = assertThrows(IllegalStateException.class,
            () -> CostTable.read(new StringReader(text(CostTable.SCALAR)), "table", CostTable.VECTOR));
        assertEquals("table: vector.slide.take is missing, expected nanoseconds, 0 or more", thrown.getMessage());
    }

    @Test
    void shouldNameTheCostThatIsUnknown() {
        final String text = text(CostTable.VECTOR) + "\nvector.slide.sideways=1";
        final IllegalStateException thrown = assertThrows(IllegalStateException.class,
            () -> CostTable.read(new StringReader(text), "table", CostTable.VECTOR));
        assertTrue(thrown.getMessage().endsWith("vector.slide.sideways"), thrown.getMessage());
    }

    @Test
    void shouldRejectWhatIsNoPropertiesFile() {
        assertThrows(IllegalStateException.class,
            () -> CostTable.read(new StringReader("vector.\\u00zz=1"), "table", CostTable.VECTOR));
    }

    @Test
    void shouldRejectCostsThatAreNotOnePerPart() {
        assertThrows(IllegalArgumentException.class, () -> new CostTable(1, 2));
        final double[] negative = new double[CostPart.values().length];
        negative[3] = -1;
        assertThrows(IllegalArgumentException.class, () -> new CostTable(negative));
    }

    @Test
    void shouldHaveKeysOfTheirOwn() {
        assertEquals(CostPart.values().length,
            Arrays.stream(CostPart.values()).map(CostPart::key).distinct().count());
        assertFalse(CostTable.isUsed(CostPart.SLIDE_ADD, CostTable.SCALAR));
    }
}
