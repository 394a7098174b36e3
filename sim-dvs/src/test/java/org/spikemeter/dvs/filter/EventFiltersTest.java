package org.spikemeter.dvs.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventFiltersTest {
    @Test
    void shouldKeepTheOrderAndSayWhatIsInForce() {
        assertEquals(List.of("refractory:1500us", "ba:5ms", "hot:200:1s", "hot:1k:100ms", "rate:1M:1ms",
                "rate:2500:10ms"),
            EventFilters.parse("refractory:1.5ms, ba:0.005s,hot:200,hot:1k:100ms,rate:1M,rate:2.5k:10ms").stream()
                .map(CountingFilter::describe).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ba", "ba:", "ba:5", "ba:0ms", "ba:-5ms", "ba:0.5us", "ba:5ms:1", "ba:5ms,", "be:5ms",
        "BA:5ms", "refractory:1h", "refractory:99999999999999999s", "hot:0", "hot:1.5", "hot:x", "hot:1:1ms",
        "hot:1:2:3", "rate:1k:0ms", "rate:100:1ms", "rate:2G", "rate:1:2000s", "rate:1T", "ba:1e3us"})
    void shouldNameWhatIsWrongAndWhatIsPossible(final String text) {
        final String message =
            assertThrows(IllegalArgumentException.class, () -> EventFilters.parse(text)).getMessage();
        assertTrue(message.startsWith("filter '") && message.contains("refractory:TIME"), message);
    }

    @ParameterizedTest
    @CsvSource({"5ms, 5000", "1us, 1", "0.25s, 250000", "1.001ms, 1001", "999999999s, 999999999000000"})
    void shouldReadDurations(final String text, final long micros) {
        assertEquals(micros, Quantities.parseDuration(text));
        assertEquals(micros, Quantities.parseDuration(Quantities.duration(micros)));
        assertEquals(micros, Quantities.parseMoment(text));
        assertEquals(-micros, Quantities.parseMoment("-" + text));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0us, 0", "500us, 500", "2ms, 2000"})
    void shouldReadPauses(final String text, final long micros) {
        assertEquals(micros, Quantities.parsePause(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "500", "-1us", "00", "0.5us", "soon"})
    void shouldWantAUnitForPauses(final String text) {
        final String message =
            assertThrows(IllegalArgumentException.class, () -> Quantities.parsePause(text)).getMessage();
        assertTrue(message.contains("unit"), message);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "20k, 20000", "1.5M, 1500000", "1G, 1000000000", "1234567, 1234567", "0.5k, 500"})
    void shouldReadCounts(final String text, final long count) {
        assertEquals(count, Quantities.parseCount(text));
        assertEquals(count, Quantities.parseCount(Quantities.count(count)));
    }
}
