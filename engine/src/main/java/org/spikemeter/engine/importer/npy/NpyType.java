package org.spikemeter.engine.importer.npy;

/** Type of an array's elements. Complex numbers, texts, dates, records and Python objects are not read. */
public enum NpyType {
    /** One byte, 0 is false. */
    BOOL("b1", 1),
    /** Signed, 8 bits. */
    INT8("i1", 1),
    /** Signed, 16 bits. */
    INT16("i2", 2),
    /** Signed, 32 bits. */
    INT32("i4", 4),
    /** Signed, 64 bits. */
    INT64("i8", 8),
    /** Unsigned, 8 bits. */
    UINT8("u1", 1),
    /** Unsigned, 16 bits. */
    UINT16("u2", 2),
    /** Unsigned, 32 bits. */
    UINT32("u4", 4),
    /** Unsigned, 64 bits. */
    UINT64("u8", 8),
    /** IEEE 754, 16 bits. */
    FLOAT16("f2", 2),
    /** IEEE 754, 32 bits. */
    FLOAT32("f4", 4),
    /** IEEE 754, 64 bits. */
    FLOAT64("f8", 8);

    private final String code;
    private final int bytes;

    NpyType(final String code, final int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }

    /** False for the integer types and for {@link #BOOL}. */
    public boolean isFloating() {
        return this == FLOAT16 || this == FLOAT32 || this == FLOAT64;
    }

    /** As NumPy writes it for little-endian data, such as {@code <f4} or {@code |u1}. */
    String descr() {
        return (bytes == 1 ? "|" : "<") + code;
    }

    /** The type of a descr without its byte order, such as {@code f4}; null where there is none. */
    static NpyType ofCode(final String code) {
        for (final NpyType type : values()) {
            if (type.code.equals(code)) {
                return type;
            }
        }
        return null;
    }
}
