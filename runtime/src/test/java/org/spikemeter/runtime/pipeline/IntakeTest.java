package org.spikemeter.runtime.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class IntakeTest {
    private static final int PRODUCERS = 3;
    private static final int BATCHES = 20_000;

    private static InputBatch batch(final Intake intake, final int events, final long time)
        throws InterruptedException {
        final InputBatch batch = intake.claim();
        for (int i = 0; i < events; i++) {
            batch.events().add(time, i);
        }
        return batch;
    }

    @ParameterizedTest
    @EnumSource(Backpressure.class)
    void shouldAccountForEveryEventWhenSeveralProduce(final Backpressure backpressure) throws Exception {
        final Intake intake = new Intake(backpressure, 5, 16);
        final long[] last = new long[PRODUCERS];
        long taken = 0;
        long takenBatches = 0;
        try (ExecutorService executor = Executors.newFixedThreadPool(PRODUCERS)) {
            final List<Future<Long>> producers = new ArrayList<>();
            for (int producer = 0; producer < PRODUCERS; producer++) {
                producers.add(executor.submit(producer(intake, producer)));
            }
            while (true) {
                final boolean over = producers.stream().allMatch(Future::isDone);
                final InputBatch batch = intake.poll();
                if (batch == null && over) {
                    break;
                } else if (batch != null) {
                    final int producer = (int) (batch.untilMicros() % PRODUCERS);
                    assertTrue(batch.untilMicros() > last[producer], "order of producer " + producer);
                    last[producer] = batch.untilMicros();
                    taken += batch.size();
                    takenBatches++;
                    intake.release(batch);
                }
            }
            long given = 0;
            for (final Future<Long> producer : producers) {
                given += producer.get();
            }
            assertEquals(given, intake.acceptedEvents());
        }
        assertEquals(intake.acceptedEvents(), taken + intake.droppedEvents());
        assertEquals((long) PRODUCERS * BATCHES, takenBatches + intake.droppedBatches());
        if (backpressure == Backpressure.BLOCK) {
            assertEquals(0, intake.droppedBatches());
        }
        for (int i = 0; i < 5; i++) {
            assertNotNull(intake.claim(), "all batches came back");
        }
    }

    /** Hands over batches; how many events they had. */
    private static Callable<Long> producer(final Intake intake, final int producer) {
        return () -> {
            final SplittableRandom random = new SplittableRandom(producer);
            long given = 0;
            for (int i = 1; i <= BATCHES; i++) {
                final InputBatch batch = batch(intake, random.nextInt(20), i);
                batch.setUntilMicros((long) PRODUCERS * i + producer);
                given += batch.size();
                if (random.nextInt(10) == 0) {
                    // one that is claimed for nothing
                    intake.accept(batch);
                    intake.release(intake.claim());
                } else {
                    intake.accept(batch);
                }
            }
            return given;
        };
    }

    @Test
    void shouldDropTheOldestWhenNoneIsFree() throws InterruptedException {
        final Intake intake = new Intake(Backpressure.DROP_OLDEST, 4, 16);
        for (int i = 0; i < 10; i++) {
            intake.accept(batch(intake, i, i));
        }
        assertEquals(45, intake.acceptedEvents());
        assertEquals(6, intake.droppedBatches());
        assertEquals(15, intake.droppedEvents());
        for (int i = 6; i < 10; i++) {
            assertEquals(i, intake.poll().size());
        }
        assertNull(intake.poll());
    }

    @Test
    void shouldStartTheClipWithTheNextBatchWhenItsFirstIsDropped() throws InterruptedException {
        final Intake intake = new Intake(Backpressure.DROP_OLDEST, 2, 16);
        for (int i = 0; i < 4; i++) {
            final InputBatch batch = batch(intake, i, i);
            batch.setStartsClip(i == 1);
            intake.accept(batch);
        }
        final InputBatch first = intake.poll();
        assertEquals(2, first.size());
        assertTrue(first.startsClip() && first.isBehindDropped());
        final InputBatch second = intake.poll();
        assertFalse(second.startsClip() || second.isBehindDropped());
    }

    @Test
    void shouldWaitForAFreeBatchWhenBlocked() throws Exception {
        final Intake intake = new Intake(Backpressure.BLOCK, 2, 16);
        intake.accept(batch(intake, 1, 0));
        intake.accept(batch(intake, 1, 0));
        try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
            final Future<InputBatch> claimed = executor.submit(intake::claim);
            assertThrows(java.util.concurrent.TimeoutException.class, () -> claimed.get(50, TimeUnit.MILLISECONDS));
            final InputBatch taken = intake.poll();
            intake.release(taken);
            assertEquals(taken, claimed.get());
            assertEquals(0, taken.size());
            final Future<InputBatch> none = executor.submit(intake::claim);
            assertThrows(java.util.concurrent.TimeoutException.class, () -> none.get(50, TimeUnit.MILLISECONDS));
            intake.close();
            assertNull(none.get());
        }
    }

    @Test
    void shouldEndTheWaitWhenInterrupted() throws InterruptedException {
        final Intake intake = new Intake(Backpressure.BLOCK, 2, 16);
        intake.claim();
        intake.claim();
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, intake::claim);
        assertFalse(Thread.interrupted());
    }
}
