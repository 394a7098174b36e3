package org.spikemeter.engine.importer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spikemeter.engine.FormatException;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.importer.npy.NpyArray;
import org.spikemeter.engine.importer.npy.NpzWriter;
import org.spikemeter.engine.network.Shape;

class ArrayStepSourceTest {
    private static final Shape SHAPE = new Shape(1, 3, 2);

    @TempDir
    private Path folder;

    private Path file(final NpyArray x) throws IOException {
        final LinkedHashMap<String, NpyArray> arrays = new LinkedHashMap<>();
        arrays.put("x", x);
        final Path file = folder.resolve("x.npz");
        NpzWriter.write(file, arrays);
        return file;
    }

    @Test
    void shouldGiveWhatIsNotZeroInOrderOfAddresses() throws IOException {
        final Path file = file(NpyArray.ofFloats(new float[] {
            0, 1, 0, 0, 0, 2.5f,
            0, 0, 0, 0, 0, 0}, 2, 2, 1, 3));
        try (ArrayStepSource source = ArrayStepSource.open(file, SHAPE, 99)) {
            assertEquals(2, source.steps());
            final StepEvents events = new StepEvents(SHAPE);
            assertTrue(source.next(events));
            assertEquals(2, events.size());
            assertEquals(SHAPE.address(0, 1, 0), events.address(0));
            assertEquals(1.0f, events.value(0));
            assertEquals(SHAPE.address(0, 2, 1), events.address(1));
            assertEquals(2.5f, events.value(1));
            assertTrue(source.next(events));
            assertEquals(0, events.size());
            assertFalse(source.next(events));
        }
    }

    @Test
    void shouldStopAfterTheStepsThatWereAskedFor() throws IOException {
        final Path file = file(NpyArray.ofBytes(new byte[30], 5, 2, 1, 3));
        try (ArrayStepSource source = ArrayStepSource.open(file, SHAPE, 3)) {
            assertEquals(3, source.steps());
        }
    }

    @Test
    void shouldNameThePlaceWhenANumberIsNotFinite() throws IOException {
        final Path file = file(NpyArray.ofFloats(new float[] {0, 0, 0, 0, Float.NaN, 0}, 1, 2, 1, 3));
        try (ArrayStepSource source = ArrayStepSource.open(file, SHAPE, 99)) {
            final FormatException e =
                assertThrows(FormatException.class, () -> source.next(new StepEvents(SHAPE)));
            assertTrue(e.getMessage().contains("x[0, 1, 0, 1] is NaN"), e.getMessage());
        }
    }

    @Test
    void shouldRefuseOtherSides() throws IOException {
        final Path swapped = file(NpyArray.ofBytes(new byte[6], 1, 1, 3, 2));
        assertTrue(assertThrows(FormatException.class, () -> ArrayStepSource.open(swapped, SHAPE, 9)).getMessage()
            .contains("[1, 1, 3, 2], expected [T, 2, 1, 3]"));
    }
}
