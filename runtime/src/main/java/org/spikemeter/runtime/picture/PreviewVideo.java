package org.spikemeter.runtime.picture;

import java.io.IOException;
import java.nio.file.Path;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.frame.VideoFrameWriter;
import org.spikemeter.engine.FormatException;
import org.spikemeter.engine.io.AtomicFile;

/**
 * A recording as video. A frame stands for {@code speed / framesPerSecond} seconds of the recording, and shows the last
 * event of each pixel in a window that ends with that time: ON and OFF in their colours.
 */
public final class PreviewVideo {
    /** Almost an hour at 30 frames a second: a wrong time in a recording must not fill the disk. */
    static final int MAX_FRAMES = 100_000;

    private static final double MICROS = 1e6;

    private final EventReader reader;
    private final double frameMicros;
    private final double framesPerSecond;
    private final long windowMicros;
    private final Picture small;
    private final Picture large;
    private final int scale;
    private final LastEvents lastEvents;

    private long events;
    private long lateEvents;
    private long frames;
    private long firstMicros;
    /** End of the present frame, since the first event. */
    private long frameEndMicros;

    /**
     * A recording and how it is shown.
     *
     * @param area that all events lie in
     * @param scale sides of the square that each pixel of the sensor becomes
     * @param framesPerSecond of the video, above 0
     * @param speed of the video, 1 for that of the recording, above 0
     * @param windowMicros of events that a frame shows; 0 for the time that it stands for
     * @throws FormatException where frames would be too large
     */
    public PreviewVideo(
        final EventReader reader, final SensorSize area, final int scale, final double framesPerSecond,
        final double speed, final long windowMicros) throws FormatException {
        PictureScale.check(area, scale);
        this.reader = reader;
        this.framesPerSecond = framesPerSecond;
        this.frameMicros = MICROS * speed / framesPerSecond;
        this.windowMicros = windowMicros;
        this.small = Picture.blank(area.width(), area.height());
        this.large = Picture.blank(even(scale * area.width()), even(scale * area.height()));
        this.scale = scale;
        this.lastEvents = new LastEvents(area);
    }

    /** Colours are halved in H.264; a row or column of background makes up for what is odd. */
    private static int even(final int side) {
        return side + side % 2;
    }

    /**
     * Reads the recording, and writes the video.
     *
     * @throws FormatException where there are no events, or too many frames
     * @throws IOException where it cannot be read or written; what was there then stays
     */
    public void write(final Path file) throws IOException {
        AtomicFile.writePath(file, temporary -> {
            try (VideoFrameWriter video = VideoFrameWriter.create(
                temporary, file.toString(), large.width(), large.height(), framesPerSecond)) {
                final EventBatch batch = new EventBatch();
                while (reader.read(batch)) {
                    add(batch, video);
                }
                if (events == 0) {
                    throw new FormatException(reader.name() + ": no events to show, expected at least one");
                }
                writeFrame(video);
            }
        });
    }

    private void add(final EventBatch batch, final VideoFrameWriter video) throws IOException {
        if (events == 0) {
            firstMicros = batch.micros(0);
            frameEndMicros = end(0);
        }
        for (int i = 0; i < batch.size(); i++) {
            final long time = batch.micros(i);
            final long since = time - firstMicros;
            if (since >= frameEndMicros) {
                requireFrames(since, time);
                while (since >= frameEndMicros) {
                    writeFrame(video);
                }
            } else if (since < end(frames - 1) && since < shownFrom()) {
                lateEvents++;
            }
            lastEvents.add(time, batch.word(i));
        }
        events += batch.size();
    }

    private void requireFrames(final long sinceMicros, final long timeMicros) throws FormatException {
        if (sinceMicros / frameMicros > MAX_FRAMES) {
            throw new FormatException(reader.name() + ": an event at " + timeMicros + " us, the first at " + firstMicros
                + " us: video of more than " + MAX_FRAMES
                + " frames (a higher --speed, a lower --fps or a part by --time make fewer)");
        }
    }

    private long end(final long frame) {
        return (long) Math.ceil((frame + 1) * frameMicros);
    }

    /** Start of what the present frame shows, since the first event. */
    private long shownFrom() {
        return windowMicros == 0 ? end(frames - 1) : frameEndMicros - windowMicros;
    }

    private void writeFrame(final VideoFrameWriter video) throws IOException {
        lastEvents.draw(firstMicros + shownFrom(), small);
        large.drawEnlarged(small, scale);
        video.write(large.rgb());
        frames++;
        frameEndMicros = end(frames);
    }

    /** Events so far. */
    public long events() {
        return events;
    }

    /** Events that no frame shows, because those of their time were written before they came. */
    public long lateEvents() {
        return lateEvents;
    }

    /** Frames so far. */
    public long frames() {
        return frames;
    }

    /** Columns of the video. */
    public int width() {
        return large.width();
    }

    /** Rows of the video. */
    public int height() {
        return large.height();
    }
}
