package org.spikemeter.runtime.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.runtime.picture.EventColours;

/** One step's input as a picture: ON blue and OFF orange, or grey where values are analog; the rest transparent. */
final class EventFrame {
    private static final int OPAQUE = 0xFF000000;
    private static final int ON = OPAQUE | EventColours.ON;
    private static final int OFF = OPAQUE | EventColours.OFF;
    private static final int WHITE = 255;

    private EventFrame() {
    }

    /** As a data URI of a PNG. */
    static String of(final StepEvents events) {
        final Shape shape = events.shape();
        final BufferedImage image = new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < events.size(); i++) {
            final int pixel = events.address(i) / shape.channels();
            final int channel = events.address(i) - pixel * shape.channels();
            final float value = events.value(i);
            final int grey = Math.round(WHITE * Math.clamp(value, 0.0f, 1.0f));
            final int colour = value == 1.0f ? channel == 0 ? ON : OFF
                : OPAQUE | grey << 16 | grey << 8 | grey;
            image.setRGB(pixel % shape.width(), pixel / shape.width(), colour);
        }
        final ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
        } catch (final IOException e) {
            throw new IllegalStateException("a picture could not be written to memory", e);
        }
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
    }
}
