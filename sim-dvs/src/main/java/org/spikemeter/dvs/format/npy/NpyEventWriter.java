package org.spikemeter.dvs.format.npy;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.EventWriter;
import org.spikemeter.dvs.format.io.EventOutput;
import org.spikemeter.engine.importer.npy.NpyWriter;

/** Writes {@link NpyFormat}: the number of events is written over the header at the end. */
final class NpyEventWriter implements EventWriter {
    private final EventOutput out;
    private final NpyLayout layout;
    private final long start;
    private long events;

    NpyEventWriter(final EventOutput out, final NpyLayout layout) throws IOException {
        out.requireSeekable();
        this.out = out;
        this.layout = layout;
        this.start = out.offset();
        out.put(header());
    }

    private byte[] header() {
        return NpyWriter.header(layout.descr(), layout.shape(events));
    }

    @Override
    public void write(final EventBatch batch) throws IOException {
        final long[] micros = batch.microsArray();
        final int[] words = batch.wordArray();
        for (int i = 0; i < batch.size(); i++) {
            final ByteBuffer row = out.buffer(layout.rowBytes());
            final int word = words[i];
            layout.put(row, micros[i], EventWord.x(word), EventWord.y(word), EventWord.polarity(word));
        }
        events += batch.size();
    }

    @Override
    public void finish() throws IOException {
        out.patch(start, header());
    }
}
