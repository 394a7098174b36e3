package org.spikemeter.engine.importer.npy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.SequencedSet;
import java.util.stream.Collectors;

/**
 * Named arrays: an {@code .npz} archive, or a folder with a {@code .npy} file for each array, named like it. Opening
 * lists the names; an array is read when it is asked for, each time anew.
 *
 * <p>Safe for use by several threads at once. A name is only looked up in the list, so it leads nowhere else.
 */
public abstract sealed class ArrayStore implements AutoCloseable permits NpzStore, FolderStore {
    /** What array names lack in the archive or the folder. */
    static final String SUFFIX = ".npy";
    private static final int SHOWN_NAMES = 5;

    private final Path path;

    ArrayStore(final Path path) {
        this.path = path;
    }

    /**
     * Opens a store.
     *
     * @param npzOrFolder an {@code .npz} archive or a folder
     * @throws NpyFormatException where a file is no such archive, or a damaged one
     * @throws IOException where it is missing or cannot be read
     */
    public static ArrayStore open(final Path npzOrFolder) throws IOException {
        NpyReader.checkReadable(npzOrFolder);
        return Files.isDirectory(npzOrFolder) ? FolderStore.list(npzOrFolder) : NpzStore.list(npzOrFolder);
    }

    /** The archive or the folder. */
    public final Path path() {
        return path;
    }

    /** Names of the arrays, in the order of the archive; of a folder, sorted. Not to be changed. */
    public abstract SequencedSet<String> names();

    /**
     * Reads an array.
     *
     * @throws NpyFormatException where there is none of that name, or where it is cut, damaged or not supported
     * @throws IOException where it cannot be read
     */
    public final NpyArray get(final String name) throws IOException {
        return get(name, NpyArray.MAX_BYTES);
    }

    /**
     * Reads an array, unless it has more than {@code maxBytes}.
     *
     * @throws NpyFormatException as {@link #get(String)}, and for one that is larger, before it is read
     */
    public final NpyArray get(final String name, final long maxBytes) throws IOException {
        checkName(name);
        return read(name, maxBytes);
    }

    /**
     * Opens an array as the bytes of its {@code .npy}, for whoever takes it piece by piece; several may be open at a
     * time.
     *
     * @return to be closed before the store is; throws {@link NpyFormatException} where an archive is damaged, at its
     *     end too, where the check sum is wrong
     * @throws NpyFormatException where there is none of that name
     * @throws IOException where it cannot be read
     */
    public final InputStream open(final String name) throws IOException {
        checkName(name);
        return stream(name);
    }

    private void checkName(final String name) throws NpyFormatException {
        if (!names().contains(name)) {
            throw new NpyFormatException(path + ": found no array '" + name + "', " + neighbours(name));
        }
    }

    /** What messages call an array: the archive and its entry, or its file. */
    public abstract String place(String name);

    /** Bytes of the archive, or of all arrays of the folder. */
    public abstract long storedBytes() throws IOException;

    /** Reads an array whose name is in the list. */
    abstract NpyArray read(String name, long maxBytes) throws IOException;

    /** Opens an array whose name is in the list. */
    abstract InputStream stream(String name) throws IOException;

    @Override
    public abstract void close() throws IOException;

    private String neighbours(final String wanted) {
        if (names().isEmpty()) {
            return "there are no arrays at all";
        }
        final List<String> nearest = names().stream()
            .sorted(Comparator.comparingInt((String name) -> distance(name, wanted)))
            .limit(SHOWN_NAMES)
            .toList();
        return "nearest of " + names().size() + " names: "
            + nearest.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
    }

    /** Levenshtein's distance: letters to insert, delete or replace. */
    private static int distance(final String a, final String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            final int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                final int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(row[j - 1], above[j]));
            }
            above = row;
        }
        return above[b.length()];
    }
}
