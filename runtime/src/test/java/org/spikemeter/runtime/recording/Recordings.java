package org.spikemeter.runtime.recording;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.SensorSize;

/** Recordings that exist in memory alone. */
public final class Recordings {
    private Recordings() {
    }

    /** Events at random places, of random polarity, times random steps apart. */
    public static EventBatch random(
        final SplittableRandom random, final int events, final SensorSize size, final long leastStep,
        final long mostStep) {
        final EventBatch batch = new EventBatch();
        long time = random.nextLong(-1_000_000, 1_000_000);
        for (int i = 0; i < events; i++) {
            batch.add(time, EventWord.of(
                random.nextInt(size.width()), random.nextInt(size.height()), random.nextInt(2)));
            time += random.nextLong(leastStep, mostStep + 1);
        }
        return batch;
    }

    /** A reader that gives events in batches of no regular size. */
    public static EventReader reader(final EventBatch events, final Optional<SensorSize> size) {
        return new EventReader() {
            private int at;

            @Override
            public String name() {
                return "memory";
            }

            @Override
            public String format() {
                return "events";
            }

            @Override
            public Optional<SensorSize> size() {
                return size;
            }

            @Override
            public boolean read(final EventBatch into) {
                into.clear();
                for (int count = 1 + at % 97; count > 0 && at < events.size(); count--) {
                    into.add(events.micros(at), events.word(at));
                    at++;
                }
                return !into.isEmpty();
            }

            @Override
            public double progress() {
                return events.isEmpty() ? 1.0 : (double) at / events.size();
            }

            @Override
            public List<String> warnings() {
                return List.of("memory: forgetful");
            }

            @Override
            public void close() {
            }
        };
    }
}
