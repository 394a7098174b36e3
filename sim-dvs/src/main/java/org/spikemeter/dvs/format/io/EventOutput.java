package org.spikemeter.dvs.format.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Bytes on their way into a file: a little-endian buffer in front of it, and a way back to a place that could not be
 * known when it was written. Hot loops ask for room and put into {@link #buffer} themselves.
 */
public final class EventOutput implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final String name;
    private final FileChannel file;
    private final OutputStream stream;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private long written;

    private EventOutput(final String name, final FileChannel file, final OutputStream stream) {
        this.name = name;
        this.file = file;
        this.stream = stream;
    }

    /**
     * Into a file, from its start.
     *
     * @param file there already, or not
     * @param name what messages call it: the target, where {@code file} is a temporary one
     */
    public static EventOutput to(final Path file, final String name) throws IOException {
        return new EventOutput(name, FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING), null);
    }

    /** Into a stream, where there is no way back. */
    public static EventOutput to(final OutputStream stream, final String name) {
        return new EventOutput(name, null, stream);
    }

    /** What messages call it. */
    public String name() {
        return name;
    }

    /** True where {@link #patch} works. */
    public boolean isSeekable() {
        return file != null;
    }

    /** Bytes so far. */
    public long offset() {
        return written + buffer.position();
    }

    /**
     * The buffer, with room for {@code bytes} bytes, at most 65536, to be put with its own methods.
     *
     * @return little-endian, always the same one
     */
    public ByteBuffer buffer(final int bytes) throws IOException {
        if (buffer.remaining() < bytes) {
            flush();
        }
        return buffer;
    }

    /** Writes bytes. */
    public void put(final byte[] bytes) throws IOException {
        put(bytes, 0, bytes.length);
    }

    /** Writes bytes. */
    public void put(final byte[] bytes, final int from, final int length) throws IOException {
        int at = from;
        while (at < from + length) {
            final int part = Math.min(from + length - at, BUFFER_BYTES);
            buffer(part).put(bytes, at, part);
            at += part;
        }
    }

    /** Writes ASCII. */
    public void put(final String text) throws IOException {
        put(text.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Makes sure, before anything is written, that there is a way back.
     *
     * @throws IOException where there is none
     */
    public void requireSeekable() throws IOException {
        if (file == null) {
            throw new FileSystemException(name, null, "this format cannot be written into a pipe or a device");
        }
    }

    /**
     * Writes over bytes that are there already; does not move where the next ones go.
     *
     * @throws IOException where there is no way back, too
     */
    public void patch(final long offset, final byte[] bytes) throws IOException {
        requireSeekable();
        flush();
        final ByteBuffer patch = ByteBuffer.wrap(bytes);
        try {
            while (patch.hasRemaining()) {
                file.write(patch, offset + patch.position());
            }
        } catch (final IOException failure) {
            throw named(failure);
        }
    }

    private void flush() throws IOException {
        buffer.flip();
        written += buffer.limit();
        try {
            if (file == null) {
                stream.write(buffer.array(), 0, buffer.limit());
            } else {
                while (buffer.hasRemaining()) {
                    file.write(buffer);
                }
            }
        } catch (final IOException failure) {
            throw named(failure);
        }
        buffer.clear();
    }

    /** A full disk is reported by the system without the name of the file. */
    private IOException named(final IOException failure) {
        final IOException named = new FileSystemException(name, null, "cannot write (" + failure.getMessage() + ")");
        named.initCause(failure);
        return named;
    }

    /** Writes what is left, and closes what was opened here; a stream stays open. */
    @Override
    public void close() throws IOException {
        try {
            flush();
            if (stream != null) {
                stream.flush();
            }
        } finally {
            if (file != null) {
                file.close();
            }
        }
    }
}
