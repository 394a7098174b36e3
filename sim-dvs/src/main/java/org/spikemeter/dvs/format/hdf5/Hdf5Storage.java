package org.spikemeter.dvs.format.hdf5;

import io.jhdf.Superblock;
import io.jhdf.exceptions.HdfException;
import io.jhdf.storage.HdfBackingStorage;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.spikemeter.engine.FormatException;

/**
 * An HDF5 file as the library reads it, made safe against what a damaged one claims: nothing is read that is not in the
 * file; all that is read of the structure together is limited, so that nodes that name each other come to an end; and
 * indices that claim more entries than they could have are not read at all (HDF5 File Format Specification 3.0, VII).
 */
final class Hdf5Storage implements HdfBackingStorage, Closeable {
    /** What a reading costs beside its bytes: it makes objects. */
    private static final int READ_COST = 64;
    private static final long FREE_BYTES = 16L << 20;
    /** One byte of so many may be structure: chunks are much larger than what the indices have about them. */
    private static final int STRUCTURE_PART = 4;
    private static final int OFFSET_BYTES = 8;
    /** First four bytes, little-endian, of indices that claim a number of entries, and where they do. */
    private static final int FIXED_ARRAY = 0x4448_4146;
    private static final int FIXED_ARRAY_ENTRIES_AT = 8;
    private static final int EXTENSIBLE_ARRAY = 0x4448_4145;
    private static final int EXTENSIBLE_ARRAY_ENTRIES_AT = 44;
    private static final int TREE_2 = 0x4448_5442;
    private static final int TREE_2_ENTRIES_AT = 26;
    private static final long SIGNATURE = 0x0A1A_0A0D_4644_4889L;
    private static final int FIRST_USER_BLOCK = 512;

    private final String name;
    private final FileChannel channel;
    private final long length;
    private final Superblock superblock;
    private long structureLeft;

    private Hdf5Storage(final String name, final FileChannel channel) throws IOException {
        this.name = name;
        this.channel = channel;
        this.length = channel.size();
        this.structureLeft = FREE_BYTES + length / STRUCTURE_PART;
        this.superblock = readSuperblock(signature(channel));
    }

    /**
     * Opens a file.
     *
     * @throws FormatException where it is no HDF5 file
     */
    static Hdf5Storage open(final Path file) throws IOException {
        final FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        boolean opened = false;
        try {
            final Hdf5Storage storage = new Hdf5Storage(file.toString(), channel);
            opened = true;
            return storage;
        } finally {
            if (!opened) {
                channel.close();
            }
        }
    }

    /** True where a file has HDF5's mark: at its start, or behind a block of the user's. */
    static boolean hasSignature(final Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return signature(channel) >= 0;
        }
    }

    /** Offset of the signature; -1 where there is none. */
    private static long signature(final FileChannel channel) throws IOException {
        final ByteBuffer mark = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long at = 0; at + Long.BYTES <= channel.size(); at = at == 0 ? FIRST_USER_BLOCK : 2 * at) {
            channel.read(mark.clear(), at);
            if (!mark.hasRemaining() && mark.getLong(0) == SIGNATURE) {
                return at;
            }
        }
        return -1;
    }

    private Superblock readSuperblock(final long at) throws IOException {
        if (at < 0) {
            throw new FormatException(name + ": byte 0: found no signature of HDF5, expected 89 48 44 46 0d 0a 1a 0a");
        }
        final Superblock found = Hdf5Damage.guard(name, () -> Superblock.readSuperblock(channel, at));
        if (found.getSizeOfOffsets() != OFFSET_BYTES || found.getSizeOfLengths() != OFFSET_BYTES
            || found.getBaseAddressByte() != at) {
            throw new FormatException(name + ": byte " + at + ": found offsets of " + found.getSizeOfOffsets()
                + " bytes, lengths of " + found.getSizeOfLengths() + ", from byte " + found.getBaseAddressByte()
                + " on: expected 8, 8, " + at);
        }
        return found;
    }

    String name() {
        return name;
    }

    /** Entries that an index may have: each is at least an offset of the structure. */
    long maxEntries() {
        return structureLeft / OFFSET_BYTES;
    }

    /** Reads data, as many bytes as there are room for; the library's addresses begin behind a user's block. */
    void read(final long address, final ByteBuffer into) throws IOException {
        final long from = address + superblock.getBaseAddressByte();
        final int count = into.remaining();
        if (address < 0 || from < 0 || from > length - count) {
            throw new FormatException(name + ": byte " + from + ": " + count
                + " bytes of data should be here, the file has " + length);
        }
        while (into.hasRemaining()) {
            if (channel.read(into, from + count - into.remaining()) < 0) {
                throw new FormatException(name + ": the file has become shorter while it was read");
            }
        }
    }

    @Override
    public ByteBuffer readBufferFromAddress(final long address, final int count) {
        return structure(address + superblock.getBaseAddressByte(), count);
    }

    @Override
    public ByteBuffer map(final long address, final long count) {
        return structure(address + superblock.getBaseAddressByte(), count);
    }

    @Override
    public ByteBuffer mapNoOffset(final long address, final long count) {
        return structure(address, count);
    }

    private ByteBuffer structure(final long from, final long count) {
        if (from < 0 || count < 0 || count > length || from > length - count) {
            throw new HdfException("byte " + from + ": " + count + " bytes should be here, the file has " + length);
        }
        structureLeft -= count + READ_COST;
        if (structureLeft < 0) {
            throw new HdfException("the structure is larger than the file can be believed to need");
        }
        final ByteBuffer bytes = ByteBuffer.allocate((int) count).order(ByteOrder.LITTLE_ENDIAN);
        try {
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, from + bytes.position()) < 0) {
                    throw new HdfException("the file has become shorter while it was read");
                }
            }
        } catch (final IOException failure) {
            throw new HdfException("cannot be read at byte " + from, failure);
        }
        bytes.flip();
        checkEntries(bytes, FIXED_ARRAY, FIXED_ARRAY_ENTRIES_AT);
        checkEntries(bytes, EXTENSIBLE_ARRAY, EXTENSIBLE_ARRAY_ENTRIES_AT);
        checkEntries(bytes, TREE_2, TREE_2_ENTRIES_AT);
        return bytes;
    }

    private void checkEntries(final ByteBuffer bytes, final int mark, final int at) {
        if (bytes.limit() < at + Long.BYTES || bytes.getInt(0) != mark) {
            return;
        }
        final long entries = bytes.getLong(at);
        if (entries < 0 || entries > maxEntries()) {
            throw new HdfException("an index claims " + entries + " entries, in a file of " + length + " bytes");
        }
    }

    @Override
    public long getUserBlockSize() {
        return superblock.getBaseAddressByte();
    }

    @Override
    public Superblock getSuperblock() {
        return superblock;
    }

    @Override
    public FileChannel getFileChannel() {
        throw new HdfException("whoever reads goes through here");
    }

    @Override
    public int getSizeOfOffsets() {
        return OFFSET_BYTES;
    }

    @Override
    public int getSizeOfLengths() {
        return OFFSET_BYTES;
    }

    @Override
    public long size() {
        return length;
    }

    @Override
    public boolean inMemory() {
        return false;
    }

    /** Also called by the library, which throws what it wants. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (final IOException failure) {
            throw new HdfException("cannot be closed", failure);
        }
    }
}
