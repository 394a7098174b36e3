package org.spikemeter.dvs.format.npy;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.spikemeter.dvs.event.EventBatch;

/**
 * Events that wait in a temporary file until all are known, and are read over and over again. The file goes with the
 * spool, also where nobody closes it: it is opened to be deleted.
 */
final class EventSpool implements Closeable {
    private static final int EVENT_BYTES = Long.BYTES + Integer.BYTES;
    private static final int BLOCK_EVENTS = EventBatch.DEFAULT_CAPACITY;

    private final FileChannel file;
    private final ByteBuffer block =
        ByteBuffer.allocateDirect(BLOCK_EVENTS * EVENT_BYTES).order(ByteOrder.nativeOrder());
    private long events;
    private boolean reading;

    private EventSpool(final FileChannel file) {
        this.file = file;
    }

    /** An empty one, where temporary files are. */
    static EventSpool create() throws IOException {
        final Path path = Files.createTempFile("spikemeter", ".events");
        return new EventSpool(FileChannel.open(
            path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE));
    }

    long events() {
        return events;
    }

    void add(final EventBatch batch) throws IOException {
        final long[] micros = batch.microsArray();
        final int[] words = batch.wordArray();
        for (int i = 0; i < batch.size(); i++) {
            if (!block.hasRemaining()) {
                flush();
            }
            block.putLong(micros[i]).putInt(words[i]);
        }
        events += batch.size();
    }

    private void flush() throws IOException {
        block.flip();
        while (block.hasRemaining()) {
            file.write(block);
        }
        block.clear();
    }

    /** Goes back to the first event; none is added after that. */
    void rewind() throws IOException {
        if (!reading) {
            flush();
            reading = true;
        }
        file.position(0);
    }

    /**
     * Reads the next events.
     *
     * @param into cleared, then filled
     * @return false where there are no more
     */
    boolean read(final EventBatch into) throws IOException {
        into.clear();
        block.clear().limit(Math.min(into.capacity(), BLOCK_EVENTS) * EVENT_BYTES);
        while (block.hasRemaining() && file.read(block) >= 0) {
            // until the block is full, or the file ends
        }
        block.flip();
        while (block.hasRemaining()) {
            into.add(block.getLong(), block.getInt());
        }
        return !into.isEmpty();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
