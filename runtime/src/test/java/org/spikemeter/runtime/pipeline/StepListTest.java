package org.spikemeter.runtime.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.network.Shape;

class StepListTest {
    private static final Shape SHAPE = new Shape(20, 25, 2);

    /** A step as text: its events, and its arrival where it has any. */
    private static String text(final StepEvents step, final long arrivalNanos) {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < step.size(); i++) {
            text.append(step.address(i)).append('=').append(step.value(i)).append(' ');
        }
        return step.size() == 0 ? "" : text.append('@').append(arrivalNanos).toString();
    }

    private static List<String> steps(final StepList list) {
        final List<String> steps = new ArrayList<>();
        final StepEvents step = new StepEvents(SHAPE);
        int events = 0;
        for (int entry = 0; entry < list.entries(); entry++) {
            list.get(entry, step);
            events += step.size();
            assertEquals(step.size() == 0, list.isSilent(entry));
            for (int repeat = 0; repeat < list.repeats(entry); repeat++) {
                steps.add(text(step, list.arrivalNanos(entry)));
            }
        }
        assertEquals(steps.size(), list.steps());
        assertEquals(events, list.events());
        return steps;
    }

    private static StepEvents random(final SplittableRandom random) {
        final StepEvents step = new StepEvents(SHAPE);
        final double density = random.nextInt(3) == 0 ? 0.0 : random.nextDouble() * random.nextDouble();
        for (int address = 0; address < SHAPE.size(); address++) {
            if (random.nextDouble() < density) {
                step.add(address, random.nextBoolean() ? 1.0f : random.nextFloat() + 0.5f);
            }
        }
        return step;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldHoldWhatAPlainListHolds(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final StepList list = new StepList();
        final StepList other = new StepList();
        for (int round = 0; round < 20; round++) {
            final List<String> expected = new ArrayList<>();
            final List<String> expectedOther = new ArrayList<>();
            list.clear();
            other.clear();
            for (int i = random.nextInt(200); i > 0; i--) {
                switch (random.nextInt(20)) {
                    case 0 -> {
                        list.addAll(other);
                        expected.addAll(expectedOther);
                    }
                    case 1, 2 -> {
                        final int silent = random.nextInt(5);
                        list.addSilence(silent);
                        expected.addAll(java.util.Collections.nCopies(silent, ""));
                    }
                    case 3, 4, 5 -> add(random(random), i, other, expectedOther);
                    default -> add(random(random), i, list, expected);
                }
            }
            assertEquals(expected, steps(list), "seed " + seed + ", round " + round);
            assertEquals(expectedOther, steps(other), "seed " + seed + ", round " + round);
        }
    }

    private static void add(
        final StepEvents step, final long arrival, final StepList list, final List<String> expected) {
        list.add(step, arrival);
        expected.add(text(step, arrival));
    }

    @Test
    void shouldTakeNoRoomForALongSilence() {
        final StepList list = new StepList();
        list.addSilence(5_000_000_000L);
        list.addSilence(1);
        assertEquals(5_000_000_001L, list.steps());
        assertEquals(3, list.entries());
        assertEquals(5_000_000_001L, (long) list.repeats(0) + list.repeats(1) + list.repeats(2));
    }
}
