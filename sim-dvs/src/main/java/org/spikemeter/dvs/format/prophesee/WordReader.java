package org.spikemeter.dvs.format.prophesee;

import java.io.IOException;
import java.util.Optional;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.io.EventInput;
import org.spikemeter.dvs.format.io.InputReader;
import org.spikemeter.dvs.format.io.ReadWarnings;

/** Reads a file of words, behind its header. */
final class WordReader extends InputReader {
    private final String format;
    private final Optional<SensorSize> size;
    private final WordDecoder decoder;

    /** Where a batch has less room than a word may need, events come by way of this one. */
    private final EventBatch between;
    private int taken;

    /**
     * A reader of what is left of the input.
     *
     * @param format for people
     * @param size as far as it is known
     * @param warnings of the decoder, too
     */
    WordReader(
        final EventInput in, final String format, final Optional<SensorSize> size, final ReadWarnings warnings,
        final WordDecoder decoder) {
        super(in, warnings);
        this.format = format;
        this.size = size;
        this.decoder = decoder;
        this.between = new EventBatch(decoder.room());
    }

    @Override
    public String format() {
        return format;
    }

    @Override
    public Optional<SensorSize> size() {
        return size;
    }

    @Override
    public boolean read(final EventBatch into) throws IOException {
        into.clear();
        if (taken == between.size() && into.capacity() >= decoder.room()) {
            fill(into);
        } else {
            passOn(into);
        }
        return !into.isEmpty();
    }

    private void fill(final EventBatch into) throws IOException {
        final int word = decoder.wordBytes();
        while (into.size() + decoder.room() <= into.capacity() && in.ensure(word)) {
            final int from = in.at();
            final int to = in.limit() - (in.limit() - from) % word;
            in.advance(decoder.decode(in.array(), from, to, in.offset() - from, into) - from);
        }
        if (into.isEmpty()) {
            leaveOutTail("word", word);
        }
    }

    private void passOn(final EventBatch into) throws IOException {
        if (taken == between.size()) {
            between.clear();
            taken = 0;
            fill(between);
        }
        while (taken < between.size() && into.size() < into.capacity()) {
            into.add(between.micros(taken), between.word(taken));
            taken++;
        }
    }
}
