package org.spikemeter.engine.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class WindowTest {
    private static final int HUGE = 1 << 20;

    /** Windows start at -padding, one each stride, as long as their last tap lies on the padded grid. */
    private static int windows(
        final int size, final int kernel, final int stride, final int padding, final int dilation) {
        int windows = 0;
        for (int start = -padding; start + dilation * (kernel - 1) < size + padding; start += stride) {
            windows++;
        }
        return windows;
    }

    @Test
    void shouldCountWindowsThatFitOnThePaddedGrid() {
        int checked = 0;
        for (int size = 1; size <= 9; size++) {
            for (int kernel = 1; kernel <= 4; kernel++) {
                for (int stride = 1; stride <= 4; stride++) {
                    for (int padding = 0; padding <= 3; padding++) {
                        for (int dilation = 1; dilation <= 3; dilation++) {
                            check(size, kernel, stride, padding, dilation);
                            checked++;
                        }
                    }
                }
            }
        }
        assertEquals(9 * 4 * 4 * 4 * 3, checked);
    }

    private static void check(
        final int size, final int kernel, final int stride, final int padding, final int dilation) {
        final int expected = windows(size, kernel, stride, padding, dilation);
        final Window rows = new Window(kernel, 1, stride, 1, padding, 0, dilation, 1);
        final Window columns = new Window(1, kernel, 1, stride, 0, padding, 1, dilation);
        final String place = size + " " + rows;
        assertEquals(expected, Math.max(rows.outputHeight(size), 0), place);
        assertEquals(7, rows.outputWidth(7), place);
        assertEquals(expected, Math.max(columns.outputWidth(size), 0), place);
        assertEquals(7, columns.outputHeight(7), place);
        if (expected > 0) {
            assertEquals(new Shape(expected, 5, 3), rows.output(new Shape(size, 5, 2), 3), place);
            assertEquals(new Shape(5, expected, 3), columns.output(new Shape(5, size, 2), 3), place);
        } else {
            assertThrows(IllegalArgumentException.class, () -> rows.output(new Shape(size, 5, 2), 3), place);
            assertThrows(IllegalArgumentException.class, () -> columns.output(new Shape(5, size, 2), 3), place);
        }
    }

    @Test
    void shouldGiveSizesOfTorchvisionsFirstLayers() {
        assertEquals(new Shape(112, 112, 64), Window.square(7, 2, 3).output(new Shape(224, 224, 3), 64));
        assertEquals(new Shape(56, 56, 64), Window.square(3, 2, 1).output(new Shape(112, 112, 64), 64));
        assertEquals(new Shape(55, 55, 96), Window.square(11, 4, 2).output(new Shape(224, 224, 3), 96));
    }

    @Test
    void shouldNameWindowAndGridWhenItDoesNotFit() {
        final Window window = new Window(3, 2, 1, 1, 0, 1, 2, 1);
        assertEquals("a window of 3 x 2 (dilation 2 x 1, padding 0 x 1) does not fit into 4 x 9",
            assertThrows(IllegalArgumentException.class, () -> window.output(new Shape(4, 9, 1), 1)).getMessage());
    }

    @Test
    void shouldNotOverflowWhenSidesAreHuge() {
        final Window wide = new Window(HUGE, HUGE, HUGE, HUGE, HUGE, HUGE, HUGE, HUGE);
        assertEquals(0, wide.outputHeight(Shape.MAX_SIZE));
        final Window padded = new Window(1, 1, 1, 1, HUGE, HUGE, 1, 1);
        assertEquals(Shape.MAX_SIZE + 2 * HUGE, padded.outputHeight(Shape.MAX_SIZE));
        assertThrows(IllegalArgumentException.class, () -> padded.output(new Shape(1, 1, 1), 1));
    }

    @Test
    void shouldNameSideThatIsOutOfRange() {
        refuses("kernel is 0: expected 1 to 1048576", 0, 1, 1, 1, 0, 0, 1, 1);
        refuses("kernel is -1: expected 1 to 1048576", 1, -1, 1, 1, 0, 0, 1, 1);
        refuses("stride is 0: expected 1 to 1048576", 1, 1, 0, 1, 0, 0, 1, 1);
        refuses("stride is 1048577: expected 1 to 1048576", 1, 1, 1, HUGE + 1, 0, 0, 1, 1);
        refuses("padding is -1: expected 0 to 1048576", 1, 1, 1, 1, -1, 0, 1, 1);
        refuses("padding is 2147483647: expected 0 to 1048576", 1, 1, 1, 1, 0, Integer.MAX_VALUE, 1, 1);
        refuses("dilation is 0: expected 1 to 1048576", 1, 1, 1, 1, 0, 0, 0, 1);
        refuses("dilation is -2147483648: expected 1 to 1048576", 1, 1, 1, 1, 0, 0, 1, Integer.MIN_VALUE);
    }

    private static void refuses(final String message, final int... sides) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, () -> new Window(sides[0], sides[1],
            sides[2], sides[3], sides[4], sides[5], sides[6], sides[7])).getMessage());
    }
}
