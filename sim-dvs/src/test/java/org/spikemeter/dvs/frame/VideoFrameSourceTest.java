package org.spikemeter.dvs.frame;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameRecorder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.dvs.Resources;

class VideoFrameSourceTest {
    @TempDir
    private Path folder;

    /** The recorder of these tests would fill the output with FFmpeg's talk. */
    @BeforeAll
    static void silenceFfmpeg() {
        avutil.av_log_set_level(avutil.AV_LOG_QUIET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FLOAT", "EIGHT_BIT"})
    void shouldGiveStoredSamplesWhenVideoIsLosslessGrey(final GreyMode mode) throws IOException {
        final List<float[]> expected = Frames.all(FrameSources.open(Resources.reference("clip-9001-frames.npy"), mode));
        final List<float[]> found = Frames.all(FrameSources.open(Resources.reference("clip-9001.mkv"), mode));
        assertEquals(68, found.size());
        for (int t = 0; t < 68; t++) {
            assertArrayEquals(expected.get(t), found.get(t));
        }
    }

    @Test
    void shouldReadCompressedClip() throws IOException {
        final List<float[]> lossless = Frames.all(open(Resources.reference("clip-9001.mkv")));
        try (FrameSource source = open(Resources.reference("clip-9001.mp4"))) {
            assertEquals(128, source.width());
            assertEquals(128, source.height());
        }
        final List<float[]> found = Frames.all(open(Resources.reference("clip-9001.mp4")));
        assertEquals(68, found.size());
        double difference = 0.0;
        for (int i = 0; i < 128 * 128; i++) {
            difference += Math.abs(found.get(0)[i] - lossless.get(0)[i]);
        }
        assertTrue(difference / (128 * 128) < 0.02, "mean difference " + difference / (128 * 128));
    }

    @ParameterizedTest
    @ValueSource(strings = {"clip-9001.mkv", "clip-9001.mp4"})
    void shouldGiveTimesOfFrames(final String clip) throws IOException {
        try (FrameSource source = open(Resources.reference(clip))) {
            final float[] grey = new float[128 * 128];
            for (int t = 0; t < 68; t++) {
                assertTrue(source.next(grey));
                // Matroska has milliseconds
                assertEquals(t * 1e6 / 30, source.micros(), clip.endsWith("mkv") ? 600 : 1);
            }
        }
    }

    @Test
    void shouldGiveTimesWhenFrameRateVaries() throws IOException {
        final Path file = folder.resolve("variable.mkv");
        final long[] times = {0, 40_000, 160_000, 200_000, 1_000_000};
        try (FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(file.toFile(), 16, 16)) {
            recorder.setFormat("matroska");
            recorder.setVideoCodec(avcodec.AV_CODEC_ID_FFV1);
            recorder.setPixelFormat(avutil.AV_PIX_FMT_BGR0);
            recorder.setFrameRate(25);
            recorder.start();
            for (final long time : times) {
                try (Frame frame = new Frame(16, 16, Frame.DEPTH_UBYTE, 3)) {
                    recorder.setTimestamp(time);
                    recorder.record(frame);
                }
            }
        }
        try (FrameSource source = open(file)) {
            for (final long time : times) {
                assertTrue(source.next(new float[16 * 16]));
                assertEquals(time, source.micros());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"16, 16", "64, 48"})
    void shouldWeighColoursWhenVideoIsLosslessColour(final int width, final int height) throws IOException {
        final Path file = folder.resolve("colour.mkv");
        final byte[][] frames = randomFrames(3, 3 * width * height);
        record(file, "matroska", avcodec.AV_CODEC_ID_FFV1, avutil.AV_PIX_FMT_BGR0, width, height, frames);
        for (final GreyMode mode : GreyMode.values()) {
            final List<float[]> found = Frames.all(FrameSources.open(file, mode));
            assertEquals(3, found.size());
            for (int t = 0; t < 3; t++) {
                for (int i = 0; i < width * height; i++) {
                    assertEquals(mode.rgb8(frames[t][3 * i + 2] & 0xff, frames[t][3 * i + 1] & 0xff,
                        frames[t][3 * i] & 0xff), found.get(t)[i]);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "17, 13", "33, 2"})
    void shouldWeighColoursWhenWidthIsOdd(final int width, final int height) throws IOException {
        final BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED);
        final Random random = new Random(width);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, 0xff000000 | random.nextInt(1 << 24));
        }
        final Path file = folder.resolve("odd.gif");
        assertTrue(ImageIO.write(image, "gif", file.toFile()));
        final List<float[]> found = Frames.all(open(file));
        assertEquals(1, found.size());
        for (int i = 0; i < width * height; i++) {
            // The image holds the palette's colour nearest to the one it was given.
            final int rgb = image.getRGB(i % width, i / width);
            assertEquals(GreyMode.FLOAT.rgb8(rgb >> 16 & 0xff, rgb >> 8 & 0xff, rgb & 0xff), found.get(0)[i]);
        }
    }

    @ParameterizedTest
    @CsvSource({"mono, 1, 1, 255", "mono, 17, 5, 255", "mono16, 19, 3, 65535"})
    void shouldGiveStoredSamplesWhenGreyWidthIsOdd(final String kind, final int width, final int height,
        final int white) throws IOException {
        final byte[][] frames = randomFrames(2, width * height * (white == 255 ? 1 : 2));
        final ByteArrayOutputStream y4m = new ByteArrayOutputStream();
        y4m.writeBytes(("YUV4MPEG2 W" + width + " H" + height + " F25:1 Ip A1:1 C" + kind + "\n").getBytes());
        for (final byte[] frame : frames) {
            y4m.writeBytes("FRAME\n".getBytes());
            y4m.writeBytes(frame);
        }
        final List<float[]> found = Frames.all(open(Files.write(folder.resolve("grey.y4m"), y4m.toByteArray())));
        assertEquals(2, found.size());
        for (int i = 0; i < width * height; i++) {
            final ByteBuffer stored = ByteBuffer.wrap(frames[1]).order(ByteOrder.LITTLE_ENDIAN);
            final int sample = white == 255 ? stored.get(i) & 0xff : stored.getShort(2 * i) & 0xffff;
            assertEquals(sample / (float) white, found.get(1)[i]);
        }
    }

    /** The container's matrix, as phones write it; clockwise degrees. */
    @ParameterizedTest
    @CsvSource({"90, 0, 1, -1, 0", "180, -1, 0, 0, -1", "270, 0, -1, 1, 0"})
    void shouldTurnWhenContainerAsksForIt(final int degrees, final int a, final int b, final int c, final int d)
        throws IOException {
        final float[] upright = Frames.all(open(Resources.reference("clip-9001.mp4"))).get(0);
        final byte[] mp4 = Files.readAllBytes(Resources.reference("clip-9001.mp4"));
        final int matrix = indexOf(mp4, "tkhd") + 4 + 40;
        ByteBuffer.wrap(mp4).putInt(matrix, a << 16).putInt(matrix + 4, b << 16).putInt(matrix + 12, c << 16)
            .putInt(matrix + 16, d << 16);
        final float[] found = Frames.all(open(Files.write(folder.resolve("turned.mp4"), mp4))).get(0);
        for (int y = 0; y < 128; y++) {
            for (int x = 0; x < 128; x++) {
                final int turned = switch (degrees) {
                    case 90 -> x * 128 + 127 - y;
                    case 180 -> (127 - y) * 128 + 127 - x;
                    default -> (127 - x) * 128 + y;
                };
                assertEquals(upright[y * 128 + x], found[turned]);
            }
        }
    }

    @Test
    void shouldDeliverFramesAndThenFailWhenMatroskaIsCut() throws IOException {
        final byte[] whole = Files.readAllBytes(Resources.reference("clip-9001.mkv"));
        final Path file = Files.write(folder.resolve("cut.mkv"), Arrays.copyOf(whole, whole.length / 2));
        final List<float[]> expected = Frames.all(open(Resources.reference("clip-9001.mkv")));
        try (FrameSource source = open(file)) {
            final float[] grey = new float[128 * 128];
            for (int t = 0; t < 20; t++) {
                assertTrue(source.next(grey));
                assertArrayEquals(expected.get(t), grey);
            }
        }
        final String message = Frames.formatError(() -> Frames.all(open(file)));
        assertTrue(message.startsWith(file + ": cut after frame 3") && message.endsWith("expected 2.27 s as the file"
            + " states"), message);
    }

    @Test
    void shouldRejectMp4WhenCutBeforeItsIndex() throws IOException {
        final byte[] whole = Files.readAllBytes(Resources.reference("clip-9001.mp4"));
        final Path file = Files.write(folder.resolve("cut.mp4"), Arrays.copyOf(whole, 8000));
        assertEquals(file + ": not in a video format, or cut before its index, expected a video"
            + " (MP4, Matroska, AVI, MPEG, ...)", Frames.formatError(() -> open(file)));
    }

    @Test
    void shouldNameFrameWhenItIsDamaged() throws IOException {
        final byte[] bytes = Files.readAllBytes(Resources.reference("clip-9001.mp4"));
        for (int i = bytes.length / 3; i < bytes.length / 3 + 200; i++) {
            bytes[i] ^= 0x5a;
        }
        final Path file = Files.write(folder.resolve("damaged.mp4"), bytes);
        final String message = Frames.formatError(() -> Frames.all(open(file)));
        assertTrue(message.matches("\\Q" + file + "\\E: frame \\d+ is damaged, expected a whole video"), message);
    }

    @ParameterizedTest
    @CsvSource({"32, 16, 64, 48", "64, 48, 32, 16"})
    void shouldFailWhenFrameSizeChanges(final int width, final int height, final int laterWidth, final int laterHeight)
        throws IOException {
        final Path first = folder.resolve("first.ts");
        final Path later = folder.resolve("later.ts");
        record(first, "mpegts", avcodec.AV_CODEC_ID_MPEG2VIDEO, avutil.AV_PIX_FMT_YUV420P, width, height,
            randomFrames(40, 3 * width * height));
        record(later, "mpegts", avcodec.AV_CODEC_ID_MPEG2VIDEO, avutil.AV_PIX_FMT_YUV420P, laterWidth, laterHeight,
            randomFrames(40, 3 * laterWidth * laterHeight));
        final byte[] both = Arrays.copyOf(Files.readAllBytes(first), (int) (Files.size(first) + Files.size(later)));
        System.arraycopy(Files.readAllBytes(later), 0, both, (int) Files.size(first), (int) Files.size(later));
        final Path file = Files.write(folder.resolve("both.ts"), both);
        final String message = Frames.formatError(() -> Frames.all(open(file)));
        assertTrue(message.startsWith(file + ": frame ") && message.endsWith(" has " + laterWidth + " x " + laterHeight
            + " pixels, expected " + width + " x " + height + " as in the frames before"), message);
    }

    @Test
    void shouldRejectFileWhenItHasSoundOnly() throws IOException {
        final Path file = folder.resolve("sound.mkv");
        try (FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(file.toFile(), 1)) {
            recorder.setFormat("matroska");
            recorder.setAudioCodec(avcodec.AV_CODEC_ID_FLAC);
            recorder.start();
            final Frame frame = new Frame();
            frame.sampleRate = 44100;
            frame.audioChannels = 1;
            frame.samples = new Buffer[] {ShortBuffer.allocate(44100)};
            recorder.record(frame);
        }
        assertEquals(file + ": no video stream in it, expected a video (MP4, Matroska, AVI, MPEG, ...)",
            Frames.formatError(() -> open(file)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"clip.mp4", "clip.txt", "clip.mkv", "clip"})
    void shouldRejectTextWhateverItsName(final String name) throws IOException {
        final Path file = Files.writeString(folder.resolve(name), "This is not a video.\n".repeat(500));
        assertEquals(file + ": not in a video format, or cut before its index, expected a video"
            + " (MP4, Matroska, AVI, MPEG, ...)", Frames.formatError(() -> open(file)));
    }

    @Test
    void shouldRejectFileWhenEmptyOrMissing() throws IOException {
        final Path file = folder.resolve("clip.mp4");
        assertEquals(file + ": no such file, expected a video", Frames.formatError(() -> open(file)));
        Files.createFile(file);
        assertEquals(file + ": empty file, expected a video", Frames.formatError(() -> open(file)));
    }

    @Test
    void shouldRejectVideoWhenItHasNoFrames() throws IOException {
        final byte[] whole = Files.readAllBytes(Resources.reference("clip-9001.mkv"));
        // Up to the first cluster: all the headers, no frame.
        final byte[] cluster = {0x1f, 0x43, (byte) 0xb6, 0x75};
        final int end = indexOf(whole, new String(cluster, StandardCharsets.ISO_8859_1));
        final Path file = Files.write(folder.resolve("headers.mkv"), Arrays.copyOf(whole, end));
        final String message = Frames.formatError(() -> Frames.all(open(file)));
        assertTrue(message.startsWith(file + ": "), message);
    }

    private static FrameSource open(final Path file) throws IOException {
        return FrameSources.open(file, GreyMode.FLOAT);
    }

    private static byte[][] randomFrames(final int count, final int bytes) {
        final Random random = new Random(count * 31L + bytes);
        final byte[][] frames = new byte[count][bytes];
        for (final byte[] frame : frames) {
            random.nextBytes(frame);
        }
        return frames;
    }

    private static void record(final Path file, final String format, final int codec, final int pixelFormat,
        final int width, final int height, final byte[][] frames) throws FrameRecorder.Exception {
        try (FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(file.toFile(), width, height)) {
            recorder.setFormat(format);
            recorder.setVideoCodec(codec);
            recorder.setPixelFormat(pixelFormat);
            recorder.setFrameRate(25);
            recorder.start();
            for (final byte[] pixels : frames) {
                final Frame frame = new Frame(width, height, Frame.DEPTH_UBYTE, 3);
                for (int y = 0; y < height; y++) {
                    ((ByteBuffer) frame.image[0]).put(y * frame.imageStride, pixels, 3 * y * width, 3 * width);
                }
                recorder.record(frame);
                frame.close();
            }
        }
    }

    private static int indexOf(final byte[] bytes, final String text) {
        return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
    }
}
