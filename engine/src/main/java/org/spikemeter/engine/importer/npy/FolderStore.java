package org.spikemeter.engine.importer.npy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SequencedSet;
import java.util.TreeSet;

/** A folder of {@code .npy} files; its subfolders and other files do not count. */
final class FolderStore extends ArrayStore {
    private final SequencedSet<String> names;

    private FolderStore(final Path folder, final SequencedSet<String> names) {
        super(folder);
        this.names = Collections.unmodifiableSequencedSet(names);
    }

    static FolderStore list(final Path folder) throws IOException {
        final TreeSet<String> names = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (final Path file : files) {
                final String name = file.getFileName().toString();
                if (name.endsWith(SUFFIX) && Files.isRegularFile(file)) {
                    names.add(name.substring(0, name.length() - SUFFIX.length()));
                }
            }
        }
        return new FolderStore(folder, names);
    }

    @Override
    public SequencedSet<String> names() {
        return names;
    }

    @Override
    NpyArray read(final String name, final long maxBytes) throws IOException {
        return NpyReader.read(path().resolve(name + SUFFIX), maxBytes);
    }

    @Override
    InputStream stream(final String name) throws IOException {
        return NpyReader.open(path().resolve(name + SUFFIX));
    }

    @Override
    public String place(final String name) {
        return path().resolve(name + SUFFIX).toString();
    }

    @Override
    public long storedBytes() throws IOException {
        long bytes = 0;
        for (final String name : names) {
            bytes += Files.size(path().resolve(name + SUFFIX));
        }
        return bytes;
    }

    @Override
    public void close() {
        // no file stays open between reads
    }
}
