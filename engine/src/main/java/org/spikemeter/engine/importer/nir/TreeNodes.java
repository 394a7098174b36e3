package org.spikemeter.engine.importer.nir;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.spikemeter.engine.FormatException;

/**
 * Checks the indices of an HDF5 file before the library follows them: it visits a node as often as others name it, so
 * that a few nodes could stand for billions, and reserves the entries that a header claims (HDF5 File Format
 * Specification 3.0, III.A, VII).
 */
final class TreeNodes {
    /** First four bytes, little-endian. */
    private static final int TREE = 0x4545_5254;
    private static final int TREE_2 = 0x4448_5442;
    private static final int FIXED_ARRAY = 0x4448_4146;
    private static final int EXTENSIBLE_ARRAY = 0x4448_4145;
    private static final int LONGEST = 64;
    /** Key and child of a node of a group: 8 bytes each. */
    private static final int FIRST_CHILD = 32;
    private static final int CHILD = 16;
    /** Entries of a node of chunks, and nodes above one another: HDF5 writes 64 entries, three nodes are 262,144. */
    private static final int MAX_ENTRIES = 64;
    private static final int MAX_LEVEL = 2;
    private static final int MAX_NODE_BYTES = 4096;

    private final Path file;
    private final ByteBuffer bytes;
    private final Set<Long> children = new HashSet<>();

    private TreeNodes(final Path file, final ByteBuffer bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    /**
     * Checks all indices.
     *
     * @param bytes the file, little-endian
     * @throws FormatException naming the offset
     */
    static void check(final Path file, final ByteBuffer bytes) throws FormatException {
        final TreeNodes nodes = new TreeNodes(file, bytes);
        for (int at = 0; at + LONGEST <= bytes.capacity(); at++) {
            // all four begin with one of three letters
            final byte first = bytes.get(at);
            if (first == 'T' || first == 'B' || first == 'F' || first == 'E') {
                nodes.check(at);
            }
        }
    }

    private void check(final int at) throws FormatException {
        switch (bytes.getInt(at)) {
            case TREE -> tree(at);
            case TREE_2 -> tree2(at);
            case FIXED_ARRAY -> entries(at, bytes.getLong(at + 8));
            case EXTENSIBLE_ARRAY -> entries(at, bytes.getLong(at + 44));
            default -> { }
        }
    }

    /** Signature, type (0 a group, 1 chunks), level, 2 bytes of entries, 2 siblings, then keys and children. */
    private void tree(final int at) throws FormatException {
        final int type = bytes.get(at + 4);
        final int level = bytes.get(at + 5) & 0xFF;
        final int entries = bytes.getShort(at + 6) & 0xFFFF;
        if (type == 1 && (level > MAX_LEVEL || level > 0 && entries > MAX_ENTRIES)) {
            throw fail(at, "B-tree of chunks has " + entries + " entries at level " + level);
        }
        if (type == 0 && FIRST_CHILD + (long) CHILD * entries <= bytes.capacity() - at) {
            // a leaf that is left over from a group that is gone may name what another names now
            final Set<Long> seen = level == 0 ? new HashSet<>() : children;
            for (int i = 0; i < entries; i++) {
                if (!seen.add(bytes.getLong(at + FIRST_CHILD + CHILD * i))) {
                    throw fail(at, "B-tree of a group has a child that another entry has too");
                }
            }
        }
    }

    /** Signature, version 0, type, 4 bytes of node size, 2 of record size, 2 of depth. */
    private void tree2(final int at) throws FormatException {
        final int size = bytes.getInt(at + 6);
        final int depth = bytes.getShort(at + 12) & 0xFFFF;
        if (bytes.get(at + 4) == 0 && (depth > 1 || size < 0 || size > MAX_NODE_BYTES)) {
            throw fail(at, "B-tree has nodes of " + size + " bytes, " + depth + " deep");
        }
        entries(at, bytes.getLong(at + 26));
    }

    private void entries(final int at, final long claimed) throws FormatException {
        if (bytes.get(at + 4) == 0 && (claimed < 0 || claimed > bytes.capacity())) {
            throw fail(at, "index claims " + claimed + " entries in a file of " + bytes.capacity() + " bytes");
        }
    }

    private FormatException fail(final int at, final String what) {
        return new FormatException(file + ": byte " + at + ": " + what);
    }
}
