package org.spikemeter.dvs.frame;

import org.spikemeter.engine.FormatException;

/** A video file that FFmpeg cannot read, that has no frames, or whose frames are damaged or of several sizes. */
public final class VideoFormatException extends FormatException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message file, place, found and expected, in one line
     */
    public VideoFormatException(final String message) {
        super(message);
    }

    /**
     * @param message file, place, found and expected, in one line
     * @param cause what FFmpeg's binding threw
     */
    public VideoFormatException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
