package org.spikemeter.runtime.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.format.io.EventInput;
import org.spikemeter.runtime.pipeline.InputBatch;
import org.spikemeter.runtime.pipeline.Intake;
import org.spikemeter.runtime.pipeline.PipelineSource;

/**
 * A recording that another program writes into a pipe, as it comes: one clip, to the end of the stream. At most
 * {@value #READ_EVENTS} events wait for each other, and those that a text reader needs to know its columns; where
 * nothing comes, time stands still until the next event.
 *
 * <p>The stream is read by a thread of its own, since a wait for a pipe cannot be ended; it dies with the program.
 */
public final class StreamSource implements PipelineSource {
    private static final int READ_EVENTS = 64;
    private static final int PIPE_BYTES = 1 << 16;
    /** With so many there, a read does not wait, and what is in the batch waits for nothing. */
    private static final int ENOUGH_BYTES = 16 * READ_EVENTS;

    private final String name;
    private final InputStream in;
    private final Opener opener;
    private final PipedInputStream pipe = new PipedInputStream(PIPE_BYTES);
    private volatile IOException failure;
    private volatile Thread thread;
    private volatile boolean closed;

    /** Makes a reader of what comes. */
    @FunctionalInterface
    public interface Opener {
        /** A reader of it, closed by the source. */
        EventReader open(EventInput in) throws IOException;
    }

    /**
     * Nothing read yet.
     *
     * @param name what messages call it
     * @param in read by this alone, and left open
     */
    public StreamSource(final String name, final InputStream in, final Opener opener) {
        this.name = name;
        this.in = in;
        this.opener = opener;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void run(final Intake intake) throws IOException, InterruptedException {
        final PipedOutputStream out = new PipedOutputStream(pipe);
        Thread.ofPlatform().name("spikemeter-stream").daemon().start(() -> pump(out));
        thread = Thread.currentThread();
        try (pipe; EventReader reader = opener.open(EventInput.of(name, pipe))) {
            read(reader, intake);
            if (failure != null) {
                throw failure;
            }
        } catch (final InterruptedIOException stopped) {
            throw (InterruptedException) new InterruptedException(name).initCause(stopped);
        } catch (final IOException broken) {
            if (!closed) {
                throw broken;
            }
        }
    }

    /** Carries bytes on as they come; what fails is known before the pipe ends. */
    private void pump(final PipedOutputStream out) {
        try (out) {
            carry(out);
        } catch (final IOException broken) {
            failure = broken;
        }
    }

    private void carry(final PipedOutputStream out) {
        final byte[] bytes = new byte[PIPE_BYTES];
        try {
            int read = in.read(bytes);
            while (read >= 0 && !closed) {
                out.write(bytes, 0, read);
                out.flush();
                read = in.read(bytes);
            }
        } catch (final IOException broken) {
            failure = broken;
        }
    }

    private void read(final EventReader reader, final Intake intake) throws IOException, InterruptedException {
        final EventBatch part = new EventBatch(READ_EVENTS);
        boolean isFirst = true;
        boolean more = true;
        while (more && !closed) {
            more = reader.read(part);
            final long arrived = System.nanoTime();
            final InputBatch batch = intake.claim();
            if (batch == null) {
                return;
            }
            batch.events().addAll(part);
            while (more && pipe.available() >= ENOUGH_BYTES
                && batch.events().size() + READ_EVENTS <= batch.events().capacity()) {
                more = reader.read(part);
                batch.events().addAll(part);
            }
            batch.setArrivalNanos(arrived);
            batch.setStartsClip(isFirst);
            batch.setEndsClip(!more);
            intake.accept(batch);
            isFirst = false;
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        pipe.close();
        final Thread waiting = thread;
        if (waiting != null) {
            // a wait for the pipe does not end when it is closed
            waiting.interrupt();
        }
    }
}
