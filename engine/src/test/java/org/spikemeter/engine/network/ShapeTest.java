package org.spikemeter.engine.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapeTest {
    @Test
    void shouldNumberNeuronsChannelLastAndTheirTrainedIndexChannelFirst() {
        final Shape shape = new Shape(3, 5, 7);
        int address = 0;
        for (int y = 0; y < 3; y++) {
            for (int x = 0; x < 5; x++) {
                for (int c = 0; c < 7; c++) {
                    assertEquals(address, shape.address(y, x, c));
                    assertEquals(c * 15 + y * 5 + x, shape.channelFirstIndex(address));
                    address++;
                }
            }
        }
        assertEquals(address, shape.size());
        assertEquals(15, shape.pixels());
    }

    @Test
    void shouldKeepOrderWhenShapeIsFlat() {
        final Shape flat = Shape.flat(9);
        assertEquals(new Shape(1, 1, 9), flat);
        for (int i = 0; i < 9; i++) {
            assertEquals(i, flat.channelFirstIndex(i));
        }
    }

    @ParameterizedTest
    @CsvSource({"0,1,1", "1,-1,1", "1,1,0", "-2147483648,1,1"})
    void shouldRefuseSideBelowOne(final int height, final int width, final int channels) {
        assertEquals("shape " + height + " x " + width + " x " + channels
            + " (height x width x channels): every side must be at least 1",
            assertThrows(IllegalArgumentException.class, () -> new Shape(height, width, channels)).getMessage());
    }

    @ParameterizedTest
    @CsvSource({"16384,16384,2", "65536,65536,1", "2147483647,2147483647,2147483647", "1,1,268435457"})
    void shouldRefuseMoreNeuronsThanAddresses(final int height, final int width, final int channels) {
        final String message =
            assertThrows(IllegalArgumentException.class, () -> new Shape(height, width, channels)).getMessage();
        assertTrue(message.endsWith(" has more than 268435456 neurons"), message);
    }

    @Test
    void shouldTakeAsManyNeuronsAsThereAreAddresses() {
        assertEquals(Shape.MAX_SIZE, new Shape(16384, 16384, 1).size());
    }
}
