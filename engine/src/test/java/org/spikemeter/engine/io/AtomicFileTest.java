package org.spikemeter.engine.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    private static final byte[] OLD = "old".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NEW = "new and longer".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path folder;

    @Test
    void shouldCreateFileWhenThereIsNone() throws IOException {
        final Path target = folder.resolve("a.bin");
        AtomicFile.write(target, out -> out.write(NEW));
        assertArrayEquals(NEW, Files.readAllBytes(target));
        assertEquals(List.of("a.bin"), names());
    }

    @Test
    void shouldReplaceFileOnlyWhenBodyIsDone() throws IOException {
        final Path target = Files.write(folder.resolve("a.bin"), OLD);
        AtomicFile.write(target, out -> {
            out.write(NEW);
            out.flush();
            assertArrayEquals(OLD, Files.readAllBytes(target));
            out.close();
        });
        assertArrayEquals(NEW, Files.readAllBytes(target));
        assertEquals(List.of("a.bin"), names());
    }

    @Test
    void shouldReplaceFileByWhatWasWrittenToThePath() throws IOException {
        final Path target = Files.write(folder.resolve("a.bin"), OLD);
        AtomicFile.writePath(target, temporary -> {
            assertEquals(folder.toRealPath(), temporary.getParent());
            Files.write(temporary, NEW);
            assertArrayEquals(OLD, Files.readAllBytes(target));
        });
        assertArrayEquals(NEW, Files.readAllBytes(target));
        assertEquals(List.of("a.bin"), names());
    }

    @Test
    void shouldKeepOldBytesAndLeaveNothingWhenWritingToThePathFails() throws IOException {
        final Path target = Files.write(folder.resolve("a.bin"), OLD);
        assertThrows(IllegalStateException.class, () -> AtomicFile.writePath(target, temporary -> {
            Files.write(temporary, NEW);
            throw new IllegalStateException();
        }));
        assertThrows(IOException.class, () -> AtomicFile.writePath(folder, temporary -> Files.write(temporary, NEW)));
        assertArrayEquals(OLD, Files.readAllBytes(target));
        assertEquals(List.of("a.bin"), names());
    }

    @Test
    void shouldKeepOldBytesAndLeaveNothingWhenBodyFails() throws IOException {
        final Path target = Files.write(folder.resolve("a.bin"), OLD);
        final IOException failure = new IOException("source is gone");
        assertSame(failure, assertThrows(IOException.class, () -> AtomicFile.write(target, out -> {
            out.write(NEW);
            throw failure;
        })));
        assertThrows(IllegalStateException.class, () -> AtomicFile.write(target, out -> {
            throw new IllegalStateException();
        }));
        assertArrayEquals(OLD, Files.readAllBytes(target));
        assertEquals(List.of("a.bin"), names());
    }

    @Test
    void shouldGiveSameAccessAsOrdinaryFile() throws IOException {
        final Path ordinary = Files.write(folder.resolve("ordinary"), OLD);
        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));
        final Path target = folder.resolve("a.bin");
        AtomicFile.write(target, out -> out.write(NEW));
        assertEquals(Files.getPosixFilePermissions(ordinary), Files.getPosixFilePermissions(target));
    }

    @Test
    void shouldFollowLinkWhenTargetIsOne() throws IOException {
        final Path file = Files.write(folder.resolve("file"), OLD);
        final Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        AtomicFile.write(link, out -> out.write(NEW));
        assertTrue(Files.isSymbolicLink(link));
        assertArrayEquals(NEW, Files.readAllBytes(file));
    }

    @Test
    void shouldWriteWhenNameIsAsLongAsAllowed() throws IOException {
        final Path target = folder.resolve("n".repeat(255));
        AtomicFile.write(target, out -> out.write(NEW));
        assertArrayEquals(NEW, Files.readAllBytes(target));
    }

    @Test
    void shouldNameTargetWhenItsFolderIsMissing() {
        final Path target = folder.resolve("missing/a.bin");
        assertMessage(target, "there is no folder " + folder.resolve("missing"));
    }

    @Test
    void shouldNameTargetWhenItsFolderIsFile() throws IOException {
        final Path file = Files.write(folder.resolve("file"), OLD);
        assertMessage(file.resolve("a.bin"), file + " is not a folder");
    }

    @Test
    void shouldNameTargetWhenItIsFolder() {
        assertMessage(folder, "this is a folder");
        assertTrue(Files.isDirectory(folder));
    }

    @Test
    void shouldNameTargetWhenFileOrFolderIsWriteProtected() throws IOException {
        final Path file = Files.write(folder.resolve("file"), OLD);
        assumeTrue(file.toFile().setWritable(false) && !Files.isWritable(file), "this user may write everywhere");
        assertMessage(file, "the file is write-protected");
        assertTrue(folder.toFile().setWritable(false));
        assertMessage(folder.resolve("a.bin"), "cannot create a file in its folder");
        assertTrue(folder.toFile().setWritable(true));
    }

    @Test
    void shouldNameTargetWhenDiskIsFull() {
        final Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "no device that is always full");
        assertMessage(full, "cannot write (No space left on device)");
        assertFalse(Files.isRegularFile(full));
    }

    private void assertMessage(final Path target, final String reason) {
        final IOException failure =
            assertThrows(IOException.class, () -> AtomicFile.write(target, AtomicFileTest::writeNew));
        assertTrue(failure.getMessage().startsWith(target + ": "), failure.getMessage());
        assertTrue(failure.getMessage().contains(reason), failure.getMessage());
        assertFalse(failure.getMessage().contains("\n"), failure.getMessage());
    }

    private static void writeNew(final OutputStream out) throws IOException {
        out.write(NEW);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
