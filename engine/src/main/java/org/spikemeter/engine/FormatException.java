package org.spikemeter.engine;

import java.io.IOException;

/**
 * A file that is readable but is not what it claims to be. The message names the file, the place in it (byte offset,
 * array, layer), what was found and what was expected, in one line that can be shown to a user as it is.
 */
public class FormatException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message file, place, found and expected, in one line
     */
    public FormatException(final String message) {
        super(oneLine(message));
    }

    /**
     * @param message file, place, found and expected, in one line
     * @param cause what was thrown on the way
     */
    public FormatException(final String message, final Throwable cause) {
        super(oneLine(message), cause);
    }

    /** Names that come from a file may hold line breaks and what terminals obey. */
    private static String oneLine(final String message) {
        return message.replaceAll("\\p{Cntrl}|[\\x80-\\x9f]", "?");
    }
}
