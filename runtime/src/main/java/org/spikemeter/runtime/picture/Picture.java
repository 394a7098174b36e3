package org.spikemeter.runtime.picture;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.spikemeter.engine.io.AtomicFile;

/**
 * Pixels of colours.
 *
 * @param width columns
 * @param height rows
 * @param rgb row-major [height][width], 0xRRGGBB
 */
public record Picture(int width, int height, int[] rgb) {
    /** A picture of the background alone. */
    public static Picture blank(final int width, final int height) {
        final int[] rgb = new int[Math.multiplyExact(width, height)];
        Arrays.fill(rgb, EventColours.BACKGROUND);
        return new Picture(width, height, rgb);
    }

    /**
     * Draws a smaller picture into this one, at the top left.
     *
     * @param scale sides of the square that each of its pixels becomes
     */
    public void drawEnlarged(final Picture small, final int scale) {
        for (int y = 0; y < small.height; y++) {
            final int row = y * scale * width;
            for (int x = 0; x < small.width; x++) {
                Arrays.fill(rgb, row + x * scale, row + (x + 1) * scale, small.rgb[y * small.width + x]);
            }
            for (int copy = 1; copy < scale; copy++) {
                System.arraycopy(rgb, row, rgb, row + copy * width, small.width * scale);
            }
        }
    }

    /**
     * Writes a PNG.
     *
     * @throws IOException where it cannot be written; what was there then stays
     */
    public void writePng(final Path file) throws IOException {
        final BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, width, height, rgb, 0, width);
        // its own cache would be a file
        ImageIO.setUseCache(false);
        AtomicFile.write(file, out -> {
            if (!ImageIO.write(image, "png", out)) {
                throw new IOException(file + ": this JDK writes no PNG");
            }
        });
    }
}
