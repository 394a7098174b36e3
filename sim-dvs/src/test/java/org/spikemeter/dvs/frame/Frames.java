package org.spikemeter.dvs.frame;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.function.Executable;
import org.spikemeter.engine.FormatException;

/** What the tests of frame sources share. */
final class Frames {
    private Frames() {
    }

    static List<float[]> all(final FrameSource source) throws IOException {
        try (source) {
            final List<float[]> frames = new ArrayList<>();
            float[] grey = new float[source.width() * source.height()];
            while (source.next(grey)) {
                frames.add(grey);
                grey = new float[grey.length];
            }
            assertFalse(source.next(grey));
            return frames;
        }
    }

    /** The message, which must be one line. */
    static String formatError(final Executable action) {
        final String message = assertThrows(FormatException.class, action).getMessage();
        assertFalse(message.contains("\n"), message);
        return message;
    }
}
