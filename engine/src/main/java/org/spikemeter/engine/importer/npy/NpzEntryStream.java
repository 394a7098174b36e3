package org.spikemeter.engine.importer.npy;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;

/** The bytes of an entry of an archive; damage is thrown with the entry's name, a wrong check sum at the end. */
final class NpzEntryStream extends FilterInputStream {
    private final ZipEntry entry;
    private final String place;
    private final CRC32 found = new CRC32();
    private boolean checked;

    /**
     * @param place file and entry, for messages
     */
    NpzEntryStream(final InputStream in, final ZipEntry entry, final String place) {
        super(in);
        this.entry = entry;
        this.place = place;
    }

    @Override
    public int read() throws IOException {
        final byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(final byte[] into, final int from, final int length) throws IOException {
        final int count;
        try {
            count = in.read(into, from, length);
        } catch (final ZipException | EOFException damaged) {
            throw new NpyFormatException(
                place + ": the entry is damaged or cut (" + NpzStore.reason(damaged) + ")", damaged);
        }
        if (count < 0) {
            checkSum();
        } else {
            found.update(into, from, count);
        }
        return count;
    }

    /** Bytes that are passed belong to the check sum as well. */
    @Override
    public long skip(final long bytes) throws IOException {
        return readNBytes((int) Math.min(bytes, 1 << 16)).length;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** The JDK compares it for streams only, not for files. */
    private void checkSum() throws NpyFormatException {
        if (!checked && entry.getCrc() != found.getValue()) {
            throw new NpyFormatException(place + ": found data with the CRC-32 "
                + Long.toHexString(found.getValue()) + ", expected " + Long.toHexString(entry.getCrc()));
        }
        checked = true;
    }
}
