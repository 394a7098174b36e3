package org.spikemeter.engine.importer.npy;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads an array slice by slice along its first axis, such as the frames of a video [T, H, W], and holds one slice at
 * a time. A column-major file has no slices that lie together and is held as a whole.
 *
 * <pre>{@code
 * try (NpySlices frames = NpySlices.open(file)) {
 *     final float[] frame = new float[frames.sliceSize()];
 *     while (frames.next(frame)) {
 *         ...
 *     }
 * }
 * }</pre>
 *
 * <p>Used by one thread. After {@link #open}, {@code next} allocates one buffer, once.
 */
public final class NpySlices implements AutoCloseable {
    private final String name;
    private final InputStream in;
    private final NpyHeader header;
    private final int sliceSize;
    private byte[] buffer;
    private int position;

    private NpySlices(final String name, final InputStream in, final NpyHeader header, final int sliceSize) {
        this.name = name;
        this.in = in;
        this.header = header;
        this.sliceSize = sliceSize;
    }

    /**
     * Opens a file and checks that all of its slices are there.
     *
     * @param file a {@code .npy} file, also one of more bytes than a Java array can have
     * @throws NpyFormatException where the file is cut, damaged, of a type that is not supported, or has no axis
     * @throws IOException where the file is missing or cannot be read
     */
    public static NpySlices open(final Path file) throws IOException {
        final String name = file.toString();
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new FileSystemException(name, null, "cannot read slices of what is not a regular file");
        }
        final InputStream in = new BufferedInputStream(NpyReader.open(file));
        boolean opened = false;
        try {
            final NpyHeader header = NpyHeader.read(in, name);
            header.checkRemaining(name, Files.size(file) - header.offset());
            final NpySlices slices = new NpySlices(name, in, header, sliceSize(header, name));
            opened = true;
            return header.columnMajor() ? slices.heldWhole(file) : slices;
        } finally {
            if (!opened) {
                in.close();
            }
        }
    }

    private static int sliceSize(final NpyHeader header, final String name) throws NpyFormatException {
        final int[] shape = header.shape();
        if (shape.length == 0) {
            throw new NpyFormatException(name + ": found a single number, expected an array with a first axis");
        }
        final long bytes = shape[0] == 0 ? 0 : header.elementBytes() / shape[0];
        if (bytes > NpyArray.MAX_BYTES) {
            throw new NpyFormatException(name + ": " + header.claim() + " has slices of " + bytes
                + " bytes, expected at most " + NpyArray.MAX_BYTES);
        }
        return (int) (bytes / header.type().bytes());
    }

    private NpySlices heldWhole(final Path file) throws IOException {
        in.close();
        final NpyArray array = NpyReader.read(file);
        final NpyHeader rows = new NpyHeader(array.type(), false, false, array.shape(), header.elementBytes(), 0);
        return new NpySlices(name, new ByteArrayInputStream(array.data()), rows, sliceSize);
    }

    /** Type of the elements. */
    public NpyType type() {
        return header.type();
    }

    /** Sides of the whole array, a copy; at least one. */
    public int[] shape() {
        return header.shape().clone();
    }

    /** Elements of one slice: the product of all sides but the first; 0 where there are no slices. */
    public int sliceSize() {
        return sliceSize;
    }

    /**
     * Reads the next slice, row-major, each element converted as by {@link NpyArray#toFloats}.
     *
     * @param into of {@link #sliceSize()} elements
     * @return false after the last slice; {@code into} is then as it was
     * @throws NpyFormatException where the file has become shorter since it was opened
     */
    public boolean next(final float[] into) throws IOException {
        checkLength(into.length);
        if (position == header.shape()[0]) {
            return false;
        }
        if (buffer == null) {
            buffer = new byte[sliceSize * header.type().bytes()];
        }
        readSlice(buffer);
        Elements.toFloats(header.type(), buffer, into);
        return true;
    }

    /**
     * Reads the next slice of an array of one-byte elements, row-major, as it is in the file.
     *
     * @param into of {@link #sliceSize()} elements
     * @return false after the last slice; {@code into} is then as it was
     * @throws IllegalStateException where an element has more than one byte
     * @throws NpyFormatException where the file has become shorter since it was opened
     */
    public boolean next(final byte[] into) throws IOException {
        if (header.type().bytes() != 1) {
            throw new IllegalStateException(name + ": " + header.claim() + " has elements of " + header.type().bytes()
                + " bytes, not of one");
        }
        checkLength(into.length);
        if (position == header.shape()[0]) {
            return false;
        }
        readSlice(into);
        return true;
    }

    private void checkLength(final int length) {
        if (length != sliceSize) {
            throw new IllegalArgumentException("place for " + length + " elements: expected " + sliceSize);
        }
    }

    private void readSlice(final byte[] bytes) throws IOException {
        final int found = in.readNBytes(bytes, 0, bytes.length);
        if (found < bytes.length) {
            throw new NpyFormatException(name + ": byte " + (header.offset() + (long) position * bytes.length)
                + ": found " + found + " bytes of slice " + position + ", expected " + bytes.length);
        }
        if (header.bigEndian()) {
            Elements.swap(bytes, header.type().bytes());
        }
        position++;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
