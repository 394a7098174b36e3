package org.spikemeter.dvs.format.hdf5;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** The bytes of a file from an address to its end. */
final class StorageStream extends InputStream {
    private final Hdf5Storage storage;
    private long at;
    private long left;

    /**
     * Bytes from an address on.
     *
     * @param address as the library counts; negative for a data set that was never written: there are none
     */
    StorageStream(final Hdf5Storage storage, final long address) {
        this.storage = storage;
        this.at = address;
        this.left = address < 0 ? 0 : Math.max(0, storage.size() - storage.getUserBlockSize() - address);
    }

    @Override
    public int read() throws IOException {
        final byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(final byte[] into, final int from, final int count) throws IOException {
        if (left == 0) {
            return -1;
        }
        final int part = (int) Math.min(left, count);
        storage.read(at, ByteBuffer.wrap(into, from, part));
        at += part;
        left -= part;
        return part;
    }
}
