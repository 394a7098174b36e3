package org.spikemeter.dvs.frame;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFolderFrameSourceTest {
    @TempDir
    private Path folder;

    @Test
    void shouldReadInNaturalOrderWhenNamesAreNumbered() throws IOException {
        for (final int number : new int[] {1, 2, 10, 100}) {
            write("frame" + number + ".png", filled(BufferedImage.TYPE_BYTE_GRAY, 3, 2, number));
        }
        Files.writeString(folder.resolve("labels.txt"), "left out");
        Files.writeString(folder.resolve(".frame3.png"), "left out");
        Files.createDirectory(folder.resolve("sub.png"));
        final List<float[]> frames = read(GreyMode.FLOAT);
        assertEquals(4, frames.size());
        assertArrayEquals(new float[] {1 / 255.0f, 2 / 255.0f, 10 / 255.0f, 100 / 255.0f},
            new float[] {frames.get(0)[0], frames.get(1)[0], frames.get(2)[0], frames.get(3)[5]});
    }

    @Test
    void shouldOrderNamesAsPeopleCount() {
        final List<String> expected = List.of("a", "a1", "a01", "a2b3", "a2b20", "a10", "a99999999999999999998",
            "a99999999999999999999", "b");
        final List<String> names = new ArrayList<>(expected.reversed());
        names.sort(NaturalOrder.INSTANCE);
        // a1 and a01 are the same number, and then compare as text.
        assertEquals(List.of("a", "a01", "a1"), names.subList(0, 3));
        assertEquals(expected.subList(3, 9), names.subList(3, 9));
    }

    @Test
    void shouldTakeGreySamplesAsStored() throws IOException {
        final BufferedImage image = new BufferedImage(256, 1, BufferedImage.TYPE_BYTE_GRAY);
        for (int x = 0; x < 256; x++) {
            image.getRaster().setSample(x, 0, 0, x);
        }
        write("a.png", image);
        final float[] grey = read(GreyMode.FLOAT).get(0);
        for (int x = 0; x < 256; x++) {
            assertEquals(x / 255.0f, grey[x]);
        }
    }

    @Test
    void shouldKeepSixteenBitsWhenGreyIsFloat() throws IOException {
        final BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_USHORT_GRAY);
        image.getRaster().setSamples(0, 0, 3, 1, 0, new int[] {1, 30000, 65535});
        write("a.png", image);
        assertArrayEquals(new float[] {1 / 65535.0f, 30000 / 65535.0f, 1.0f}, read(GreyMode.FLOAT).get(0));
        assertArrayEquals(new float[] {0.0f, 117 / 255.0f, 1.0f}, read(GreyMode.EIGHT_BIT).get(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_INT_ARGB})
    void shouldWeighColoursInTheirOrder(final int type) throws IOException {
        final BufferedImage image = new BufferedImage(2, 1, type);
        image.setRGB(0, 0, 0xffc86432);
        image.setRGB(1, 0, 0xff0000ff);
        write("a.png", image);
        for (final GreyMode mode : GreyMode.values()) {
            assertArrayEquals(new float[] {mode.rgb8(200, 100, 50), mode.rgb8(0, 0, 255)}, read(mode).get(0));
        }
    }

    @Test
    void shouldWeighColoursWhenIndexed() throws IOException {
        final BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_INDEXED);
        image.setRGB(0, 0, 0xffff0000);
        image.setRGB(1, 0, 0xffffffff);
        write("a.gif", image);
        assertArrayEquals(new float[] {GreyMode.FLOAT.rgb8(255, 0, 0), GreyMode.FLOAT.rgb8(255, 255, 255)},
            read(GreyMode.FLOAT).get(0));
    }

    @Test
    void shouldWeighColoursWhenSixteenBits() throws IOException {
        final WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, 1, 1, 3, null);
        raster.setPixel(0, 0, new int[] {60000, 300, 7});
        write("a.png", new BufferedImage(new ComponentColorModel(ColorSpace.getInstance(ColorSpace.CS_sRGB), false,
            false, BufferedImage.OPAQUE, DataBuffer.TYPE_USHORT), raster, false, null));
        assertArrayEquals(new float[] {GreyMode.FLOAT.rgb16(60000, 300, 7)}, read(GreyMode.FLOAT).get(0));
    }

    @Test
    void shouldReadJpegNearlyAsWritten() throws IOException {
        write("a.jpg", filled(BufferedImage.TYPE_BYTE_GRAY, 8, 8, 100));
        assertEquals(100 / 255.0f, read(GreyMode.FLOAT).get(0)[0], 2 / 255.0f);
    }

    @Test
    void shouldNameFileWhenItsSizeIsAnother() throws IOException {
        write("a1.png", filled(BufferedImage.TYPE_BYTE_GRAY, 3, 2, 1));
        write("a2.png", filled(BufferedImage.TYPE_BYTE_GRAY, 2, 3, 1));
        assertEquals(folder.resolve("a2.png") + ": image of 2 x 3 pixels, expected 3 x 2 as in a1.png",
            Frames.formatError(() -> read(GreyMode.FLOAT)));
    }

    @Test
    void shouldRejectFolderWhenItHasNoImage() throws IOException {
        Files.writeString(folder.resolve("notes.txt"), "no image");
        assertTrue(Frames.formatError(() -> read(GreyMode.FLOAT)).startsWith(folder + ": folder without images"));
    }

    @Test
    void shouldNameFileWhenItIsNoImage() throws IOException {
        Files.writeString(folder.resolve("a.png"), "text");
        assertEquals(folder.resolve("a.png") + ": not an image, expected an image as its name says",
            Frames.formatError(() -> read(GreyMode.FLOAT)));
        Files.write(folder.resolve("a.png"), new byte[0]);
        assertEquals(folder.resolve("a.png") + ": empty file, expected an image as its name says",
            Frames.formatError(() -> read(GreyMode.FLOAT)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "bmp", "gif"})
    void shouldNameFileWhenImageIsCut(final String kind) throws IOException {
        final Path file = folder.resolve("a." + kind);
        write("a." + kind, filled(BufferedImage.TYPE_INT_RGB, 64, 64, 77));
        final byte[] whole = Files.readAllBytes(file);
        for (final int length : new int[] {10, 20, 33, 40}) {
            Files.write(file, Arrays.copyOf(whole, length));
            final String message = Frames.formatError(() -> read(GreyMode.FLOAT));
            assertTrue(message.startsWith(file + ": "), message);
        }
    }

    private List<float[]> read(final GreyMode mode) throws IOException {
        return Frames.all(FrameSources.open(folder, mode));
    }

    private void write(final String name, final BufferedImage image) throws IOException {
        assertTrue(ImageIO.write(image, name.substring(name.indexOf('.') + 1), folder.resolve(name).toFile()));
    }

    private static BufferedImage filled(final int type, final int width, final int height, final int sample) {
        final BufferedImage image = new BufferedImage(width, height, type);
        for (int band = 0; band < image.getRaster().getNumBands(); band++) {
            final int[] samples = new int[width * height];
            Arrays.fill(samples, sample);
            image.getRaster().setSamples(0, 0, width, height, band, samples);
        }
        return image;
    }
}
