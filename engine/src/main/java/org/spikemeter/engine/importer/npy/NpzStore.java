package org.spikemeter.engine.importer.npy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** The {@code .npy} entries of a ZIP archive; other entries do not count. */
final class NpzStore extends ArrayStore {
    private static final int MAX_REST = 1 << 16;

    private final ZipFile zip;
    private final long length;
    private final SequencedMap<String, ZipEntry> entries;

    private NpzStore(final Path file, final ZipFile zip, final SequencedMap<String, ZipEntry> entries)
        throws IOException {
        super(file);
        this.zip = zip;
        this.length = Files.size(file);
        this.entries = entries;
    }

    static NpzStore list(final Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new FileSystemException(file.toString(), null, "expected an NPZ archive or a folder");
        }
        final ZipFile zip = openZip(file);
        boolean listed = false;
        try {
            final NpzStore store = new NpzStore(file, zip, entries(zip, file));
            listed = true;
            return store;
        } finally {
            if (!listed) {
                zip.close();
            }
        }
    }

    private static ZipFile openZip(final Path file) throws IOException {
        try {
            return new ZipFile(file.toFile());
        } catch (final ZipException | EOFException damaged) {
            throw new NpyFormatException(file + ": found no complete ZIP archive (" + reason(damaged)
                + "), expected an NPZ archive", damaged);
        }
    }

    private static SequencedMap<String, ZipEntry> entries(final ZipFile zip, final Path file)
        throws NpyFormatException {
        final SequencedMap<String, ZipEntry> entries = new LinkedHashMap<>();
        for (final ZipEntry entry : Collections.list(zip.entries())) {
            final String name = entry.getName();
            if (name.endsWith(SUFFIX)
                && entries.put(name.substring(0, name.length() - SUFFIX.length()), entry) != null) {
                throw new NpyFormatException(file + ": " + name + ": found two entries of this name, expected one");
            }
        }
        return entries;
    }

    @Override
    public SequencedSet<String> names() {
        return Collections.unmodifiableSequencedSet(entries.sequencedKeySet());
    }

    @Override
    public long storedBytes() {
        return length;
    }

    @Override
    NpyArray read(final String name, final long maxBytes) throws IOException {
        final ZipEntry entry = entries.get(name);
        final String place = place(name);
        try (InputStream in = stream(name)) {
            final NpyArray array =
                NpyReader.read(in, place, stored(entry) ? entry.getSize() : NpyReader.UNKNOWN, maxBytes);
            skipRest(in, place);
            return array;
        }
    }

    @Override
    InputStream stream(final String name) throws IOException {
        final ZipEntry entry = entries.get(name);
        final String place = place(name);
        try {
            return new NpzEntryStream(zip.getInputStream(entry), entry, place);
        } catch (final ZipException | EOFException damaged) {
            throw new NpyFormatException(place + ": the entry is damaged or cut (" + reason(damaged) + ")", damaged);
        }
    }

    @Override
    public String place(final String name) {
        return path() + ": " + name + SUFFIX;
    }

    /** Bytes behind the array belong to the check sum; deflated, they could go on without end. */
    private static void skipRest(final InputStream in, final String place) throws IOException {
        final byte[] rest = in.readNBytes(MAX_REST + 1);
        if (rest.length > MAX_REST) {
            throw new NpyFormatException(place + ": found more than " + MAX_REST
                + " bytes behind the array, expected none");
        }
    }

    /** True where as many bytes as the entry claims may really be there; deflated ones show up as they are inflated. */
    private boolean stored(final ZipEntry entry) {
        return entry.getMethod() == ZipEntry.STORED && entry.getSize() == entry.getCompressedSize()
            && entry.getSize() <= length;
    }

    /** The JDK says nothing where the archive's directory points behind the end of the file. */
    static String reason(final IOException damaged) {
        return damaged.getMessage() == null ? "unexpected end" : damaged.getMessage();
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
