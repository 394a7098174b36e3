package org.spikemeter.dvs.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GreyModeTest {
    @Test
    void shouldWeighColoursInFloatWhenFloat() {
        assertEquals((0.299f * 200 + 0.587f * 100 + 0.114f * 50) / 255.0f, GreyMode.FLOAT.rgb8(200, 100, 50));
        assertEquals(0.299f, GreyMode.FLOAT.rgb8(255, 0, 0), 1e-7f);
        assertEquals(0.587f, GreyMode.FLOAT.rgb16(0, 65535, 0), 1e-7f);
    }

    @Test
    void shouldStayInUnitRangeForEveryNeutralColour() {
        for (int v = 0; v < 256; v++) {
            for (final GreyMode mode : GreyMode.values()) {
                final float grey = mode.rgb8(v, v, v);
                assertTrue(grey >= 0.0f && grey <= 1.0f, mode + " " + v);
                assertEquals(v / 255.0f, grey, 1e-6f, mode + " " + v);
            }
        }
    }

    @Test
    void shouldRoundToNearestByteWhenEightBit() {
        for (int red = 0; red < 256; red += 5) {
            for (int green = 0; green < 256; green += 3) {
                final double exact = 0.299 * red + 0.587 * green + 0.114 * 77;
                final float grey = GreyMode.EIGHT_BIT.rgb8(red, green, 77);
                assertEquals(exact / 255, grey, 0.51 / 255);
                assertEquals(grey, GreyMode.EIGHT_BIT.grey(grey));
            }
        }
        assertEquals(128 / 255.0f, GreyMode.EIGHT_BIT.grey(0.5f));
    }

    @Test
    void shouldKeepEveryByteWhenGreyAlready() {
        for (int v = 0; v < 256; v++) {
            assertEquals(v / 255.0f, GreyMode.EIGHT_BIT.grey(v / 255.0f));
            assertEquals(v / 255.0f, GreyMode.FLOAT.grey(v / 255.0f));
        }
    }
}
