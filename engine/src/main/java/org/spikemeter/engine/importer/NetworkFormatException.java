package org.spikemeter.engine.importer;

import org.spikemeter.engine.FormatException;

/** A network file that is not what it claims to be. */
public final class NetworkFormatException extends FormatException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message file, layer, found and expected, in one line
     */
    public NetworkFormatException(final String message) {
        super(message);
    }

    /**
     * @param message file, layer, found and expected, in one line
     * @param cause what was thrown on the way
     */
    public NetworkFormatException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
