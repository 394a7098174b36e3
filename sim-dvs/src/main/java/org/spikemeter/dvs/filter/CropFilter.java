package org.spikemeter.dvs.filter;

import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWord;

/** Leaves out what is outside a rectangle, and moves the rectangle to (0, 0). */
final class CropFilter extends CountingFilter {
    private final String name;
    private final EventChanges.Crop crop;

    CropFilter(final String name, final EventChanges.Crop crop) {
        this.name = name;
        this.crop = crop;
    }

    @Override
    void filter(final EventBatch batch) {
        final long[] micros = batch.microsArray();
        final int[] words = batch.wordArray();
        final int size = batch.size();
        final int left = crop.x();
        final int top = crop.y();
        final int width = crop.width();
        final int height = crop.height();
        int kept = 0;
        for (int i = 0; i < size; i++) {
            final long t = micros[i];
            final int word = words[i];
            final int x = EventWord.x(word) - left;
            final int y = EventWord.y(word) - top;
            if (x >= 0 && x < width && y >= 0 && y < height) {
                micros[kept] = t;
                words[kept] = EventWord.of(x, y, EventWord.polarity(word));
                kept++;
            }
        }
        batch.setSize(kept);
    }

    @Override
    public String describe() {
        return name;
    }
}
