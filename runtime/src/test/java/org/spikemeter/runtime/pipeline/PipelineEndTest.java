package org.spikemeter.runtime.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.spikemeter.runtime.pipeline.TestPipelines.assertEnded;
import static org.spikemeter.runtime.pipeline.TestPipelines.context;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.runtime.pipeline.TestPipelines.Events;
import org.spikemeter.runtime.pipeline.TestPipelines.Keeping;
import org.spikemeter.runtime.pipeline.TestPipelines.Slow;

/** However a pipeline ends: no thread is left, and the books are complete. */
@Timeout(60)
class PipelineEndTest {
    private static final int ENDLESS = Integer.MAX_VALUE;

    /** Throws at a batch. */
    private static final class FailingSink extends Keeping {
        private final long at;
        private final Throwable failure;

        FailingSink(final long at, final Throwable failure) {
            super("failing");
            this.at = at;
            this.failure = failure;
        }

        @Override
        public void onBatch(final PipelineBatch batch, final boolean endOfBurst) throws IOException {
            if (batch.number() == at) {
                switch (failure) {
                    case IOException e -> throw e;
                    case RuntimeException e -> throw e;
                    case Error e -> throw e;
                    default -> throw new AssertionError(failure);
                }
            }
            super.onBatch(batch, endOfBurst);
        }
    }

    /** Waits for {@code close}, whatever happens. */
    private static final class Waiter implements PipelineSource {
        private final CountDownLatch closed = new CountDownLatch(1);
        private final CountDownLatch waits = new CountDownLatch(1);
        private final IOException whenClosed;

        Waiter(final IOException whenClosed) {
            this.whenClosed = whenClosed;
        }

        @Override
        public String name() {
            return "waiter";
        }

