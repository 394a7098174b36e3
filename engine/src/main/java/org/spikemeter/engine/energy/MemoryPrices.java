package org.spikemeter.engine.energy;

import java.util.List;

/**
 * Prices of memory by its size: an access costs what it costs in the smallest memory that holds what is kept.
 *
 * @param accessBits bits that one access moves; a narrower number costs its part of an access
 * @param sizes by ascending size, at least one
 */
public record MemoryPrices(int accessBits, List<Size> sizes) {
    /**
     * A memory.
     *
     * @param bytes what it holds; {@link Long#MAX_VALUE} for any
     * @param price of one access
     */
    public record Size(long bytes, Price price) {}

    /** Copies the list and checks the order. */
    public MemoryPrices {
        sizes = List.copyOf(sizes);
        if (accessBits < 1 || sizes.isEmpty()) {
            throw new IllegalArgumentException("memory has accesses of " + accessBits + " bits and " + sizes.size()
                + " sizes: expected at least 1");
        }
        for (int i = 1; i < sizes.size(); i++) {
            if (sizes.get(i).bytes() <= sizes.get(i - 1).bytes()) {
                throw new IllegalArgumentException("memory of " + sizes.get(i).bytes() + " bytes after one of "
                    + sizes.get(i - 1).bytes() + ": expected ascending sizes");
            }
        }
    }

    /** The memory that holds so much; null where none is large enough. */
    public Size holding(final long bytes) {
        for (final Size size : sizes) {
            if (bytes <= size.bytes()) {
                return size;
            }
        }
        return null;
    }

    /** Price of reading or writing one number of so many bits; null where no memory is large enough. */
    Interval word(final long bytes, final int bits) {
        final Size size = holding(bytes);
        return size == null ? null : size.price().picojoules().times((double) bits / accessBits);
    }
}
