package org.spikemeter.runtime.live.server;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicInteger;

/** Streams to the viewers: each gets the description, and then whatever frame is the latest when it can take one. */
final class Viewers {
    private final Sampler sampler;
    private final Deadlines deadlines;

    Viewers(final Sampler sampler, final Deadlines deadlines) {
        this.sampler = sampler;
        this.deadlines = deadlines;
    }

    /** One more viewer, which {@link #leave} ends; false where there are too many. */
    boolean enter() {
        final AtomicInteger count = sampler.viewers();
        if (count.incrementAndGet() > LiveServer.MAX_VIEWERS) {
            count.decrementAndGet();
            return false;
        }
        return true;
    }

    /** One viewer less. */
    void leave() {
        sampler.viewers().decrementAndGet();
    }

    /**
     * Writes until no frame comes any more.
     *
     * @throws IOException where the viewer has gone, or did not take a frame in time
     */
    void stream(final OutputStream out) throws IOException {
        try {
            write(out, sampler.description());
            // a message from before there were viewers is stale
            long seen = sampler.sequence();
            for (LatestFrame.Message message = sampler.latest().after(seen); message != null;
                message = sampler.latest().after(seen)) {
                seen = message.sequence();
                write(out, message.bytes());
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(final OutputStream out, final byte[] message) throws IOException {
        try (Deadlines.Deadline _ = deadlines.begin()) {
            out.write(message);
            out.flush();
        }
    }
}
