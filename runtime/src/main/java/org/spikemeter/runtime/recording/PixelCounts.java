package org.spikemeter.runtime.recording;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.SensorSize;

/**
 * Events of each polarity, a pixel. The area grows with the events; where it has more than {@link #MAX_PIXELS}, single
 * pixels are no longer counted. Counts are exact below 2<sup>32</sup>.
 */
public final class PixelCounts {
    /** Pixels of the largest area that is counted: 64 MB of counts. */
    public static final int MAX_PIXELS = 1 << 23;

    private static final int[] NONE = {};

    /** ON behind OFF, rows of {@link #stride} pixels; {@link #NONE} where the area is too large. */
    private int[] counts;
    private int stride;
    private int rows;
    private int maxX = -1;
    private int maxY = -1;

    /**
     * No events yet.
     *
     * @param size of the sensor, where it is known
     */
    public PixelCounts(final Optional<SensorSize> size) {
        stride = size.map(SensorSize::width).orElse(1);
        rows = size.map(SensorSize::height).orElse(1);
        counts = (long) stride * rows > MAX_PIXELS ? NONE : new int[2 * stride * rows];
    }

    /** A pixel and its events. */
    public record Pixel(int x, int y, long events) {}

    /** Counts events. */
    public void add(final EventBatch batch) {
        final int[] words = batch.wordArray();
        int[] into = counts;
        int right = maxX;
        int bottom = maxY;
        for (int i = 0; i < batch.size(); i++) {
            final int word = words[i];
            final int x = EventWord.x(word);
            final int y = EventWord.y(word);
            right = Math.max(right, x);
            bottom = Math.max(bottom, y);
            if (x >= stride || y >= rows) {
                grow(x, y);
                into = counts;
            }
            if (into != NONE) {
                into[2 * (y * stride + x) + EventWord.polarity(word)]++;
            }
        }
        maxX = right;
        maxY = bottom;
    }

    /** Takes the places of events into the area, without counting the events. */
    public void include(final EventBatch batch) {
        for (int i = 0; i < batch.size(); i++) {
            maxX = Math.max(maxX, batch.x(i));
            maxY = Math.max(maxY, batch.y(i));
        }
    }

    /** By a quarter at least, so that an area that is found out bit by bit is copied a few times only. */
    private void grow(final int x, final int y) {
        long width = x < stride ? stride : Math.max(x + 1, stride + stride / 4);
        long height = y < rows ? rows : Math.max(y + 1, rows + rows / 4);
        if (width * height > MAX_PIXELS) {
            width = Math.max(x + 1, stride);
            height = Math.max(y + 1, rows);
        }
        final boolean fits = counts != NONE && width * height <= MAX_PIXELS;
        final int[] grown = fits ? new int[2 * (int) (width * height)] : NONE;
        for (int row = 0; row < rows && fits; row++) {
            System.arraycopy(counts, 2 * row * stride, grown, 2 * row * (int) width, 2 * stride);
        }
        counts = grown;
        stride = (int) width;
        rows = (int) height;
    }

    /**
     * The area that all events lie in, those of {@link #include} as well, from the corner at the top left.
     *
     * @return empty without events
     */
    public Optional<SensorSize> area() {
        return maxX < 0 ? Optional.empty() : Optional.of(new SensorSize(maxX + 1, maxY + 1));
    }

    /** False where the area is too large; all pixels then seem to have no events. */
    public boolean isCounted() {
        return counts != NONE;
    }

    /** Events of a pixel, of one polarity. */
    public long events(final int x, final int y, final int polarity) {
        return x < stride && y < rows && isCounted()
            ? Integer.toUnsignedLong(counts[2 * (y * stride + x) + polarity]) : 0;
    }

    private long eventsAt(final int pixel) {
        return Integer.toUnsignedLong(counts[2 * pixel]) + Integer.toUnsignedLong(counts[2 * pixel + 1]);
    }

    private int pixels() {
        return counts.length / 2;
    }

    /** Pixels that have events. */
    public int active() {
        int active = 0;
        for (int pixel = 0; pixel < pixels(); pixel++) {
            active += eventsAt(pixel) > 0 ? 1 : 0;
        }
        return active;
    }

    /** The most events of a pixel. */
    public long most() {
        long most = 0;
        for (int pixel = 0; pixel < pixels(); pixel++) {
            most = Math.max(most, eventsAt(pixel));
        }
        return most;
    }

    /** Events that all pixels but a part do not exceed, of those that have any; 0 where none has. */
    public long quantile(final double part) {
        final long[] sorted = new long[active()];
        int at = 0;
        for (int pixel = 0; pixel < pixels(); pixel++) {
            if (eventsAt(pixel) > 0) {
                sorted[at++] = eventsAt(pixel);
            }
        }
        Arrays.sort(sorted);
        return at == 0 ? 0 : sorted[(int) Math.min(at - 1L, Math.round(part * (at - 1)))];
    }

    /**
     * What a pixel has to exceed to be called hot: the mean and some standard deviations, over the pixels that have
     * events.
     *
     * @return empty where no pixel has any
     */
    public OptionalLong hotAbove(final double deviations) {
        final int active = active();
        if (active == 0) {
            return OptionalLong.empty();
        }
        double sum = 0.0;
        for (int pixel = 0; pixel < pixels(); pixel++) {
            sum += eventsAt(pixel);
        }
        final double mean = sum / active;
        double squares = 0.0;
        for (int pixel = 0; pixel < pixels(); pixel++) {
            final double events = eventsAt(pixel);
            squares += events > 0 ? (events - mean) * (events - mean) : 0.0;
        }
        return OptionalLong.of((long) Math.floor(mean + deviations * Math.sqrt(squares / active)));
    }

    /** The pixels with more events than that, most first. */
    public List<Pixel> above(final long events) {
        final List<Pixel> above = new ArrayList<>();
        for (int pixel = 0; pixel < pixels(); pixel++) {
            if (eventsAt(pixel) > events) {
                above.add(new Pixel(pixel % stride, pixel / stride, eventsAt(pixel)));
            }
        }
        // stable: equal ones stay in reading order
        above.sort(Comparator.comparingLong(Pixel::events).reversed());
        return above;
    }
}
