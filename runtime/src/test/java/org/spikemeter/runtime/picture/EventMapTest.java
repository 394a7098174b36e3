package org.spikemeter.runtime.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.engine.FormatException;
import org.spikemeter.runtime.recording.PixelCounts;
import org.spikemeter.runtime.recording.RateHistory;
import org.spikemeter.runtime.recording.Recordings;

class EventMapTest {
    private static final SensorSize SIZE = new SensorSize(4, 3);
    private static final int SCALE = 5;

    @TempDir
    private Path folder;

    /** ON at (1, 0), half as many OFF at (2, 1), later; nothing elsewhere. */
    private static EventBatch events() {
        final EventBatch events = new EventBatch();
        for (int i = 0; i < 10; i++) {
            events.add(i, EventWord.of(1, 0, 1));
        }
        for (int i = 0; i < 5; i++) {
            events.add(1_000_000 + i, EventWord.of(2, 1, 0));
        }
        return events;
    }

    private static int pixel(final Picture picture, final int x, final int y) {
        return picture.rgb()[y * picture.width() + x];
    }

    private static int count(final Picture picture, final int fromY, final int fromX, final int toX, final int rgb) {
        int count = 0;
        for (int y = fromY; y < picture.height(); y++) {
            for (int x = fromX; x < toX; x++) {
                count += pixel(picture, x, y) == rgb ? 1 : 0;
            }
        }
        return count;
    }

    @Test
    void shouldColourPixelsByTheirEvents() throws IOException {
        final PixelCounts counts = new PixelCounts();
        counts.add(events());
        final Picture picture = EventMap.of(counts, SIZE, SCALE);
        assertEquals(20, picture.width());
        assertEquals(15, picture.height());
        for (int y = 0; y < 15; y++) {
            for (int x = 0; x < 20; x++) {
                final int found = pixel(picture, x, y);
                if (x / SCALE == 1 && y / SCALE == 0) {
                    assertEquals(EventColours.ON, found);
                } else if (x / SCALE == 2 && y / SCALE == 1) {
                    assertTrue(found != EventColours.OFF && (found >> 16) > (found & 0xff), "a paler orange");
                } else {
                    assertEquals(EventColours.BACKGROUND, found);
                }
            }
        }
        final Path file = folder.resolve("map.png");
        picture.writePng(file);
        final BufferedImage read = ImageIO.read(file.toFile());
        assertEquals(20, read.getWidth());
        assertEquals(EventColours.ON, read.getRGB(7, 3) & 0xffffff);
    }

    @Test
    void shouldDrawOnUpwardsAndOffDownwardsOverTime() throws IOException {
        final PixelCounts counts = new PixelCounts();
        final RateHistory rate = new RateHistory();
        counts.add(events());
        rate.add(events());
        final Picture picture = EventMap.withRate(counts, SIZE, SCALE, rate);
        final int on = count(picture, 15, 0, 1, EventColours.ON);
        final int off = count(picture, 15, 19, 20, EventColours.OFF);
        assertTrue(on > 0);
        assertEquals(on, 2 * off);
        assertEquals(on, count(picture, 15, 0, 20, EventColours.ON));
        assertEquals(off, count(picture, 15, 0, 20, EventColours.OFF));
    }

    @Test
    void shouldMixColours() {
        assertEquals(EventColours.BACKGROUND, EventColours.of(0, 0, 1));
        assertEquals(EventColours.BACKGROUND, EventColours.of(3, 1, 0));
        assertEquals(EventColours.ON, EventColours.of(3, 0, 1));
        assertEquals(EventColours.OFF, EventColours.of(0, 1, 1));
        assertEquals((0x3B + 0xF9) / 2, EventColours.of(2, 2, 1) >> 16);
    }

    @Test
    void shouldShowAMomentInTheWholeArea() throws IOException {
        final PreviewPicture all = PreviewPicture.of(Recordings.reader(events(), Optional.empty()), Optional.empty());
        assertEquals(15, all.events());
        assertEquals(new SensorSize(3, 2), all.area());
        final PreviewPicture moment = PreviewPicture.of(Recordings.reader(events(), Optional.empty()),
            Optional.of(new PreviewPicture.Moment(4, 1_000_000)));
        assertEquals(6 + 4, moment.events());
        assertEquals(new SensorSize(3, 2), moment.area());
        assertEquals(6, moment.counts().events(1, 0, 1));
        final FormatException none = assertThrows(FormatException.class, () -> PreviewPicture.of(
            Recordings.reader(events(), Optional.empty()), Optional.of(new PreviewPicture.Moment(10, 5))));
        assertTrue(none.getMessage().contains("of 15"), none.getMessage());
    }
}
