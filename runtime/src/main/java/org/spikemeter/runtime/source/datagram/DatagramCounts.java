package org.spikemeter.runtime.source.datagram;

import java.util.concurrent.atomic.AtomicLong;

/** What came in datagrams. Counted by one thread, read by any. */
public final class DatagramCounts {
    private final AtomicLong datagrams = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong events = new AtomicLong();
    private final AtomicLong malformed = new AtomicLong();
    private final AtomicLong outside = new AtomicLong();
    private final AtomicLong others = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final AtomicLong late = new AtomicLong();
    private final AtomicLong restarts = new AtomicLong();

    /** Only one thread adds, so that no more than a store in order is needed. */
    private static void add(final AtomicLong count, final long number) {
        if (number != 0) {
            count.setRelease(count.getPlain() + number);
        }
    }

    void arrived(final int datagramBytes) {
        add(datagrams, 1);
        add(bytes, datagramBytes);
    }

    void refused() {
        add(malformed, 1);
    }

    void taken(final int eventsTaken, final int eventsOutside, final int otherWords) {
        add(events, eventsTaken);
        add(outside, eventsOutside);
        add(others, otherWords);
    }

    void lost(final long number) {
        add(lost, number);
    }

    void cameLate() {
        add(late, 1);
    }

    void restarted() {
        add(restarts, 1);
    }

    /** Datagrams that arrived, malformed ones included. */
    public long datagrams() {
        return datagrams.get();
    }

    /** Bytes in them. */
    public long bytes() {
        return bytes.get();
    }

    /** Events that were taken. */
    public long events() {
        return events.get();
    }

    /** Datagrams that were left out whole: their length, or their number, is none of the form. */
    public long malformed() {
        return malformed.get();
    }

    /** Events that were left out because they are outside the sensor. */
    public long outside() {
        return outside.get();
    }

    /** Words that are no events: frames, samples of an IMU, external inputs. */
    public long others() {
        return others.get();
    }

    /** Datagrams that are missing by their numbers and have not come late; 0 where the form has no numbers. */
    public long lost() {
        return lost.get();
    }

    /** Datagrams that came behind one with a higher number; their events were taken. */
    public long late() {
        return late.get();
    }

    /** How often the numbers began anew: another sender, or the same one started again. */
    public long restarts() {
        return restarts.get();
    }
}
