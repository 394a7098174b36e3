package org.spikemeter.dvs.format.hdf5;

import java.io.IOException;
import org.spikemeter.engine.FormatException;

/** Where the library meets damage, it throws whatever its buffers and casts throw: that becomes a message here. */
final class Hdf5Damage {
    private Hdf5Damage() {
    }

    /** Something that the library does. */
    @FunctionalInterface
    interface Reading<T> {
        T read() throws IOException;
    }

    /**
     * Lets the library do something.
     *
     * @param file for the message
     * @throws FormatException where it cannot
     */
    static <T> T guard(final String file, final Reading<T> reading) throws IOException {
        try {
            return reading.read();
        } catch (final RuntimeException | StackOverflowError | OutOfMemoryError damaged) {
            throw new FormatException(file + ": damaged, or of a kind that is not read: " + reason(damaged), damaged);
        }
    }

    /** The library wraps one reason in another; the innermost says most. */
    private static String reason(final Throwable thrown) {
        Throwable inner = thrown;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner.getMessage() == null ? inner.getClass().getSimpleName() : inner.getMessage();
    }
}
