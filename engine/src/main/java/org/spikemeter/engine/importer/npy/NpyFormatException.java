package org.spikemeter.engine.importer.npy;

import org.spikemeter.engine.FormatException;

/** An array file that is cut, damaged, of a kind that is not supported, or without the array that was asked for. */
public final class NpyFormatException extends FormatException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message file, entry in the archive, place, found and expected, in one line
     */
    public NpyFormatException(final String message) {
        super(message);
    }

    /**
     * @param message file, entry in the archive, place, found and expected, in one line
     * @param cause what was thrown on the way
     */
    public NpyFormatException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
