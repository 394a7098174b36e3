package org.spikemeter.dvs.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoFrameWriterTest {
    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;
    private static final int[] COLOURS = {0xffffff, 0xd00000, 0x00b000, 0x0000d0, 0x000000};

    @TempDir
    private Path folder;

    private Path write(final String name) throws IOException {
        final Path file = folder.resolve(name);
        try (VideoFrameWriter writer = VideoFrameWriter.create(file, "target.mp4", WIDTH, HEIGHT, 25)) {
            final int[] frame = new int[WIDTH * HEIGHT];
            for (final int colour : COLOURS) {
                Arrays.fill(frame, colour);
                writer.write(frame);
            }
        }
        return file;
    }

    @Test
    void shouldBeVideoThatBrowsersPlay() throws IOException {
        final Path file = write("video.tmp");
        try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(file.toFile())) {
            grabber.start();
            assertEquals(avcodec.AV_CODEC_ID_H264, grabber.getVideoCodec());
            assertEquals(WIDTH, grabber.getImageWidth());
            assertEquals(HEIGHT, grabber.getImageHeight());
            assertEquals(25, grabber.getFrameRate(), 1e-6);
            grabber.setImageMode(FrameGrabber.ImageMode.RAW);
            assertEquals(avutil.AV_PIX_FMT_YUV420P, grabber.getPixelFormat());
            assertEquals(0, grabber.getAudioChannels());
        }
        final String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertTrue(bytes.indexOf("moov") < bytes.indexOf("mdat"), "the index stands in front");
    }

    @Test
    void shouldKeepColoursAndOrderOfFrames() throws IOException {
        int frames = 0;
        try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(write("video.mp4").toFile())) {
            grabber.start();
            for (Frame frame = grabber.grabImage(); frame != null; frame = grabber.grabImage()) {
                final ByteBuffer bgr = (ByteBuffer) frame.image[0];
                final int at = HEIGHT / 2 * frame.imageStride + 3 * (WIDTH / 2);
                for (int channel = 0; channel < 3; channel++) {
                    assertEquals(COLOURS[frames] >> 8 * channel & 0xff, bgr.get(at + channel) & 0xff, 12,
                        "frame " + frames + ", channel " + channel);
                }
                frames++;
            }
        }
        assertEquals(COLOURS.length, frames);
    }

    @Test
    void shouldRefuseWhatCannotBeWritten() {
        for (final int[] sides : new int[][] {{63, 48}, {64, 47}, {0, 48}, {1 << 15, 1 << 15}}) {
            assertThrows(IllegalArgumentException.class,
                () -> VideoFrameWriter.create(folder.resolve("v.mp4"), "v.mp4", sides[0], sides[1], 25));
        }
        final IOException failure = assertThrows(IOException.class,
            () -> VideoFrameWriter.create(folder.resolve("none/v.tmp"), "none/v.mp4", WIDTH, HEIGHT, 25));
        assertTrue(failure.toString().contains("none/v.mp4"), failure.toString());
    }
}
