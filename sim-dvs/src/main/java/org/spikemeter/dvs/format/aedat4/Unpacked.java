package org.spikemeter.dvs.format.aedat4;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.util.Arrays;

/** The bytes of one packet, unpacked; used again for the next. Grows as they come, not as they are announced. */
final class Unpacked {
    /** Bytes of a packet that are believed, compressed or not: four million events, or the largest of frames. */
    static final int MAX_BYTES = 1 << 26;

    /** Room behind what is asked for, so that copies of eight bytes may go too far. */
    private static final int SLACK = 64;
    private static final int FIRST_CAPACITY = 1 << 17;

    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int size;

    /** The bytes, up to {@link #size()}; another array may take its place with the next packet. */
    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    void setSize(final int newSize) {
        size = newSize;
    }

    /** Makes room for {@code capacity} bytes in all; what is there stays. */
    void ensure(final int capacity) throws PacketException {
        if (capacity > MAX_BYTES) {
            throw new PacketException("unpacks to more than " + MAX_BYTES + " bytes");
        }
        if (capacity + SLACK > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, capacity + SLACK));
        }
    }

    /** Unpacks what is in {@code from}, from {@code at} to {@code end}. */
    void unpack(final Codec codec, final byte[] from, final int at, final int end) throws PacketException {
        if (codec.isLz4()) {
            Lz4Frame.unpack(from, at, end, this);
        } else if (codec.isZstd()) {
            unpackZstd(from, at, end);
        } else {
            ensure(end - at);
            System.arraycopy(from, at, bytes, 0, end - at);
            size = end - at;
        }
    }

    /** DV does not write how long the content is: where it does not fit, there is twice the room next time. */
    private void unpackZstd(final byte[] from, final int at, final int end) throws PacketException {
        boolean isUnpacked = false;
        while (!isUnpacked) {
            try {
                size = (int) Zstd.decompressByteArray(bytes, 0, bytes.length, from, at, end - at);
                isUnpacked = true;
            } catch (final ZstdException refusal) {
                if (refusal.getErrorCode() != Zstd.errDstSizeTooSmall()) {
                    throw new PacketException("no Zstandard frame: " + refusal.getMessage());
                }
                ensure(2 * bytes.length);
            }
        }
    }
}
