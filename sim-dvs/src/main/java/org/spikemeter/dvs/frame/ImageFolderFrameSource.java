package org.spikemeter.dvs.frame;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.spikemeter.engine.FormatException;

/**
 * The images of a folder as frames, in natural order of their names (frame2 before frame10). Images are the files whose
 * suffix the JDK's image readers know (PNG, JPEG, BMP, GIF, TIFF); other files, hidden files and sub-folders are left
 * out. All images have one size; 8 or 16 bits a sample, grey, colour or indexed; transparency is ignored. Grey samples
 * are taken as stored, without a conversion between colour spaces.
 */
public final class ImageFolderFrameSource implements FrameSource {
    private final String name;
    private final GreyMode mode;
    private final FrameClock clock;
    private final Iterator<Path> images;
    private final Path firstImage;
    private final int width;
    private final int height;
    private int[] row;
    private long frames;

    private ImageFolderFrameSource(
        final String name, final GreyMode mode, final FrameClock clock, final List<Path> images) throws IOException {
        this.name = name;
        this.mode = mode;
        this.clock = clock;
        this.images = images.iterator();
        this.firstImage = images.getFirst();
        final int[] size = readImage(firstImage, (reader, path) -> new int[] {reader.getWidth(0), reader.getHeight(0)});
        FrameLimits.check(firstImage.toString(), size[0], size[1]);
        this.width = size[0];
        this.height = size[1];
        this.row = new int[4 * width];
    }

    /**
     * Lists the folder and reads the size of the first image.
     *
     * @throws FormatException where there is no image or the first one cannot be read
     */
    public static ImageFolderFrameSource open(final Path folder, final GreyMode mode, final FrameClock clock)
        throws IOException {
        final Set<String> suffixes = Set.of(ImageIO.getReaderFileSuffixes());
        final List<Path> images;
        try (Stream<Path> files = Files.list(folder)) {
            images = files.filter(file -> Files.isRegularFile(file) && suffixes.contains(suffix(file)))
                .sorted(Comparator.comparing(file -> file.getFileName().toString(), NaturalOrder.INSTANCE))
                .toList();
        }
        if (images.isEmpty()) {
            throw new FormatException(folder + ": folder without images, expected at least one file of the kinds "
                + suffixes.stream().filter(suffix -> !suffix.isEmpty()).sorted().collect(Collectors.joining(", ")));
        }
        return new ImageFolderFrameSource(folder.toString(), mode, clock, images);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public GreyMode greyMode() {
        return mode;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public int height() {
        return height;
    }

    @Override
    public boolean next(final float[] grey) throws IOException {
        if (!images.hasNext()) {
            return false;
        }
        final BufferedImage image = readImage(images.next(), this::decode);
        final Raster raster = image.getRaster();
        final ColorModel colours = image.getColorModel();
        for (int y = 0; y < height; y++) {
            if (colours instanceof IndexColorModel) {
                image.getRGB(0, y, width, 1, row, 0, width);
                packedRow(grey, y * width);
            } else {
                row = raster.getPixels(0, y, width, 1, row);
                sampleRow(raster.getNumBands(), colours, grey, y * width);
            }
        }
        frames++;
        return true;
    }

    @Override
    public long micros() {
        return clock.micros(Math.max(0, frames - 1));
    }

    /** Nothing is held open between frames. */
    @Override
    public void close() {
    }

    private void packedRow(final float[] grey, final int at) {
        for (int x = 0; x < width; x++) {
            grey[at + x] = mode.rgb8(row[x] >> 16 & 0xff, row[x] >> 8 & 0xff, row[x] & 0xff);
        }
    }

    private void sampleRow(final int bands, final ColorModel colours, final float[] grey, final int at) {
        final boolean wide = colours.getComponentSize(0) == 16;
        if (colours.getColorSpace().getType() == ColorSpace.TYPE_GRAY) {
            final float white = wide ? 65535.0f : 255.0f;
            for (int x = 0; x < width; x++) {
                grey[at + x] = mode.grey(row[bands * x] / white);
            }
            return;
        }
        for (int x = 0; x < width; x++) {
            final int red = row[bands * x];
            final int green = row[bands * x + 1];
            final int blue = row[bands * x + 2];
            grey[at + x] = wide ? mode.rgb16(red, green, blue) : mode.rgb8(red, green, blue);
        }
    }

    private BufferedImage decode(final ImageReader reader, final Path path) throws IOException {
        if (reader.getWidth(0) != width || reader.getHeight(0) != height) {
            throw new FormatException(path + ": image of " + reader.getWidth(0) + " x " + reader.getHeight(0)
                + " pixels, expected " + width + " x " + height + " as in " + firstImage.getFileName());
        }
        final BufferedImage image = reader.read(0);
        final ColorModel colours = image.getColorModel();
        final int bits = colours.getComponentSize(0);
        final int type = colours.getColorSpace().getType();
        final int transfer = image.getRaster().getTransferType();
        final boolean integral = transfer == DataBuffer.TYPE_BYTE || transfer == DataBuffer.TYPE_USHORT
            || transfer == DataBuffer.TYPE_INT;
        if (!(colours instanceof IndexColorModel) && (!integral || bits != 8 && bits != 16
            || type != ColorSpace.TYPE_GRAY && type != ColorSpace.TYPE_RGB)) {
            throw new FormatException(path + ": image with " + bits + "-bit samples of colour space " + type
                + ", expected 8-bit or 16-bit grey or RGB");
        }
        return image;
    }

    private static <T> T readImage(final Path path, final Use<T> use) throws IOException {
        try (ImageInputStream stream = ImageIO.createImageInputStream(path.toFile())) {
            final Iterator<ImageReader> readers = stream == null ? null : ImageIO.getImageReaders(stream);
            if (readers == null || !readers.hasNext()) {
                throw new FormatException(path + ": " + (Files.size(path) == 0 ? "empty file" : "not an image")
                    + ", expected an image as its name says");
            }
            final ImageReader reader = readers.next();
            try {
                reader.setInput(stream, true, true);
                return use.apply(reader, path);
            } finally {
                reader.dispose();
            }
        } catch (FormatException e) {
            throw e;
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            // The JDK's readers report some damage through unchecked exceptions.
            throw new FormatException(path + ": damaged or unsupported image: " + firstLine(e), e);
        }
    }

    private static String firstLine(final Throwable e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no details");
    }

    private static String suffix(final Path file) {
        final String name = file.getFileName().toString();
        return name.startsWith(".") ? "." : name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    @FunctionalInterface
    private interface Use<T> {
        T apply(ImageReader reader, Path path) throws IOException;
    }
}
