package org.spikemeter.dvs;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWord;

/** Events made from a seed. */
public final class RandomEvents {
    private RandomEvents() {
    }

    /**
     * Events that crowd in some pixels, with times that stand still, go on, leap, and, where asked for, go backward by
     * little or much.
     */
    public static EventBatch of(
        final long seed, final int events, final int width, final int height, final boolean backward) {
        final Random random = new Random(seed);
        final EventBatch batch = new EventBatch();
        long time = random.nextInt(100_000);
        for (int i = 0; i < events; i++) {
            time += switch (random.nextInt(40)) {
                case 0 -> random.nextInt(20_000);
                case 1 -> backward ? -random.nextInt(500) : 0;
                case 2 -> backward && random.nextInt(10) == 0 ? -random.nextInt(100_000) : 0;
                default -> random.nextInt(3) == 0 ? 0 : random.nextInt(200);
            };
            final boolean crowded = random.nextInt(4) == 0;
            batch.add(time, EventWord.of(crowded ? random.nextInt(Math.min(3, width)) : random.nextInt(width),
                crowded ? height - 1 : random.nextInt(height), random.nextInt(2)));
        }
        return batch;
    }

    /** One text an event, which tests compare and print. */
    public static List<String> texts(final EventBatch batch) {
        final List<String> texts = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            texts.add(text(batch, i));
        }
        return texts;
    }

    /** Time, x, y, polarity. */
    public static String text(final EventBatch batch, final int i) {
        return batch.micros(i) + " " + batch.x(i) + " " + batch.y(i) + " " + batch.polarity(i);
    }

    /** A copy of the events {@code from} to {@code to - 1}. */
    public static EventBatch part(final EventBatch batch, final int from, final int to) {
        final EventBatch part = new EventBatch(Math.max(1, to - from));
        for (int i = from; i < to; i++) {
            part.add(batch.micros(i), batch.word(i));
        }
        return part;
    }
}
