package org.spikemeter.recording;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWriter;
import org.spikemeter.dvs.format.EventFormats;
import org.spikemeter.dvs.format.io.EventOutput;
import org.spikemeter.reference.Samples;

/** NumPy's files of events that NumPy wrote: the figures that peers count, and the same bytes when written again. */
final class ArrayRecordingTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "ncars_tonic_struct.npy, npy",
        "ncars_expelliarmus_struct.npy, npy",
        "ncars_spikingjelly.npz, npz",
        "ncars_spikingjelly_deflate.npz, npz",
    })
    void shouldCountWhatPeersCount(final String name, final String format) throws IOException {
        final Path file = Samples.path("events/derived/" + name);
        assertEquals(RecordedFigures.NCARS, RecordedFigures.of(RecordedFigures.read(file, format)));
    }

    @ParameterizedTest
    @CsvSource({
        "ncars_tonic_struct.npy, npy:tonic",
        "ncars_expelliarmus_struct.npy, npy:expelliarmus",
    })
    void shouldWriteSameBytesAsNumpy(final String name, final String choice) throws IOException {
        final Path sample = Samples.path("events/derived/" + name);
        final Path file = folder.resolve(name);
        write(RecordedFigures.read(sample, "npy"), choice, file);
        assertArrayEquals(Files.readAllBytes(sample), Files.readAllBytes(file));
    }

    @ParameterizedTest
    @CsvSource({"npz:stored, npz", "npz:deflate, npz", "npy:txyp, npy", "npy:xytp, npy", "hdf5, hdf5"})
    void shouldReadBackWhatItWroteOfRealEvents(final String choice, final String format) throws IOException {
        final EventBatch events =
            RecordedFigures.read(Samples.path("events/derived/ncars_spikingjelly.npz"), "npz");
        final Path file = folder.resolve("again." + format);
        write(events, choice, file);
        assertEquals(RecordedFigures.NCARS, RecordedFigures.of(RecordedFigures.read(file, format)));
    }

    private static void write(final EventBatch events, final String choice, final Path file) throws IOException {
        try (EventOutput out = EventOutput.to(file, file.toString())) {
            final EventWriter writer = EventFormats.named(choice).create(out, Optional.empty());
            writer.write(events);
            writer.finish();
        }
    }

    /** v2e cuts float32 seconds off where they become microseconds of its HDF5 file; here they are rounded. */
    @Test
    void shouldReadSecondsOfV2eAsItsOwnFileHasThemWithinMicrosecond() throws IOException {
        final EventBatch seconds =
            RecordedFigures.read(Samples.path("events/derived/v2e_esim25_truth_f32.npy"), "npy");
        final EventBatch micros = RecordedFigures.read(Samples.path("events/derived/v2e_esim25.h5"), "hdf5");
        assertEquals(29040, seconds.size());
        assertEquals(micros.size(), seconds.size());
        for (int i = 0; i < micros.size(); i++) {
            assertEquals(micros.word(i), seconds.word(i));
            assertTrue(Math.abs(micros.micros(i) - seconds.micros(i)) <= 1,
                micros.micros(i) + " us, " + seconds.micros(i) + " us");
        }
    }

    @Test
    void shouldNotTakeFramesForEvents() throws IOException {
        final Path frames = Samples.path("events/v2e_ref/synth_frames_u8.npy");
        assertEquals(Optional.empty(), EventFormats.recognise(frames).map(format -> format.name()));
    }
}
