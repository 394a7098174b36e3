package org.spikemeter.benchmarks;

import java.util.SplittableRandom;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.SensorSize;

/** What a sensor sees: events in the order of their times, from a seed. */
public enum EventScene {
    /** Sixteen things that move, each some 50 pixels wide, with 8 events a microsecond: hardly two in a row. */
    CLUSTERS {
        @Override
        void fill(final EventBatch events, final int count, final SensorSize size, final SplittableRandom random) {
            final double[] x = new double[THINGS];
            final double[] y = new double[THINGS];
            final double[] speed = new double[THINGS];
            for (int i = 0; i < THINGS; i++) {
                x[i] = random.nextDouble(size.width());
                y[i] = random.nextDouble(size.height());
                speed[i] = random.nextDouble(-PIXELS_A_MICROSECOND, PIXELS_A_MICROSECOND);
            }
            double micros = 0;
            while (events.size() < count) {
                micros += random.nextExponential() / EVENTS_A_MICROSECOND;
                final int thing = random.nextInt(THINGS);
                final double column = x[thing] + speed[thing] * micros + SPREAD * random.nextGaussian();
                final double row = y[thing] - speed[thing] * micros + SPREAD * random.nextGaussian();
                events.add((long) micros, EventWord.of(Math.floorMod((int) column, size.width()),
                    Math.floorMod((int) row, size.height()), random.nextInt(2)));
            }
        }
    },
    /** Edges, of which 8 to 47 neighbours in a row tell at once, three of four of them. */
    ROWS {
        @Override
        void fill(final EventBatch events, final int count, final SensorSize size, final SplittableRandom random) {
            double micros = 0;
            while (events.size() < count) {
                micros += random.nextExponential();
                final int y = random.nextInt(size.height());
                final int from = random.nextInt(size.width());
                final int to = Math.min(size.width(), from + random.nextInt(8, 48));
                final int polarity = random.nextInt(2);
                for (int x = from; x < to && events.size() < count; x++) {
                    if (random.nextInt(4) > 0) {
                        events.add((long) micros, EventWord.of(x, y, polarity));
                    }
                }
            }
        }
    };

    private static final int THINGS = 16;
    private static final double EVENTS_A_MICROSECOND = 8;
    private static final double PIXELS_A_MICROSECOND = 5e-4;
    private static final double SPREAD = 12;

    /** Adds events until there are {@code count}. */
    abstract void fill(EventBatch events, int count, SensorSize size, SplittableRandom random);

    /** So many events; always the same ones. */
    public EventBatch events(final int count, final SensorSize size) {
        final EventBatch events = new EventBatch(count);
        fill(events, count, size, new SplittableRandom(1));
        return events;
    }
}
