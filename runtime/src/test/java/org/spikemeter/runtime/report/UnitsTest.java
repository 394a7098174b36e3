package org.spikemeter.runtime.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0.00 pJ", "99.994, 99.99 pJ", "100, 0.10 nJ", "2.04e9, 2.04 mJ", "4.1e8, 0.41 mJ", "3e15, 3000.00 J"})
    void shouldPickTheUnit(final double picojoules, final String text) {
        assertEquals(text, Units.energy(picojoules));
    }

    @Test
    void shouldFitColumnsToTheirCells() {
        final List<String> lines =
            new TextTable("name", ">count").row("a", 1).row("a name of far too many letters for a column", 1234567)
                .lines();
        final String cut = "a name of far too many letters fo…";
        assertEquals(List.of("name" + " ".repeat(cut.length() + 2) + "    count".substring(4),
            "a" + " ".repeat(cut.length() + 1) + "        1", cut + "  1,234,567"), lines);
    }
}
