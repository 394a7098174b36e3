package org.spikemeter.dvs.format.hdf5;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.dataset.chunked.Chunk;
import io.jhdf.dataset.chunked.indexing.ChunkImpl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spikemeter.dvs.format.hdf5.filter.ChunkFilters;
import org.spikemeter.dvs.format.hdf5.filter.DamagedChunkException;
import org.spikemeter.dvs.format.io.ReadWarnings;
import org.spikemeter.engine.FormatException;

/** Chunks of four rows of one byte, anywhere in a file. */
final class ChunkRowsTest {
    @TempDir
    private Path folder;

    private Path file;
    private final ReadWarnings warnings = new ReadWarnings("a.h5");

    @BeforeEach
    void write() {
        file = folder.resolve("a.h5");
        try (WritableHdfFile hdf = HdfFile.write(file)) {
            hdf.putDataset("nothing", 1);
        }
    }

    private ChunkRows rows(final Hdf5Storage storage, final int rows, final Chunk... chunks)
        throws DamagedChunkException {
        return new ChunkRows(storage, "a.h5: /x", ChunkTable.of(List.of(chunks), 4, 0, Math.ceilDiv(rows, 4)), 4, 1,
            rows, ChunkFilters.of(List.of(), 4), warnings);
    }

    private static Chunk chunk(final long row, final long address, final int bytes) {
        return new ChunkImpl(address, bytes, new long[] {row});
    }

    @Test
    void shouldGiveRowsOfOneChunkAfterTheOtherAndNoneBehindTheLastRow() throws IOException, DamagedChunkException {
        final byte[] bytes = Files.readAllBytes(file);
        try (Hdf5Storage storage = Hdf5Storage.open(file)) {
            final ChunkRows rows = rows(storage, 6, chunk(4, 10, 4), chunk(0, 20, 4));
            assertEquals(4, rows.available());
            rows.advance(3);
            assertEquals(1, rows.available());
            assertEquals(bytes[23], rows.array()[rows.at()]);
            rows.advance(1);
            assertEquals(2, rows.available());
            assertEquals(bytes[10], rows.array()[rows.at()]);
            assertEquals(10, rows.offset());
            rows.advance(2);
            assertEquals(0, rows.available());
            assertEquals(1.0, rows.progress());
            assertEquals(List.of(), warnings.lines());
        }
    }

    @Test
    void shouldEndWhereChunkIsMissingOrShort() throws IOException, DamagedChunkException {
        try (Hdf5Storage storage = Hdf5Storage.open(file)) {
            final ChunkRows missing = rows(storage, 12, chunk(0, 10, 4), chunk(8, 20, 4));
            missing.advance(missing.available());
            assertEquals(0, missing.available());
            final ChunkRows shorter = rows(storage, 12, chunk(0, 10, 3), chunk(4, 20, 4));
            assertEquals(3, shorter.available());
            shorter.advance(3);
            assertEquals(0, shorter.available());
            assertEquals(List.of(
                "a.h5: byte 10: a chunk was never written, the rest is left out (row 4 of 12 of a.h5: /x)",
                "a.h5: byte 10: a chunk has fewer rows than it should, the rest is left out (row 0 of 12 of a.h5: /x)"),
                warnings.lines());
        }
    }

    @Test
    void shouldRejectChunkThatIsNotInTheFileOrTooLarge() throws IOException, DamagedChunkException {
        try (Hdf5Storage storage = Hdf5Storage.open(file)) {
            assertTrue(assertThrows(FormatException.class,
                () -> rows(storage, 4, chunk(0, 1L << 40, 4)).available()).getMessage()
                .endsWith(": byte 1099511627776: 4 bytes of data should be here, the file has " + Files.size(file)));
            assertEquals("a.h5: /x: chunk at byte 10, row 0: claims 2147483647 bytes, for 4 rows of 1",
                assertThrows(FormatException.class,
                    () -> rows(storage, 4, chunk(0, 10, Integer.MAX_VALUE)).available()).getMessage());
        }
    }
}