        @Override
        public void run(final Intake intake) throws IOException {
            waits.countDown();
            while (closed.getCount() > 0) {
                try {
                    closed.await();
                } catch (final InterruptedException ignored) {
                    // as a read does that cannot be interrupted
                    continue;
                }
            }
            if (whenClosed != null) {
                throw whenClosed;
            }
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    private static PipelineException assertFails(final Pipeline pipeline) throws InterruptedException {
        final PipelineException thrown = assertThrows(PipelineException.class, pipeline::await);
        final PipelineTotals totals = pipeline.totals();
        assertEquals(0, totals.underWay(), "await has completed the books: " + totals);
        pipeline.close();
        assertEquals(totals, pipeline.totals());
        assertEnded(pipeline);
        assertSame(thrown, pipeline.fault());
        return thrown;
    }

    @ParameterizedTest
    @CsvSource({"0, BLOCK", "1, BLOCK", "117, BLOCK", "117, DROP_OLDEST"})
    void shouldStopWhenASinkFails(final long batch, final Backpressure backpressure) throws Exception {
        for (final Throwable failure : new Throwable[] {
            new IOException("disk full"), new IllegalStateException("wrong"), new OutOfMemoryError("no heap")}) {
            final Keeping other = new Keeping("other");
            final Pipeline pipeline = new Pipeline(context().backpressure(backpressure)
                .source(new Events("a", ENDLESS, 7)).source(new Events("b", ENDLESS, 7)).source(new Waiter(null))
                .sink(other).sink(new FailingSink(batch, failure)));
            pipeline.start();
            final PipelineException thrown = assertFails(pipeline);
            assertEquals("failing", thrown.stage());
            assertEquals(batch, thrown.batch());
            assertSame(failure, thrown.getCause());
            assertEquals("failing failed at batch " + batch + ": " + failure.getMessage(), thrown.getMessage());
            assertTrue(pipeline.totals().processed() <= 7 * batch, "the batch and those behind it are no success");
            assertTrue(pipeline.totals().abandoned() >= 7, pipeline.totals().toString());
        }
    }

    @Test
    void shouldStopWhenThereIsNoBinnerForEvents() throws Exception {
        final Events source = new Events("a", ENDLESS, 3) {
            @Override
            void fill(final int number, final InputBatch batch) throws IOException, InterruptedException {
                if (number < 30) {
                    final StepEvents step = new StepEvents(TestPipelines.network().input());
                    step.add(1);
                    batch.steps().add(step, System.nanoTime());
                } else {
                    super.fill(number, batch);
                }
            }
        };
        final Pipeline pipeline = new Pipeline(context().binner(null).source(source));
        pipeline.start();
        final PipelineException thrown = assertFails(pipeline);
        assertEquals("binning failed at batch 30: 3 events, and no binner was given", thrown.getMessage());
        final PipelineTotals totals = pipeline.totals();
        assertTrue(totals.processed() <= 30, "those that are further on may be abandoned, too: " + totals);
        assertEquals(totals.processed(), totals.steps());
    }

    @Test
    void shouldStopWhenAStepIsOnAnotherGrid() throws Exception {
        final Events source = new Events("a", ENDLESS, 3) {
            @Override
            void fill(final int number, final InputBatch batch) {
                final StepEvents step = new StepEvents(new Shape(100, 100, 2));
                step.add(number == 12 ? 19_999 : 3);
                batch.steps().add(step, System.nanoTime());
            }
        };
        final Pipeline pipeline = new Pipeline(context().source(source).sink(new Keeping("keeping")));
        pipeline.start();
        final PipelineException thrown = assertFails(pipeline);
        assertEquals("simulation", thrown.stage());
        assertEquals(12, thrown.batch());
        assertTrue(pipeline.totals().processed() <= 12, pipeline.totals().toString());
    }

    @Test
    void shouldStopWhenASourceFails() throws Exception {
        for (final Throwable failure : new Throwable[] {
            new IOException("cut off"), new IllegalStateException("wrong"), new StackOverflowError("deep")}) {
            final Events source = new Events("cable", ENDLESS, 3) {
                @Override
                void fill(final int number, final InputBatch batch) throws IOException, InterruptedException {
                    super.fill(number, batch);
                    if (number == 40) {
                        new FailingSink(0, failure).onBatch(new PipelineBatch(1, 0, 1), false);
                    }
                }
            };
            final Pipeline pipeline = new Pipeline(context().source(source).source(new Events("b", ENDLESS, 2))
                .source(new Waiter(null)).sink(new Slow(1)));
            pipeline.start();
            final PipelineException thrown = assertFails(pipeline);
            assertEquals("cable: " + failure.getMessage(), thrown.getMessage());
            assertEquals(PipelineException.NO_BATCH, thrown.batch());
        }
    }

    @Test
    void shouldEndAllThreadsWhenASourceFailsToClose() {
        final Events source = new Events("stubborn", ENDLESS, 3) {
            @Override
            public void close() {
                throw new IllegalStateException("does not close");
            }
        };
        final Waiter waiter = new Waiter(null);
        final Pipeline pipeline = new Pipeline(context().source(source).source(waiter));
        pipeline.start();
        pipeline.close();
        assertEnded(pipeline);
        assertEquals("stubborn: does not close", pipeline.fault().getMessage());
    }

    @ParameterizedTest
    @EnumSource(Waiting.class)
    void shouldProcessWhatWasHandedOverWhenClosed(final Waiting waiting) throws Exception {
        final Slow slow = new Slow(1);
        final Pipeline pipeline = new Pipeline(context().waiting(waiting).source(new Events("a", ENDLESS, 7))
            .source(new Events("b", ENDLESS, 3)).sink(slow));
        pipeline.start();
        while (pipeline.totals().processed() < 100) {
            Thread.sleep(1);
        }
        pipeline.close();
        assertEnded(pipeline);
        assertNull(pipeline.fault());
        assertEquals(pipeline.totals().accepted(), pipeline.totals().processed());
        pipeline.close();
        pipeline.await();
        assertEquals(pipeline.totals().processed(), slow.events());
    }

    @Test
    void shouldNotTakeTheEndOfAReadForAFaultWhenClosed() throws Exception {
        final Waiter waiter = new Waiter(new java.nio.channels.AsynchronousCloseException());
        final Pipeline pipeline = new Pipeline(context().source(waiter).source(new Events("a", 20, 5)));
        pipeline.start();
        waiter.waits.await();
        while (pipeline.totals().processed() < 100) {
            Thread.sleep(1);
        }
        pipeline.stop();
        pipeline.await();
        pipeline.close();
        assertEnded(pipeline);
        assertEquals(100, pipeline.totals().processed());
    }

    @Test
    void shouldEndWhenClosedWhileTheClockStandsStill() throws Exception {
        final Gate gate = new Gate();
        final Pipeline pipeline = new Pipeline(context().gate(gate).source(new Events("a", ENDLESS, 7)));
        gate.pause();
        pipeline.start();
        gate.step();
        gate.step();
        while (pipeline.totals().accepted() < 7 * 6) {
            Thread.sleep(1);
        }
        assertEquals(0, pipeline.totals().processed(), "two of seven steps");
        pipeline.close();
        assertEnded(pipeline);
        assertEquals(pipeline.totals().accepted(), pipeline.totals().processed());
    }

    @Test
    void shouldGiveUpWhatIsUnderWayWhenAbandoned() throws Exception {
        final Gate gate = new Gate();
        gate.pause();
        final Pipeline pipeline = new Pipeline(context().gate(gate).source(new Events("a", ENDLESS, 7)));
        pipeline.start();
        while (pipeline.totals().accepted() < 7 * 6) {
            Thread.sleep(1);
        }
        pipeline.abandon("enough");
        assertEquals("pipeline: enough", assertThrows(PipelineException.class, pipeline::await).getMessage());
        pipeline.close();
        assertEnded(pipeline);
        assertTrue(pipeline.totals().abandoned() > 0, pipeline.totals().toString());
    }

    @Test
    void shouldEndWhenClosedBeforeTheStart() {
        final Pipeline pipeline = new Pipeline(context().source(new Events("a", ENDLESS, 7)));
        pipeline.close();
        assertEnded(pipeline);
    }

    @Test
    void shouldCloseWholeWhenTheThreadIsInterrupted() throws Exception {
        final Pipeline pipeline =
            new Pipeline(context().source(new Events("a", ENDLESS, 7)).sink(new Slow(1)));
        pipeline.start();
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, pipeline::await);
        Thread.currentThread().interrupt();
        pipeline.close();
        assertTrue(Thread.interrupted(), "told again");
        assertEnded(pipeline);
        assertEquals(pipeline.totals().accepted(), pipeline.totals().processed());
    }

    @ParameterizedTest
    @EnumSource(Waiting.class)
    void shouldGoOnWhenStagesAreInterrupted(final Waiting waiting) throws Exception {
        final Keeping sink = new Keeping("interrupting") {
            @Override
            public void onBatch(final PipelineBatch batch, final boolean endOfBurst) throws IOException {
                super.onBatch(batch, endOfBurst);
                Thread.currentThread().interrupt();
            }
        };
        final Events source = new Events("a", 200, 5) {
            @Override
            void fill(final int number, final InputBatch batch) throws IOException, InterruptedException {
                super.fill(number, batch);
                if (number % 20 == 0) {
                    // stages wait for a batch now, and are woken without one
                    Thread.sleep(3);
                    Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().startsWith("spikemeter-stage")).forEach(Thread::interrupt);
                    Thread.sleep(3);
                }
            }
        };
        final Pipeline pipeline = new Pipeline(context().waiting(waiting).source(source).sink(sink));
        pipeline.start();
        pipeline.await();
        pipeline.close();
        assertEnded(pipeline);
        assertEquals(1000, pipeline.totals().processed());
        assertEquals(1000, sink.events());
    }
}
