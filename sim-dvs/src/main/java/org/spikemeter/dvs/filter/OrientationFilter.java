package org.spikemeter.dvs.filter;

import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.SensorSize;

/** Mirrors places, then swaps x and y. Removes nothing. */
final class OrientationFilter extends CountingFilter {
    private final EventChanges.Flip flip;
    private final boolean transpose;
    private final int lastX;
    private final int lastY;

    /**
     * How places change.
     *
     * @param size the area that events are in; where nothing is mirrored it does not matter
     */
    OrientationFilter(final EventChanges.Flip flip, final boolean transpose, final SensorSize size) {
        this.flip = flip;
        this.transpose = transpose;
        this.lastX = size.width() - 1;
        this.lastY = size.height() - 1;
    }

    @Override
    void filter(final EventBatch batch) {
        final int[] words = batch.wordArray();
        final int size = batch.size();
        final boolean mirrorX = flip.x();
        final boolean mirrorY = flip.y();
        for (int i = 0; i < size; i++) {
            final int word = words[i];
            final int x = mirrorX ? lastX - EventWord.x(word) : EventWord.x(word);
            final int y = mirrorY ? lastY - EventWord.y(word) : EventWord.y(word);
            words[i] = EventWord.of(transpose ? y : x, transpose ? x : y, EventWord.polarity(word));
        }
    }

    @Override
    public String describe() {
        return flip == EventChanges.Flip.NONE ? "transpose" : "flip:" + flip + (transpose ? ",transpose" : "");
    }
}
