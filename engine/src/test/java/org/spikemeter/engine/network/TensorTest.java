package org.spikemeter.engine.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TensorTest {
    private static String refusal(final float[] values, final int... shape) {
        return assertThrows(IllegalArgumentException.class, () -> Tensor.of(values, shape)).getMessage();
    }

    @Test
    void shouldStayAsItWasWhenArraysAroundItChange() {
        final float[] values = {1, 2, 3, 4, 5, 6};
        final int[] shape = {2, 3};
        final Tensor tensor = Tensor.of(values, shape);
        values[0] = 9;
        shape[0] = 9;
        tensor.toArray()[1] = 9;
        assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, tensor.toArray());
        assertEquals("[2, 3]", tensor.shapeText());
        assertEquals(2, tensor.rank());
        assertEquals(3, tensor.dimension(1));
        assertEquals(6, tensor.size());
        assertEquals(6.0f, tensor.get(5));
    }

    @Test
    void shouldTellTensorsApartByValuesAndShape() {
        final Tensor tensor = Tensor.of(new float[] {1, 2}, 2);
        assertEquals(tensor, Tensor.of(new float[] {1, 2}, 2));
        assertEquals(tensor.hashCode(), Tensor.of(new float[] {1, 2}, 2).hashCode());
        assertNotEquals(tensor, Tensor.of(new float[] {1, 3}, 2));
        assertNotEquals(tensor, Tensor.of(new float[] {1, 2}, 2, 1));
    }

    @Test
    void shouldHoldOneValueWithoutAxes() {
        assertEquals(3.0f, Tensor.of(new float[] {3}).get(0));
        assertEquals(0, Tensor.of(new float[] {3}).rank());
    }

    @Test
    void shouldRefuseShapeThatDoesNotFit() {
        assertEquals("shape [2, 2] needs 4 values, found 3", refusal(new float[3], 2, 2));
        assertEquals("shape [] needs 1 values, found 0", refusal(new float[0]));
    }

    @Test
    void shouldRefuseNegativeSidesWhoseProductFits() {
        assertEquals("shape [-2, -3]: expected sides of at least 0", refusal(new float[6], -2, -3));
    }

    @Test
    void shouldRefuseShapeWhoseProductOverflows() {
        final int huge = Integer.MAX_VALUE;
        assertEquals("shape [2147483647, 2147483647, 2147483647, 4] has more values than an array holds",
            refusal(new float[4], huge, huge, huge, 4));
        assertEquals(0, Tensor.of(new float[0], huge, huge, huge, 0).size());
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void shouldNameValueThatIsNotFinite(final float value) {
        assertEquals("value 1 of 3 is " + value + ": expected finite numbers",
            refusal(new float[] {0, value, value}, 3));
    }
}
