package org.spikemeter.dvs.format.hdf5.filter;

import org.spikemeter.dvs.format.io.EventInput;

/** Packed bytes from left to right, little-endian; reading beyond the end is damage. */
final class PackedBytes {
    private final String what;
    private final byte[] bytes;
    private final int end;
    private int at;

    /**
     * @param what packed them, for messages
     * @param end behind the last byte
     */
    PackedBytes(final String what, final byte[] bytes, final int at, final int end) {
        this.what = what;
        this.bytes = bytes;
        this.at = at;
        this.end = end;
    }

    byte[] array() {
        return bytes;
    }

    int at() {
        return at;
    }

    int left() {
        return end - at;
    }

    boolean isAtEnd() {
        return at == end;
    }

    /** Goes on by {@code count} bytes; returns where they begin. */
    int take(final int count) throws DamagedChunkException {
        if (count < 0 || count > end - at) {
            throw damaged("needs " + count + " bytes at " + at + ", there are " + (end - at));
        }
        at += count;
        return at - count;
    }

    int u8() throws DamagedChunkException {
        return bytes[take(1)] & 0xff;
    }

    int u16() throws DamagedChunkException {
        return (short) EventInput.SHORT.get(bytes, take(Short.BYTES)) & 0xffff;
    }

    int i32() throws DamagedChunkException {
        return (int) EventInput.INT.get(bytes, take(Integer.BYTES));
    }

    long i64() throws DamagedChunkException {
        return (long) EventInput.LONG.get(bytes, take(Long.BYTES));
    }

    DamagedChunkException damaged(final String message) {
        return new DamagedChunkException(what + " " + message);
    }
}
