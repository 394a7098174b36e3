package org.spikemeter.dvs.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SensorSizeTest {
    @ParameterizedTest
    @CsvSource({"346x260, 346, 260", "40X30, 40, 30", "1x32768, 1, 32768", "007x1, 7, 1"})
    void shouldReadColumnsAndRows(final String text, final int width, final int height) {
        assertEquals(new SensorSize(width, height), SensorSize.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "40", "40x", "x3", "0x3", "32769x1", "40x30x20", "-4x3", "4 x 3", "999999999x1",
        "99999999999x1"})
    void shouldSayWhatIsExpectedWhereTextIsNoSize(final String text) {
        final String message =
            assertThrows(IllegalArgumentException.class, () -> SensorSize.parse(text)).getMessage();
        assertTrue(message.contains(": expected "), message);
    }

    @Test
    void shouldBelieveNoClaimThatCannotBe() {
        assertEquals(Optional.of(new SensorSize(32_768, 1)), SensorSize.of(32_768, 1));
        // the lower 32 bits of these would do
        assertEquals(Optional.empty(), SensorSize.of((1L << 32) + 5, 1));
        assertEquals(Optional.empty(), SensorSize.of(5, -1L << 32 | 7));
        assertEquals(Optional.empty(), SensorSize.of(0, 5));
    }
}
