package org.spikemeter.engine.io;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes a file whole or not at all: into a temporary file beside the target, which then takes the target's name.
 * Whoever reads the target sees the old bytes or the new ones, and nothing half-written is left after a failure, nor
 * where the program is interrupted (but where it is killed).
 */
public final class AtomicFile {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final AtomicLong SEQUENCE = new AtomicLong();
    /** Temporary files that are being written. */
    private static final Set<Path> UNFINISHED = ConcurrentHashMap.newKeySet();

    static {
        // an interrupted program does not come to its finally blocks
        Runtime.getRuntime().addShutdownHook(new Thread(AtomicFile::deleteUnfinished, "unfinished files"));
    }

    private AtomicFile() {
    }

    /** What is written. */
    @FunctionalInterface
    public interface Body {
        /**
         * Writes all of the file's bytes.
         *
         * @param out buffered; may be closed by the body, and is closed after it in any case
         * @throws IOException where the bytes cannot be made or written; the target then stays as it was
         */
        void write(OutputStream out) throws IOException;
    }

    /** What writes to a path. */
    @FunctionalInterface
    public interface PathBody {
        /**
         * Writes all of the file.
         *
         * @param temporary an empty file, which takes the target's name afterwards
         * @throws IOException where the file cannot be made or written; the target then stays as it was
         */
        void write(Path temporary) throws IOException;
    }

    /**
     * Creates or replaces {@code target}. A symbolic link is followed. A target that is neither a file nor a folder (a
     * device, a pipe) cannot be replaced and is written to directly.
     *
     * @throws IOException with a one-line message that names the target, where its folder is missing or not writable,
     *     where the target is a folder, or where the disk fails; and whatever the body throws
     */
    public static void write(final Path target, final Body body) throws IOException {
        requireWritable(target);
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            writeTo(Files.newOutputStream(target), target, body);
            return;
        }
        replace(target, temporary -> writeTo(Files.newOutputStream(temporary), target, body));
    }

    /**
     * Creates or replaces {@code target} by what can write to a path alone: {@link #write} for libraries that seek.
     *
     * @throws IOException as {@link #write}; and where the target is neither a file nor a folder
     */
    public static void writePath(final Path target, final PathBody body) throws IOException {
        requireWritable(target);
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            throw new FileSystemException(target.toString(), null, "cannot write, this is not a regular file");
        }
        replace(target, body);
    }

    private static void replace(final Path target, final PathBody body) throws IOException {
        final Path file = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
        final Path temporary = temporaryBeside(file);
        boolean moved = false;
        try {
            body.write(temporary);
            move(temporary, file);
            moved = true;
        } finally {
            if (!moved) {
                Files.deleteIfExists(temporary);
            }
            UNFINISHED.remove(temporary);
        }
    }

    private static void deleteUnfinished() {
        for (final Path temporary : UNFINISHED) {
            try {
                Files.deleteIfExists(temporary);
            } catch (final IOException e) {
                // the program ends; there is nobody to tell
                continue;
            }
        }
    }

    /**
     * Checks what can be known of a target before the work is done whose result it will take.
     *
     * @throws IOException as {@link #write} would, for a missing folder, a folder as target, or a protected file
     */
    public static void requireWritable(final Path target) throws IOException {
        if (Files.isDirectory(target)) {
            throw new FileSystemException(target.toString(), null, "cannot write, this is a folder");
        }
        final Path folder = target.toAbsolutePath().getParent();
        if (!Files.exists(folder)) {
            throw new NoSuchFileException(target.toString(), null, "cannot write, there is no folder " + folder);
        }
        if (!Files.isDirectory(folder)) {
            throw new FileSystemException(target.toString(), null, "cannot write, " + folder + " is not a folder");
        }
        if (!Files.exists(target) && !Files.isWritable(folder)) {
            throw new AccessDeniedException(target.toString(), null, "cannot write, its folder is write-protected");
        }
        if (Files.exists(target) && !Files.isWritable(target)) {
            throw new AccessDeniedException(target.toString(), null, "cannot write, the file is write-protected");
        }
    }

    /**
     * An empty file of a short name, so that the longest name that the file system allows works for the target. Not
     * {@link Files#createTempFile}: the result would be readable for its owner alone.
     */
    private static Path temporaryBeside(final Path file) throws IOException {
        final long process = ProcessHandle.current().pid();
        while (true) {
            final String name = ".spikemeter-" + process + "-" + SEQUENCE.getAndIncrement() + ".tmp";
            final Path temporary = file.resolveSibling(name);
            try {
                Files.createFile(temporary);
                UNFINISHED.add(temporary);
                return temporary;
            } catch (final FileAlreadyExistsException taken) {
                continue;
            } catch (final FileSystemException refused) {
                throw named(file, "cannot create a file in its folder", refused);
            }
        }
    }

    private static void writeTo(final OutputStream raw, final Path target, final Body body) throws IOException {
        try (OutputStream out = new BufferedOutputStream(new NamedOutputStream(raw, target), BUFFER_BYTES)) {
            body.write(out);
        }
    }

    private static void move(final Path temporary, final Path file) throws IOException {
        try {
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (final AtomicMoveNotSupportedException unsupported) {
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static IOException named(final Path target, final String what, final IOException cause) {
        final String reason = cause instanceof FileSystemException failure ? failure.getReason() : cause.getMessage();
        final String kind = reason == null ? cause.getClass().getSimpleName() : reason;
        final IOException named = new FileSystemException(target.toString(), null, what + " (" + kind + ")");
        named.initCause(cause);
        return named;
    }

    /** A full disk is reported by the system without the name of the file. */
    private static final class NamedOutputStream extends FilterOutputStream {
        private final Path target;

        NamedOutputStream(final OutputStream out, final Path target) {
            super(out);
            this.target = target;
        }

        @Override
        public void write(final byte[] bytes, final int offset, final int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (final IOException failure) {
                throw named(target, "cannot write", failure);
            }
        }
    }
}
