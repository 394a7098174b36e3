package org.spikemeter.runtime.source;

import java.io.IOException;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.runtime.source.datagram.UdpSender;

/** Plays a recording into datagrams, to its end. */
public final class EventPlayer {
    private static final double MICROS_A_SECOND = 1e6;
    private static final double BURSTS_A_SECOND = 1000.0;

    private EventPlayer() {
    }

    /**
     * By the times of the events.
     *
     * @param reader left open
     */
    public static void play(final EventReader reader, final Pace pace, final UdpSender sender)
        throws IOException, InterruptedException {
        final RecordingSlices slices = new RecordingSlices(reader, pace, RecordingSlices.DEFAULT_MICROS);
        final EventBatch batch = new EventBatch();
        while (slices.await()) {
            batch.clear();
            slices.take(batch);
            sender.send(batch, 0, batch.size());
        }
    }

    /**
     * So many events a second, whatever their times, in bursts of a millisecond.
     *
     * @param reader left open
     * @param eventsASecond above 0
     */
    public static void playAtRate(final EventReader reader, final double eventsASecond, final UdpSender sender)
        throws IOException, InterruptedException {
        final Pace pace = new Pace(1.0);
        final int burst = (int) Math.max(1.0, Math.min(Integer.MAX_VALUE, eventsASecond / BURSTS_A_SECOND));
        final EventBatch batch = new EventBatch();
        long sent = 0;
        while (reader.read(batch)) {
            int at = 0;
            while (at < batch.size()) {
                pace.await(Math.round(sent * MICROS_A_SECOND / eventsASecond));
                final int to = (int) Math.min(batch.size(), (long) at + burst);
                sender.send(batch, at, to);
                sent += to - at;
                at = to;
            }
        }
    }
}
