package org.spikemeter.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Integer mode from the command line. */
class IntegerTest {
    private static JsonNode json(final Object... arguments) {
        final Programs.Outcome outcome = Programs.spikemeter(arguments);
        assertEquals(0, outcome.code(), outcome.err());
        return new ObjectMapper().readTree(outcome.out());
    }

    @Test
    void shouldShowFloatBesideWhenRunIsInIntegers() {
        final JsonNode floating = json("run", "--steps", 10, "--json", "-");
        final JsonNode integer = json("run", "--steps", 10, "--weights", "int8", "--membrane", "int16", "--json", "-");
        assertFalse(floating.has("quantisation"));
        assertFalse(floating.has("float"));
        assertFalse(floating.get("totals").has("overflows"));
        assertEquals(8, integer.get("quantisation").get("weightBits").intValue());
        assertEquals(16, integer.get("quantisation").get("membraneBits").intValue());
        assertEquals(floating.get("label"), integer.get("float").get("label"));
        assertEquals(floating.get("groups"), integer.get("float").get("groups"));
        assertEquals(floating.get("energy"), integer.get("float").get("energy"));
        for (final String count : List.of("spikes", "acc", "mac")) {
            assertEquals(floating.get("totals").get(count), integer.get("float").get(count), count);
        }
        assertEquals("45nm-int8-acc32", integer.get("energy").get("model").stringValue());
        assertTrue(integer.get("energy").get("totalPicojoules").doubleValue()
            < 0.15 * floating.get("energy").get("totalPicojoules").doubleValue());
        long overflows = 0;
        for (final JsonNode layer : integer.get("layers")) {
            for (final JsonNode step : layer.has("overflows") ? layer.get("overflows") : List.<JsonNode>of()) {
                overflows += step.longValue();
            }
        }
        assertEquals(integer.get("totals").get("overflows").longValue(), overflows);
    }

    @Test
    void shouldGiveTheSameResultWhenExecutionIsAPipeline() {
        final JsonNode sequence = json("run", "--steps", 5, "--weights", "int8", "--json", "-");
        final JsonNode pipeline =
            json("run", "--steps", 5, "--weights", "int8", "--execution", "pipeline", "--threads", 2, "--json", "-");
        for (final String field : List.of("label", "groups", "layers", "totals", "energy", "float")) {
            assertEquals(sequence.get(field), pipeline.get(field), field);
        }
    }

    @Test
    void shouldShowFloatBesideWhenAuditIsInIntegers() {
        final JsonNode audit =
            json("audit", "--steps", 5, "--weights", "int8", "--membrane", "int24", "--json", "-");
        assertEquals(24, audit.get("quantisation").get("membraneBits").intValue());
        assertEquals(1, audit.get("float").get("labels").size());
        assertTrue(audit.get("float").get("picojoules").get("mean").doubleValue()
            > 5 * audit.get("integerPicojoules").get("mean").doubleValue());
        assertTrue(Programs.spikemeter("audit", "--steps", 5, "--weights", "int8").out()
            .contains("beside floating point"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--weights int9 | weights of 9 bits: expected 2 to 8",
        "--weights 8 | --weights is '8': expected a type such as int8",
        "--membrane int16 | --membrane is about integers: expected --weights int8 with it",
        "--weights int8 --membrane int20 | a membrane of 20 bits: expected 16, 24 or 32"})
    void shouldRejectWidthsThatDoNotExist(final String arguments, final String message) {
        final String[] words = ("run " + arguments).split(" ");
        final Programs.Outcome outcome = Programs.spikemeter((Object[]) words);
        assertEquals(2, outcome.code());
        assertTrue(outcome.err().contains(message), outcome.err());
    }
}
