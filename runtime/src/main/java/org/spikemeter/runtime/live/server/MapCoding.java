package org.spikemeter.runtime.live.server;

import java.nio.ByteBuffer;

/**
 * Maps of bytes, most of which are 0, in a stream: {@code u8} coding, {@code u32} bytes that follow, and these. With
 * coding {@link #RAW} they are the map; with {@link #SPARSE} each entry is the number of zeros before the next cell
 * that is not 0 (7 bits a byte, low ones first, bit 7 says that more follow) and that cell. The shorter one is taken.
 */
final class MapCoding {
    /** The bytes of the map. */
    static final byte RAW = 0;
    /** Zeros to skip, and a byte. */
    static final byte SPARSE = 1;

    private static final int HEADER = 1 + Integer.BYTES;
    /** Bytes that the longest entry takes: a skip of 32 bits, and the cell. */
    private static final int MAX_ENTRY = 6;

    private MapCoding() {
    }

    /** Bytes that a map takes at most. */
    static int maxBytes(final int cells) {
        return HEADER + cells + MAX_ENTRY;
    }

    /**
     * Appends a map.
     *
     * @param out little-endian, with room for {@link #maxBytes}
     * @param cells cells of the map, from the first
     */
    static void put(final ByteBuffer out, final byte[] map, final int cells) {
        final int start = out.position();
        out.put(SPARSE).putInt(0);
        int next = 0;
        for (int i = 0; i < cells; i++) {
            if (map[i] != 0) {
                putSkip(out, i - next);
                out.put(map[i]);
                next = i + 1;
                if (out.position() - start - HEADER >= cells) {
                    out.position(start);
                    out.put(RAW).putInt(cells).put(map, 0, cells);
                    return;
                }
            }
        }
        out.putInt(start + 1, out.position() - start - HEADER);
    }

    private static void putSkip(final ByteBuffer out, final int zeros) {
        int rest = zeros;
        while (rest >= 0x80) {
            out.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }
}
