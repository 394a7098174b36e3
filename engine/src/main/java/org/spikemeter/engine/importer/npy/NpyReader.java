package org.spikemeter.engine.importer.npy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads {@code .npy} files of versions 1.0 to 3.0, in either byte order, row-major or column-major. Bytes after the
 * array are left alone, as in NumPy.
 */
public final class NpyReader {
    /** Nobody knows how many bytes there are. */
    static final long UNKNOWN = -1;
    private static final int FIRST_BYTES = 1 << 16;

    private NpyReader() {
    }

    /**
     * Reads a whole file.
     *
     * @throws NpyFormatException where the file is cut, damaged, of a type that is not supported, or too large for a
     *     Java array
     * @throws IOException where the file is missing or cannot be read
     */
    public static NpyArray read(final Path file) throws IOException {
        return read(file, NpyArray.MAX_BYTES);
    }

    static NpyArray read(final Path file, final long maxBytes) throws IOException {
        try (InputStream in = open(file)) {
            return read(in, file.toString(), Files.isRegularFile(file) ? Files.size(file) : UNKNOWN, maxBytes);
        }
    }

    /**
     * Reads one array and stops behind it. Memory grows with what arrives, not with what the header claims.
     *
     * @param in better buffered; not closed
     * @param name what to call it in messages
     * @throws NpyFormatException as for a file
     * @throws IOException where {@code in} throws it
     */
    public static NpyArray read(final InputStream in, final String name) throws IOException {
        return read(in, name, UNKNOWN, NpyArray.MAX_BYTES);
    }

    /**
     * Reads one array.
     *
     * @param length bytes that are in {@code in} beyond doubt, so that they can be reserved at once; or
     *     {@link #UNKNOWN}
     * @param maxBytes bytes that the array may have
     */
    static NpyArray read(final InputStream in, final String name, final long length, final long maxBytes)
        throws IOException {
        final NpyHeader header = NpyHeader.read(in, name);
        if (length != UNKNOWN) {
            header.checkRemaining(name, length - header.offset());
        }
        if (header.elementBytes() > maxBytes) {
            throw new NpyFormatException(name + ": " + header.claim() + " has " + header.elementBytes()
                + " bytes, expected at most " + maxBytes + (maxBytes == NpyArray.MAX_BYTES
                    ? " for an array that is read as a whole" : " by what the file can hold"));
        }
        final int bytes = (int) header.elementBytes();
        final byte[] data = new byte[length == UNKNOWN ? Math.min(bytes, FIRST_BYTES) : bytes];
        return NpyArray.wrap(header.type(), rowMajor(header, fill(in, data, header, name)), header.shape());
    }

    private static byte[] fill(final InputStream in, final byte[] first, final NpyHeader header, final String name)
        throws IOException {
        final int bytes = (int) header.elementBytes();
        byte[] data = first;
        int filled = 0;
        while (true) {
            filled += in.readNBytes(data, filled, data.length - filled);
            if (filled < data.length) {
                header.checkRemaining(name, filled);
            }
            if (filled == bytes) {
                return data;
            }
            data = Arrays.copyOf(data, (int) Math.min(bytes, 2L * data.length));
        }
    }

    private static byte[] rowMajor(final NpyHeader header, final byte[] data) {
        if (header.bigEndian()) {
            Elements.swap(data, header.type().bytes());
        }
        final boolean same = !header.columnMajor() || header.shape().length < 2;
        return same ? data : Elements.toRowMajor(data, header.type().bytes(), header.shape());
    }

    /** Opens a file; the messages of the JDK are a bare path for a missing file and no path at all for a folder. */
    static InputStream open(final Path file) throws IOException {
        checkReadable(file);
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "this is a folder, expected a file");
        }
        return Files.newInputStream(file);
    }

    static void checkReadable(final Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString(), null, "no such file or folder");
        }
        if (!Files.isReadable(path)) {
            throw new AccessDeniedException(path.toString(), null, "no permission to read");
        }
    }
}
