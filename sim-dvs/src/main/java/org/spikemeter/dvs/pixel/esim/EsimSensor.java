package org.spikemeter.dvs.pixel.esim;

import java.util.Arrays;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventOrder;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.pixel.EventSensor;
import org.spikemeter.dvs.pixel.random.HashedRandom;
import org.spikemeter.dvs.pixel.random.NoiseSource;
import org.spikemeter.dvs.pixel.random.NormalQuantiles;

/**
 * ESIM's pixel, after {@code esim.cpp} of rpg_vid2e and {@code event_simulator.cpp} of rpg_esim.
 *
 * <pre>
 * L = ln(grey + offset)                                     float32
 * where |L1 - L0| &gt; 1e-6:
 *   C = threshold of the direction of L1 - L0, + N(0, sigma) where there is noise, then at least 0.01
 *   repeat r' = r +- C, while r' is beyond L0 and not beyond L1:
 *     t = t0 + (r' - L0) / (L1 - L0) (t1 - t0)
 *     event at t, where there was none before or t - t of the last one &gt;= dead time
 *     r = r', with or without event
 * </pre>
 *
 * <p>Events lie in the order of their times, rounded to microseconds, and at one time row by row.
 */
public final class EsimSensor implements EventSensor {
    private static final float LEAST_CHANGE = 1e-6f;
    private static final float WHITE = 255.0f;

    private final EsimParameters parameters;
    private final SensorSize size;
    private final float[] ofWhole = new float[(int) WHITE + 1];
    private final float[] brightness;
    private final float[] reference;
    private final double[] lastMicros;
    private final EventOrder order = new EventOrder();
    private long frames;
    private long previousMicros;

    /** A sensor that has seen no frame. */
    public EsimSensor(final SensorSize size, final EsimParameters parameters) {
        this.parameters = parameters;
        this.size = size;
        this.brightness = new float[size.pixels()];
        this.reference = new float[size.pixels()];
        this.lastMicros = new double[size.pixels()];
        for (int number = 0; number < ofWhole.length; number++) {
            ofWhole[number] = logarithm(number / WHITE);
        }
        reset();
    }

    @Override
    public String name() {
        return "ESIM";
    }

    @Override
    public SensorSize size() {
        return size;
    }

    @Override
    public void reset() {
        frames = 0;
        previousMicros = Long.MIN_VALUE;
        Arrays.fill(lastMicros, Double.NEGATIVE_INFINITY);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException where time goes back, or on by more than 2^31 microseconds
     */
    @Override
    public void sense(final float[] grey, final long micros, final EventBatch into) {
        EventSensor.checkTime(micros, previousMicros);
        if (frames == 0) {
            for (int pixel = 0; pixel < brightness.length; pixel++) {
                brightness[pixel] = brightness(grey[pixel]);
            }
            System.arraycopy(brightness, 0, reference, 0, reference.length);
        } else {
            if (micros - previousMicros > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("frame at " + micros + " us after a frame at " + previousMicros
                    + " us: expected at most " + Integer.MAX_VALUE + " us between frames");
            }
            order.clear();
            for (int y = 0; y < size.height(); y++) {
                senseRow(y, grey, (int) (micros - previousMicros));
            }
            collect(into);
        }
        frames++;
        previousMicros = micros;
    }

    private void senseRow(final int y, final float[] grey, final int interval) {
        final int rowStart = y * size.width();
        for (int x = 0; x < size.width(); x++) {
            final int pixel = rowStart + x;
            final float before = brightness[pixel];
            final float now = brightness(grey[pixel]);
            if (Math.abs(before - now) > LEAST_CHANGE) {
                if (now >= before) {
                    rise(pixel, before, now, interval, EventWord.of(x, y, 1));
                } else {
                    fall(pixel, before, now, interval, EventWord.of(x, y, 0));
                }
            }
            brightness[pixel] = now;
        }
    }

    private void rise(final int pixel, final float before, final float now, final int interval, final int word) {
        final float threshold = threshold(parameters.onThreshold(), NoiseSource.ON_THRESHOLD, pixel);
        float crossing = reference[pixel] + threshold;
        while (crossing > before && crossing <= now) {
            cross(pixel, (double) (crossing - before) * interval / (now - before), word);
            reference[pixel] = crossing;
            crossing += threshold;
        }
    }

    private void fall(final int pixel, final float before, final float now, final int interval, final int word) {
        final float threshold = threshold(parameters.offThreshold(), NoiseSource.OFF_THRESHOLD, pixel);
        float crossing = reference[pixel] - threshold;
        while (crossing < before && crossing >= now) {
            cross(pixel, (double) (crossing - before) * interval / (now - before), word);
            reference[pixel] = crossing;
            crossing -= threshold;
        }
    }

    private void cross(final int pixel, final double offset, final int word) {
        final double micros = previousMicros + offset;
        if (micros - lastMicros[pixel] >= parameters.refractoryMicros()) {
            order.add((int) Math.floor(offset + 0.5), word);
            lastMicros[pixel] = micros;
        }
    }

    private float threshold(final double nominal, final NoiseSource source, final int pixel) {
        if (parameters.thresholdSigma() == 0.0) {
            return (float) nominal;
        }
        final long key = HashedRandom.key(parameters.seed(), source, frames);
        final double z = NormalQuantiles.of(HashedRandom.bits(key, pixel));
        return Math.max(EsimParameters.LEAST_THRESHOLD, (float) (nominal + parameters.thresholdSigma() * z));
    }

    private void collect(final EventBatch into) {
        order.sort();
        final int before = into.size();
        final int count = order.size();
        into.ensureCapacity(before + count);
        final long[] times = into.microsArray();
        final int[] words = into.wordArray();
        for (int i = 0; i < count; i++) {
            times[before + i] = previousMicros + order.key(i);
            words[before + i] = order.word(i);
        }
        into.setSize(before + count);
    }

    private float brightness(final float grey) {
        // 8-bit grey is whole numbers of 1/255
        final float number = WHITE * grey;
        final int whole = (int) number;
        return whole == number ? ofWhole[whole] : logarithm(grey);
    }

    private float logarithm(final float grey) {
        return (float) Math.log(grey + parameters.logOffset());
    }
}
