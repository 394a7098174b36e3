package org.spikemeter.runtime.source.datagram;

import java.nio.ByteBuffer;
import org.spikemeter.dvs.event.EventBatch;

/**
 * A form of events in datagrams, and the state of one stream of them: what the sequence number is, how often times have
 * wrapped. One for each direction; used by one thread.
 */
public interface DatagramCodec {
    /** The form, for people. */
    String name();

    /** Bytes of the largest datagram that is taken. */
    int maxBytes();

    /** False where the form has nothing by which a lost datagram is noticed. */
    boolean knowsLosses();

    /**
     * Takes a datagram: all of its events, apart from those outside the sensor, or, where its bytes cannot be what they
     * should be, none. Never throws, whatever the bytes are.
     *
     * @param datagram from its position to its limit
     * @param arrivalMicros when it arrived, since the start of the stream: the time of events that come without one
     * @param into gets the events, and grows as need be
     * @param counts is told what was found
     */
    void decode(ByteBuffer datagram, long arrivalMicros, EventBatch into, DatagramCounts counts);

    /**
     * Fills a datagram.
     *
     * @param events within the sensor
     * @param from the first event
     * @param to behind the last one; more than {@code from}
     * @param into cleared, filled, and flipped
     * @return behind the last event that had room
     * @throws IllegalArgumentException where an event is outside the sensor
     */
    int encode(EventBatch events, int from, int to, ByteBuffer into);
}
