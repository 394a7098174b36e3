package org.spikemeter.recording;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.EventWriter;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.EventFormats;
import org.spikemeter.dvs.format.io.EventFormat;
import org.spikemeter.dvs.format.io.EventOutput;

/** What the tests of all formats share: every way to write, events by chance, files written and read. */
final class EventFiles {
    private static final int LONG_GAPS = 5;
    private static final int MAX_LONG_GAP_MICROS = 5_000_000;

    private EventFiles() {
    }

    /** Every format, in each of its variants. */
    static List<EventFormats.Choice> written() {
        final List<EventFormats.Choice> choices = new ArrayList<>();
        for (final EventFormat format : EventFormats.all()) {
            if (format.variants().isEmpty()) {
                choices.add(new EventFormats.Choice(format, Optional.empty()));
            }
            format.variants().forEach(variant -> choices.add(new EventFormats.Choice(format, Optional.of(variant))));
        }
        return choices;
    }

    /** As {@code --format} takes it. */
    static String title(final EventFormats.Choice choice) {
        return choice.format().name() + choice.variant().map(variant -> ":" + variant).orElse("");
    }

    /** Events anywhere on the sensor, a third of them at the time of the one before, up to five of them far later. */
    static EventBatch random(final long seed, final int events, final SensorSize size) {
        final SplittableRandom random = new SplittableRandom(seed);
        final EventBatch batch = new EventBatch(Math.max(events, 1));
        long micros = random.nextInt(2000);
        for (int i = 0; i < events; i++) {
            if (random.nextInt(events) < LONG_GAPS) {
                micros += random.nextInt(MAX_LONG_GAP_MICROS);
            } else if (random.nextInt(3) > 0) {
                micros += random.nextInt(1 << random.nextInt(1, 10));
            }
            batch.add(micros, EventWord.of(random.nextInt(size.width()), random.nextInt(size.height()),
                random.nextInt(2)));
        }
        return batch;
    }

    /** Writes a file in several batches. */
    static void write(final EventFormats.Choice choice, final Path file, final SensorSize size,
        final EventBatch events) throws IOException {
        try (EventOutput out = EventOutput.to(file, file.toString())) {
            final EventWriter writer = choice.create(out, Optional.of(size));
            final EventBatch part = new EventBatch();
            for (int i = 0; i < events.size(); i++) {
                part.add(events.micros(i), events.word(i));
                if (part.size() == EventBatch.DEFAULT_CAPACITY) {
                    writer.write(part);
                    part.clear();
                }
            }
            writer.write(part);
            writer.finish();
        }
    }

    /** Reads to the end by batches of some capacity. */
    static EventBatch read(final EventReader reader, final int capacity) throws IOException {
        final EventBatch all = new EventBatch();
        final EventBatch batch = new EventBatch(capacity);
        while (reader.read(batch)) {
            all.addAll(batch);
        }
        return all;
    }
}
