package org.spikemeter.engine.aer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.engine.network.Shape;

class StepEventsTest {
    private static void refuses(final String message, final StepEvents events, final int address, final float value) {
        final int size = events.size();
        assertEquals(message, assertThrows(IllegalArgumentException.class, () -> events.add(address, value))
            .getMessage());
        assertEquals(size, events.size());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1023, 1024, 1025, 4099})
    void shouldKeepEveryEventWhileItGrows(final int size) {
        final StepEvents events = new StepEvents(Shape.flat(size));
        for (int round = 0; round < 2; round++) {
            for (int address = 0; address < size; address++) {
                events.add(address, address + 1);
            }
            assertEquals(size, events.size());
            for (int i = 0; i < size; i++) {
                assertEquals(i, events.address(i));
                assertEquals(i + 1.0f, events.value(i));
            }
            events.clear();
            assertEquals(0, events.size());
        }
    }

    @Test
    void shouldBeUnitAsLongAsAllValuesAreOne() {
        final StepEvents events = new StepEvents(Shape.flat(9));
        assertTrue(events.isUnit());
        events.add(2);
        events.add(3, 1.0f);
        assertTrue(events.isUnit());
        events.add(4, -1.0f);
        events.add(5);
        assertFalse(events.isUnit());
        events.clear();
        assertTrue(events.isUnit());
    }

    @Test
    void shouldLeaveZerosOut() {
        final StepEvents events = new StepEvents(Shape.flat(9));
        events.add(3, 0.0f);
        events.add(3, -0.0f);
        assertEquals(0, events.size());
        assertTrue(events.isUnit());
        events.add(3, Float.MIN_VALUE);
        assertEquals(1, events.size());
    }

    @Test
    void shouldRefuseAddressesOutOfOrderOrRange() {
        final StepEvents events = new StepEvents(new Shape(2, 2, 2));
        refuses("event address -1 after none: expected ascending addresses below 8", events, -1, 1);
        refuses("event address 8 after none: expected ascending addresses below 8", events, 8, 1);
        events.add(5);
        refuses("event address 5 after 5: expected ascending addresses below 8", events, 5, 1);
        refuses("event address 4 after 5: expected ascending addresses below 8", events, 4, 1);
        refuses("event address 2147483647 after 5: expected ascending addresses below 8", events, Integer.MAX_VALUE,
            1);
        events.add(7);
        assertEquals(2, events.size());
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void shouldNameValueThatIsNotFinite(final float value) {
        refuses("event at address 2 has the value " + value + ": expected a finite number",
            new StepEvents(Shape.flat(9)), 2, value);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 15, 16, 17, 1023, 1024, 1025, 4099})
    void shouldBeAsIfAddedOneByOneWhenReplaced(final int size) {
        final SplittableRandom random = new SplittableRandom(size);
        final StepEvents expected = new StepEvents(Shape.flat(size));
        final StepEvents actual = new StepEvents(Shape.flat(size));
        final float[] values = {0.0f, -0.0f, 1.0f, 1.0f, -1.0f, 2.5f, Float.MIN_VALUE, -Float.MAX_VALUE};
        for (int kinds = 1; kinds <= values.length; kinds++) {
            final float[] dense = new float[size];
            expected.clear();
            for (int address = 0; address < size; address++) {
                dense[address] = values[random.nextInt(kinds)];
                expected.add(address, dense[address]);
            }
            actual.replace(dense);
            assertEquals(expected.size(), actual.size());
            assertEquals(expected.isUnit(), actual.isUnit(), "of " + kinds + " values");
            for (int i = 0; i < actual.size(); i++) {
                assertEquals(expected.address(i), actual.address(i));
                assertEquals(expected.value(i), actual.value(i));
            }
        }
    }

    @Test
    void shouldRefuseToBeReplacedByWhatAreNoEvents() {
        final StepEvents events = new StepEvents(Shape.flat(3));
        events.add(1);
        for (final float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            assertEquals("event at address 2 has the value " + value + ": expected a finite number",
                assertThrows(IllegalArgumentException.class, () -> events.replace(new float[] {1, 0, value}))
                    .getMessage());
            assertEquals(0, events.size());
            assertTrue(events.isUnit());
        }
        assertEquals("2 values for a grid of 3 addresses",
            assertThrows(IllegalArgumentException.class, () -> events.replace(new float[2])).getMessage());
    }
}
