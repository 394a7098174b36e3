package org.spikemeter.engine.importer.nir;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.spikemeter.engine.FormatException;

/**
 * Checks the global heaps of an HDF5 file, where texts lie, before the library reads them: it believes the size that an
 * object claims (HDF5 File Format Specification 3.0, III.E).
 */
final class GlobalHeaps {
    /** "GCOL", version 1, three bytes of 0; little-endian. */
    private static final long SIGNATURE = 0x0000_0001_4C4F_4347L;
    private static final int ALIGNMENT = 8;
    private static final int HEAP_HEADER = 16;
    private static final int OBJECT_HEADER = 16;

    private GlobalHeaps() {
    }

    /**
     * Checks all heaps.
     *
     * @param bytes the file, little-endian
     * @return bytes of the longest object
     * @throws FormatException naming the offset, where an object or a heap does not fit into what holds it
     */
    static long check(final Path file, final ByteBuffer bytes) throws FormatException {
        long longest = 0;
        for (int at = 0; at + HEAP_HEADER <= bytes.capacity(); at += ALIGNMENT) {
            if (bytes.getLong(at) == SIGNATURE) {
                longest = Math.max(longest, check(file, bytes, at));
            }
        }
        return longest;
    }

    private static long check(final Path file, final ByteBuffer bytes, final int heap) throws FormatException {
        final long size = bytes.getLong(heap + ALIGNMENT);
        if (size < HEAP_HEADER || size > bytes.capacity() - heap) {
            throw new FormatException(file + ": global heap at byte " + heap + " claims " + size + " bytes, there are "
                + (bytes.capacity() - heap));
        }
        final int end = heap + (int) size;
        int at = heap + HEAP_HEADER;
        long longest = 0;
        while (at + OBJECT_HEADER <= end) {
            final int index = bytes.getShort(at);
            final long claimed = bytes.getLong(at + ALIGNMENT);
            if (index == 0) {
                return longest;
            }
            if (claimed < 0 || claimed > end - at - OBJECT_HEADER) {
                throw new FormatException(file + ": object " + index + " at byte " + at + " of a global heap claims "
                    + claimed + " bytes, there are " + (end - at - OBJECT_HEADER));
            }
            longest = Math.max(longest, claimed);
            at += OBJECT_HEADER + (int) ((claimed + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
        }
        return longest;
    }
}
