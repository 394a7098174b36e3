package org.spikemeter.engine.importer.npy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.SequencedMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.spikemeter.engine.io.AtomicFile;

/**
 * Writes {@code .npz} archives: named arrays, in the order of the map. The same arrays give the same bytes on every run
 * (of one JDK, where they are deflated).
 */
public final class NpzWriter {
    /**
     * When entries are said to be of, so that the same arrays give the same bytes: ZIP begins in 1980, and the JDK
     * writes that year's first second with the time zone of the machine.
     */
    public static final LocalDateTime TIMESTAMP = LocalDateTime.of(1980, 2, 1, 0, 0, 0);

    private NpzWriter() {
    }

    /**
     * Creates or replaces a file, whole or not at all, as {@code numpy.savez} does: arrays as they are.
     *
     * @param arrays by name, without {@code .npy}; names are relative paths without {@code ..}
     * @throws IllegalArgumentException where a name is not so
     * @throws IOException as by {@link AtomicFile#write}
     */
    public static void write(final Path file, final SequencedMap<String, NpyArray> arrays) throws IOException {
        write(file, arrays, ZipEntry.STORED);
    }

    /** As {@link #write}, with the arrays deflated, as {@code numpy.savez_compressed} does. */
    public static void writeDeflated(final Path file, final SequencedMap<String, NpyArray> arrays)
        throws IOException {
        write(file, arrays, ZipEntry.DEFLATED);
    }

    private static void write(final Path file, final SequencedMap<String, NpyArray> arrays, final int method)
        throws IOException {
        arrays.keySet().forEach(NpzWriter::checkName);
        AtomicFile.write(file, out -> write(out, arrays, method));
    }

    private static void write(final OutputStream out, final Map<String, NpyArray> arrays, final int method)
        throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (final Map.Entry<String, NpyArray> array : arrays.entrySet()) {
                zip.putNextEntry(entry(array.getKey(), array.getValue(), method));
                NpyWriter.write(zip, array.getValue());
                zip.closeEntry();
            }
        }
    }

    private static ZipEntry entry(final String name, final NpyArray array, final int method) {
        final ZipEntry entry = new ZipEntry(name + ArrayStore.SUFFIX);
        entry.setMethod(method);
        entry.setTimeLocal(TIMESTAMP);
        if (method == ZipEntry.STORED) {
            final byte[] header = NpyWriter.header(array);
            final CRC32 crc = new CRC32();
            crc.update(header);
            crc.update(array.data());
            entry.setCrc(crc.getValue());
            entry.setSize((long) header.length + array.data().length);
        }
        return entry;
    }

    /** Programs that unpack archives must not be led out of their folder. */
    private static void checkName(final String name) {
        boolean safe = !name.isEmpty() && name.indexOf('\\') < 0 && name.chars().noneMatch(Character::isISOControl);
        for (final String part : name.split("/", -1)) {
            safe &= !part.isEmpty() && !part.equals("..");
        }
        if (!safe) {
            throw new IllegalArgumentException("array name '" + name
                + "': expected a relative path with '/' and without '..'");
        }
    }
}
