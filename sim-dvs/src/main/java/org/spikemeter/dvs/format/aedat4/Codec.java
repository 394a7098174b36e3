package org.spikemeter.dvs.format.aedat4;

import java.util.Locale;

/** How packets are compressed, in the order of AEDAT 4's {@code CompressionType}. The high ones differ in writing. */
enum Codec {
    NONE, LZ4, LZ4_HIGH, ZSTD, ZSTD_HIGH;

    private static final Codec[] ALL = values();
    private static final int ZSTD_MAGIC = 0xfd2fb528;

    /** True for a number that stands for one. */
    static boolean isKnown(final int code) {
        return code >= 0 && code < ALL.length;
    }

    static Codec of(final int code) {
        return ALL[code];
    }

    /** What a user calls it. */
    String variant() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isLz4() {
        return this == LZ4 || this == LZ4_HIGH;
    }

    boolean isZstd() {
        return this == ZSTD || this == ZSTD_HIGH;
    }

    /** True for the first 32 bits of what is compressed in this way. */
    boolean isMagic(final int word) {
        return isLz4() && word == Lz4Frame.MAGIC || isZstd() && word == ZSTD_MAGIC;
    }
}
