package org.spikemeter.dvs.format.io;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.spikemeter.engine.FormatException;

/**
 * The bytes of a recording through a window that moves: {@link #ensure} makes sure that so many are in it, hot loops
 * take {@link #array()} from {@link #at()} to {@link #limit()} and {@link #advance}. The window grows where more than
 * its size is asked for at once; ask for no more than you know to be there or can bear.
 */
public final class EventInput implements AutoCloseable {
    /** Little-endian numbers in an array of bytes, at any place: {@code (int) INT.get(array, at)}. */
    public static final VarHandle SHORT =
        MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    /** As {@link #SHORT}, 32 bits. */
    public static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    /** As {@link #SHORT}, 64 bits. */
    public static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int WINDOW_BYTES = 1 << 16;
    private static final long UNKNOWN = -1;

    private final String name;
    private final InputStream in;
    private final long length;
    private byte[] window = new byte[WINDOW_BYTES];
    private int at;
    private int limit;
    /** Offset of the window's first byte in the file. */
    private long base;

    private EventInput(final String name, final InputStream in, final long length) {
        this.name = name;
        this.in = in;
        this.length = length;
    }

    /**
     * Opens a file, or what can be read like one.
     *
     * @throws IOException where it is missing, a folder, or must not be read
     */
    public static EventInput open(final Path file) throws IOException {
        final String name = file.toString();
        if (!Files.exists(file)) {
            throw new NoSuchFileException(name);
        }
        if (Files.isDirectory(file)) {
            throw new FileSystemException(name, null, "this is a folder, expected a file of events");
        }
        if (!Files.isReadable(file)) {
            throw new AccessDeniedException(name);
        }
        return new EventInput(name, Files.newInputStream(file),
            Files.isRegularFile(file) ? Files.size(file) : UNKNOWN);
    }

    /** Bytes that are there already. */
    public static EventInput of(final String name, final InputStream in) {
        return new EventInput(name, in, UNKNOWN);
    }

    /** What messages call it. */
    public String name() {
        return name;
    }

    /** Offset in the file of the next byte. */
    public long offset() {
        return base + at;
    }

    /** Part of the file that has been read, in [0, 1]; NaN where its length is not known. */
    public double progress() {
        return length == UNKNOWN ? Double.NaN : length == 0 ? 1.0 : Math.min(1.0, (double) offset() / length);
    }

    /** Bytes from {@link #offset()} to the end; -1 where that is not known. */
    public long remaining() {
        return length == UNKNOWN ? UNKNOWN : Math.max(0, length - offset());
    }

    /** The window; another one may take its place whenever {@link #ensure} is called. */
    public byte[] array() {
        return window;
    }

    /** Place of the next byte in {@link #array()}. */
    public int at() {
        return at;
    }

    /** Place behind the last byte that is in the window. */
    public int limit() {
        return limit;
    }

    /** Goes past {@code bytes} bytes of the window. */
    public void advance(final int bytes) {
        if (bytes < 0 || bytes > limit - at) {
            throw new IllegalArgumentException(bytes + " bytes to pass, of " + (limit - at));
        }
        at += bytes;
    }

    /**
     * Reads on where fewer than {@code bytes} are in the window. Takes no memory for bytes that the file has not, where
     * its length is known.
     *
     * @return false where the file ends before that; what there is, is then in the window
     */
    public boolean ensure(final int bytes) throws IOException {
        if (limit - at >= bytes) {
            return true;
        }
        if (bytes > window.length - at) {
            makeRoom(length == UNKNOWN ? bytes : (int) Math.min(bytes, remaining() + 1));
        }
        while (limit - at < bytes) {
            if (limit == window.length) {
                return false;
            }
            final int read = in.read(window, limit, window.length - limit);
            if (read < 0) {
                return false;
            }
            limit += read;
        }
        return true;
    }

    /** Moves what is in the window to its start, into a larger one where {@code bytes} would not fit. */
    private void makeRoom(final int bytes) {
        final byte[] target = bytes > window.length ? new byte[bytes] : window;
        System.arraycopy(window, at, target, 0, limit - at);
        window = target;
        base += at;
        limit -= at;
        at = 0;
    }

    /**
     * Goes past bytes, also more than the window has.
     *
     * @return false where the file ends before that
     */
    public boolean skip(final long bytes) throws IOException {
        final int here = (int) Math.min(bytes, limit - at);
        at += here;
        long left = bytes - here;
        while (left > 0) {
            base += at;
            at = 0;
            limit = 0;
            final long skipped = in.skip(left);
            if (skipped > 0 && (length == UNKNOWN || base + skipped <= length)) {
                base += skipped;
                left -= skipped;
            } else if (ensure(1)) {
                at++;
                left--;
                final int more = (int) Math.min(left, limit - at);
                at += more;
                left -= more;
            } else {
                return false;
            }
        }
        return true;
    }

    /**
     * Reads a copy of the next bytes.
     *
     * @param what they are, for the message
     * @throws FormatException where the file ends before that
     */
    public byte[] take(final int bytes, final String what) throws IOException {
        if (!ensure(bytes)) {
            throw failure(what + " needs " + bytes + " bytes, found " + (limit - at) + " before the end of the file");
        }
        final byte[] copy = Arrays.copyOfRange(window, at, at + bytes);
        at += bytes;
        return copy;
    }

    /** A message about the next byte: file, offset, and what is said. */
    public FormatException failure(final String message) {
        return failure(offset(), message);
    }

    /** A message about a byte: file, offset, and what is said. */
    public FormatException failure(final long offset, final String message) {
        return new FormatException(name + ": byte " + offset + ": " + message);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
