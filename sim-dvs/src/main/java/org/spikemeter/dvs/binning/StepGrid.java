package org.spikemeter.dvs.binning;

import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.network.Shape;

/** The events of the step under way: how many at each address of a grid, and which addresses have any. */
final class StepGrid {
    /** ON and OFF. */
    private static final int CHANNELS = 2;
    /** Bits of an address within a word of bits. */
    private static final int WORD_SHIFT = 6;

    private final int[] counts;
    private final long[] occupied;
    private long merged;

    StepGrid(final Shape shape) {
        counts = new int[shape.size()];
        occupied = new long[(shape.size() + Long.SIZE - 1) / Long.SIZE];
    }

    /**
     * Checks that a grid has a place for both polarities.
     *
     * @throws IllegalArgumentException where it has not, or has more
     */
    static void requireChannels(final Shape shape) {
        if (shape.channels() != CHANNELS) {
            throw new IllegalArgumentException("grid of " + shape.channels() + " channels: expected " + CHANNELS
                + ", ON and OFF");
        }
    }

    /**
     * Adds events that lie in the sensor.
     *
     * @return how many were left out, since the mapping takes them nowhere
     */
    int add(final int[] words, final int from, final int to, final PixelMapping mapping) {
        final int[] columns = mapping.columns();
        final int[] rows = mapping.rows();
        final int[] count = counts;
        final long[] bits = occupied;
        int leftOut = 0;
        int again = 0;
        for (int i = from; i < to; i++) {
            final int word = words[i];
            final int pixel = columns[EventWord.x(word)] + rows[EventWord.y(word)];
            if (pixel < 0) {
                leftOut++;
                continue;
            }
            final int address = pixel + 1 - EventWord.polarity(word);
            bits[address >>> WORD_SHIFT] |= 1L << address;
            again += count[address] == 0 ? 0 : 1;
            count[address]++;
        }
        merged += again;
        return leftOut;
    }

    /** Moves the events into a step, in order of their addresses; none are left. */
    void drain(final Repeated repeated, final StepEvents into) {
        final boolean counted = repeated == Repeated.COUNT;
        for (int word = 0; word < occupied.length; word++) {
            long bits = occupied[word];
            occupied[word] = 0;
            while (bits != 0) {
                final int address = word << WORD_SHIFT | Long.numberOfTrailingZeros(bits);
                into.add(address, counted ? counts[address] : 1.0f);
                counts[address] = 0;
                bits &= bits - 1;
            }
        }
    }

    /** Events, of all steps, that came to an address that had one already. */
    long merged() {
        return merged;
    }
}
