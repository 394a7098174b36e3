package org.spikemeter.dvs.format.hdf5.filter;

/**
 * Blosc 1 (filter 32001, DSEC): a header of 16 bytes; where each block begins; blocks of one stream, or of one stream
 * for each byte of an element, each with its packed length in front. From {@code README_CHUNK_FORMAT.rst} and
 * {@code blosc.c} of c-blosc.
 */
final class BloscDecoder {
    private static final int HEADER_BYTES = 16;
    private static final int VERSION = 2;
    private static final int BYTE_SHUFFLE = 1;
    private static final int COPIED = 2;
    private static final int BIT_SHUFFLE = 4;
    private static final int RESERVED = 8;
    private static final int WHOLE = 16;
    private static final int CODEC_SHIFT = 5;
    /** Blocks are split where elements are no wider, and have so many bytes each at least. */
    private static final int MAX_SPLITS = 16;
    private static final int MIN_SPLIT_BYTES = 128;

    private final byte[] bytes;
    private final int end;
    private final int flags;
    private final int elementBytes;
    private final int blockBytes;
    private final byte[] result;
    private final byte[] block;

    private BloscDecoder(final PackedBytes in, final int limit) throws DamagedChunkException {
        final int version = in.u8();
        // which version of the codec packed it
        in.u8();
        this.flags = in.u8();
        this.elementBytes = in.u8();
        final int unpacked = in.i32();
        this.blockBytes = in.i32();
        final int packed = in.i32();
        if (version != VERSION || elementBytes == 0 || (flags & RESERVED) != 0) {
            throw in.damaged("has the version " + version + ", flags " + flags + ", elements of " + elementBytes
                + " bytes: expected version " + VERSION + " and flags that are known");
        }
        if (unpacked < 0 || unpacked > limit || packed < HEADER_BYTES || packed > in.left() + HEADER_BYTES
            || blockBytes < 1 || blockBytes > Math.max(1, unpacked)) {
            throw in.damaged("claims " + unpacked + " bytes in blocks of " + blockBytes + ", packed in " + packed
                + ": there are " + (in.left() + HEADER_BYTES) + " for a chunk of " + limit);
        }
        this.bytes = in.array();
        this.end = in.at() - HEADER_BYTES + packed;
        this.result = new byte[unpacked];
        this.block = new byte[isShuffled() ? blockBytes : 0];
    }

    /**
     * Unpacks.
     *
     * @param limit bytes that may come out
     */
    static byte[] decode(final byte[] bytes, final int limit) throws DamagedChunkException {
        return new BloscDecoder(new PackedBytes("blosc:", bytes, 0, bytes.length), limit).decode();
    }

    private boolean isShuffled() {
        return (flags & BYTE_SHUFFLE) != 0 && elementBytes > 1 || (flags & BIT_SHUFFLE) != 0;
    }

    private byte[] decode() throws DamagedChunkException {
        final PackedBytes in = new PackedBytes("blosc:", bytes, HEADER_BYTES, end);
        if ((flags & COPIED) != 0) {
            System.arraycopy(bytes, in.take(result.length), result, 0, result.length);
            return result;
        }
        final int blocks = Math.ceilDiv(result.length, blockBytes);
        for (int i = 0; i < blocks; i++) {
            final int start = in.i32();
            if (start < HEADER_BYTES || start > end) {
                throw in.damaged("has a block at " + start + ", of " + end + " bytes");
            }
            final int at = i * blockBytes;
            decodeBlock(new PackedBytes("blosc:", bytes, start, end), at, Math.min(blockBytes, result.length - at));
        }
        return result;
    }

    private void decodeBlock(final PackedBytes in, final int at, final int length) throws DamagedChunkException {
        if (!isShuffled()) {
            decodeStreams(in, result, at, length);
            return;
        }
        decodeStreams(in, block, 0, length);
        if ((flags & BYTE_SHUFFLE) != 0) {
            Shuffle.bytes(block, 0, result, at, length, elementBytes);
        } else {
            Shuffle.bits(block, 0, result, at, length, elementBytes);
        }
    }

    private void decodeStreams(final PackedBytes in, final byte[] to, final int at, final int length)
        throws DamagedChunkException {
        final boolean split = (flags & WHOLE) == 0 && elementBytes <= MAX_SPLITS
            && blockBytes / elementBytes >= MIN_SPLIT_BYTES && length == blockBytes;
        final int streams = split ? elementBytes : 1;
        final int streamBytes = length / streams;
        if (streamBytes * streams != length) {
            throw in.damaged("has a block of " + length + " bytes, expected whole elements of " + elementBytes);
        }
        for (int i = 0; i < streams; i++) {
            final int packed = in.i32();
            final int from = in.take(packed);
            final int made;
            if (packed == streamBytes) {
                System.arraycopy(bytes, from, to, at + i * streamBytes, packed);
                made = packed;
            } else {
                made = decodeStream(from, packed, to, at + i * streamBytes, streamBytes);
            }
            if (made != streamBytes) {
                throw in.damaged("made " + made + " bytes of a stream, expected " + streamBytes);
            }
        }
    }

    private int decodeStream(final int from, final int packed, final byte[] to, final int at, final int limit)
        throws DamagedChunkException {
        final int codec = flags >> CODEC_SHIFT;
        return switch (codec) {
            case 0 -> BloscLz.decode(bytes, from, packed, to, at, limit);
            case 1 -> Codecs.lz4(bytes, from, packed, to, at, limit);
            case 3 -> Codecs.inflate(bytes, from, packed, to, at, limit);
            case 4 -> Codecs.zstd(bytes, from, packed, to, at, limit);
            default -> throw new DamagedChunkException("blosc: has the codec " + codec
                + (codec == 2 ? " (snappy)" : "") + ", expected 0 (blosclz), 1 (lz4), 3 (zlib) or 4 (zstd)");
        };
    }
}
