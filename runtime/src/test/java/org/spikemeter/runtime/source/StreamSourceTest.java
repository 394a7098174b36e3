package org.spikemeter.runtime.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.dvs.binning.Binning;
import org.spikemeter.dvs.binning.EventStepSource;
import org.spikemeter.dvs.binning.Fit;
import org.spikemeter.dvs.binning.Repeated;
import org.spikemeter.dvs.binning.StreamBinner;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWriter;
import org.spikemeter.dvs.format.EventFormats;
import org.spikemeter.dvs.format.io.EventInput;
import org.spikemeter.dvs.format.io.EventOutput;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.runtime.pipeline.Pipeline;
import org.spikemeter.runtime.pipeline.PipelineException;

@Timeout(60)
class StreamSourceTest {
    private final Streams.Steps sink = new Streams.Steps(Streams.INPUT);

    private Pipeline pipeline(final InputStream in, final String format) {
        final StreamSource source =
            new StreamSource("standard input", in, input -> EventFormats.named(format).open(input));
        return new Pipeline(new Pipeline.Context().network(Streams.network()).source(source).sink(sink)
            .binner(new StreamBinner(new Binning.Time(1000), Streams.SENSOR, Streams.INPUT, Repeated.COUNT,
                Fit.STRETCH)));
    }

    private static byte[] write(final String format, final EventBatch events) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (EventOutput out = EventOutput.to(bytes, "bytes")) {
            final EventWriter writer = EventFormats.named(format).create(out, Optional.of(Streams.SENSOR));
            writer.write(events);
            writer.finish();
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "text", "es", "evt2", "evt21", "evt3", "dat", "aedat31", "aedat2", "aedat4",
        "nmnist"})
    void shouldGiveTheStepsOfTheRecordingWhenItComesThroughAPipe(final String format) throws Exception {
        final EventBatch events = Streams.events(format.hashCode(), 5000);
        try (Pipeline pipeline = pipeline(new ByteArrayInputStream(write(format, events)), format)) {
            pipeline.start();
            pipeline.await();
            assertEquals(events.size(), pipeline.totals().processed());
        }
        final List<TreeMap<Integer, Float>> expected = new ArrayList<>();
        try (EventStepSource source = new EventStepSource(new EventStepSource.Context()
            .reader(Streams.reader(events)).input(Streams.INPUT).binning(new Binning.Time(1000))
            .repeated(Repeated.COUNT))) {
            final StepEvents step = new StepEvents(Streams.INPUT);
            while (source.next(step)) {
                expected.add(Streams.map(step));
            }
        }
        assertEquals(expected, sink.steps);
        assertEquals(1, sink.starts);
        assertEquals(1, sink.ends);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hdf5", "npy", "npz"})
    void shouldRefuseAFormatWhenItNeedsAFile(final String format) {
        final IllegalArgumentException refused = assertThrows(IllegalArgumentException.class,
            () -> EventFormats.named(format).open(EventInput.of("standard input", InputStream.nullInputStream())));
        assertTrue(refused.getMessage().startsWith("standard input: '" + format + "' is read from files only"),
            refused.getMessage());
    }

    /** Events must not wait for a batch to fill, nor for as many bytes as a file would be looked at for: 64 at most. */
    @ParameterizedTest
    @ValueSource(strings = {"csv", "text", "es", "evt2", "evt21", "evt3", "dat", "aedat2", "nmnist"})
    void shouldHandOverEventsWhenTheStreamPauses(final String format) throws Exception {
        final byte[] bytes = write(format, Streams.events(1, 4000));
        final PipedInputStream in = new PipedInputStream();
        try (Pipeline pipeline = pipeline(in, format)) {
            pipeline.start();
            try (PipedOutputStream out = new PipedOutputStream(in)) {
                out.write(bytes, 0, bytes.length / 2);
                out.flush();
                while (pipeline.totals().processed() < 1700) {
                    Thread.sleep(1);
                }
                assertTrue(pipeline.totals().processed() < 4000);
                out.write(bytes, bytes.length / 2, bytes.length - bytes.length / 2);
            }
            pipeline.await();
            assertEquals(4000, pipeline.totals().processed());
        }
    }

    @Test
    void shouldEndSoonWhenStoppedWhileItWaitsForThePipe() throws Exception {
        final PipedInputStream in = new PipedInputStream();
        try (PipedOutputStream out = new PipedOutputStream(in); Pipeline pipeline = pipeline(in, "nmnist")) {
            pipeline.start();
            Thread.sleep(50);
            final long start = System.nanoTime();
            pipeline.stop();
            pipeline.await();
            assertTrue(System.nanoTime() - start < 2_000_000_000L);
            out.flush();
        }
    }

    @Test
    void shouldSaySoWhenTheBytesAreOfAnotherFormat() {
        final byte[] bytes = "no events at all".getBytes(StandardCharsets.US_ASCII);
        try (Pipeline pipeline = pipeline(new ByteArrayInputStream(bytes), "es")) {
            pipeline.start();
            final PipelineException failed = assertThrows(PipelineException.class, pipeline::await);
            assertTrue(failed.getMessage().contains("standard input: byte 0: found no mark"), failed.getMessage());
        }
    }

    @Test
    void shouldSaySoWhenTheStreamBreaks() {
        final InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the line is dead");
            }
        };
        try (Pipeline pipeline = pipeline(broken, "nmnist")) {
            pipeline.start();
            final PipelineException failed = assertThrows(PipelineException.class, pipeline::await);
            assertTrue(failed.getMessage().contains("the line is dead"), failed.getMessage());
        }
    }
}
