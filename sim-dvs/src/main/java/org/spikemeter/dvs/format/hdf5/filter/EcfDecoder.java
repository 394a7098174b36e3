package org.spikemeter.dvs.format.hdf5.filter;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Prophesee's ECF (filter 0x8ECF, Metavision): number of events and two flags, times as differences and run lengths,
 * then places and polarities in one of three ways. Becomes records as the data set has them: x, y of 16 bits, p of 16,
 * two bytes of padding, t of 64. From {@code ecf_codec.cpp} of prophesee-ai/hdf5_ecf.
 */
final class EcfDecoder {
    static final int EVENT_BYTES = 16;
    /** More than this the format's own decoder does not take. */
    static final int MAX_EVENTS = 65_535;

    private static final int Y_AT = 2;
    private static final int P_AT = 4;
    private static final int T_AT = 8;
    private static final int COORDINATE = 0x7ff;

    private final PackedBytes in;
    private final int events;
    private final ByteBuffer records;

    private EcfDecoder(final PackedBytes in, final int events) {
        this.in = in;
        this.events = events;
        this.records = ByteBuffer.allocate(events * EVENT_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Unpacks.
     *
     * @param limit bytes that may come out
     */
    static byte[] decode(final byte[] bytes, final int limit) throws DamagedChunkException {
        final PackedBytes in = new PackedBytes("ECF:", bytes, 0, bytes.length);
        final int head = in.i32();
        final int events = head >>> 2;
        if (events > MAX_EVENTS || events > limit / EVENT_BYTES) {
            throw in.damaged("claims " + events + " events for a chunk of " + limit + " bytes");
        }
        final EcfDecoder decoder = new EcfDecoder(in, events);
        decoder.times();
        if ((head & 2) != 0) {
            decoder.placesAndPolarities();
        } else {
            decoder.rows();
            if ((head & 1) != 0) {
                decoder.columnsAndPolarities();
            } else {
                decoder.columns();
                decoder.polarities();
            }
        }
        return decoder.records.array();
    }

    /** Difference and number of events in four bits each; 15 stands for more of them. */
    private void times() throws DamagedChunkException {
        long time = in.i64();
        int event = 0;
        while (event < events) {
            int pair = in.u8();
            if (pair >> 4 == 15) {
                long far = 0;
                for (int shift = 0; pair >> 4 == 15; shift += 4) {
                    far |= shift < Long.SIZE ? (pair & 15L) << shift : 0;
                    pair = in.u8();
                }
                time += far;
            }
            time += pair >> 4;
            final int run = run((pair & 15) == 15 ? in.u16() : pair & 15, event);
            for (int i = 0; i < run; i++, event++) {
                records.putLong(event * EVENT_BYTES + T_AT, time);
            }
        }
    }

    private int run(final int run, final int from) throws DamagedChunkException {
        if (run > events - from) {
            throw in.damaged("has a run of " + run + " at event " + from + " of " + events);
        }
        return run;
    }

    private void rows() throws DamagedChunkException {
        int event = 0;
        while (event < events) {
            final int pair = in.u16();
            final int run = run((pair & 31) == 31 ? in.u16() : pair & 31, event);
            for (int i = 0; i < run; i++, event++) {
                records.putShort(event * EVENT_BYTES + Y_AT, (short) (pair >> 5));
            }
        }
    }

    private void polarities() throws DamagedChunkException {
        int event = 0;
        while (event < events) {
            final int pair = in.u8();
            final int run = run((pair & 127) == 127 ? in.u16() : pair & 127, event);
            for (int i = 0; i < run; i++, event++) {
                records.putShort(event * EVENT_BYTES + P_AT, (short) (pair >> 7));
            }
        }
    }

    /** A column, and which of the five to the right of it have an event as well. */
    private void columns() throws DamagedChunkException {
        int event = 0;
        while (event < events) {
            final int pair = in.u16();
            final int mask = pair & 31;
            run(1 + Integer.bitCount(mask), event);
            records.putShort(EVENT_BYTES * event++, (short) (pair >> 5));
            for (int right = 1; right <= 5; right++) {
                if ((mask >> 5 - right & 1) != 0) {
                    records.putShort(EVENT_BYTES * event++, (short) ((pair >> 5) + right));
                }
            }
        }
    }

    /** Four events in three words of 16 bits. */
    private void columnsAndPolarities() throws DamagedChunkException {
        for (int event = 0; event < events; event += 4) {
            final int first = in.u16();
            final int second = in.u16();
            final int third = in.u16();
            putColumn(event, first >> 4);
            putColumn(event + 1, first & 15 | second >> 8 << 4);
            putColumn(event + 2, second & 255 | third >> 12 << 8);
            putColumn(event + 3, third & 4095);
        }
    }

    private void putColumn(final int event, final int packed) {
        if (event < events) {
            records.putShort(event * EVENT_BYTES, (short) (packed >> 1));
            records.putShort(event * EVENT_BYTES + P_AT, (short) (packed & 1));
        }
    }

    /** Four events in three words of 32 bits. */
    private void placesAndPolarities() throws DamagedChunkException {
        for (int event = 0; event < events; event += 4) {
            final int first = in.i32();
            final int second = in.i32();
            final int third = in.i32();
            putPlace(event, first >>> 8);
            putPlace(event + 1, first & 0xff | second >>> 16 << 8);
            putPlace(event + 2, second & 0xffff | third >>> 24 << 16);
            putPlace(event + 3, third & 0xff_ffff);
        }
    }

    private void putPlace(final int event, final int packed) {
        putColumn(event, packed & 0xfff);
        if (event < events) {
            records.putShort(event * EVENT_BYTES + Y_AT, (short) (packed >> 12 & COORDINATE));
        }
    }
}
