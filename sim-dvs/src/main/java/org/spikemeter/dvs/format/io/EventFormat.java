package org.spikemeter.dvs.format.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.EventWriter;
import org.spikemeter.dvs.event.SensorSize;

/** A file format of events: how to know, read and write it. Stateless. */
public interface EventFormat {
    /** Bytes from the start of a file that are enough to know a format by. */
    int HEAD_BYTES = 4096;

    /** True where the first bytes of a file are a mark. */
    static boolean startsWith(final byte[] head, final byte[] mark) {
        return head.length >= mark.length && Arrays.equals(head, 0, mark.length, mark, 0, mark.length);
    }

    /** Short lower-case name, as {@code --format} takes it: {@code evt3}. */
    String name();

    /** What it is, for people, in a few words. */
    String description();

    /** Endings of file names, with the dot, that mean this format where a file is written; the usual one first. */
    List<String> endings();

    /** Names of variants that can be asked for when reading or writing, the default first; may be empty. */
    default List<String> variants() {
        return List.of();
    }

    /**
     * True where a file is of this format, as far as its bytes tell. Formats without a mark of their own look whether
     * the bytes make sense, and are asked last.
     *
     * @param head the file's first bytes, {@link #HEAD_BYTES} or all there are
     * @param file to look further into, where the head is not enough
     */
    boolean recognises(byte[] head, Path file) throws IOException;

    /**
     * Opens a file.
     *
     * @param variant one of {@link #variants()} that is to be believed whatever the file says; empty to find out
     * @throws org.spikemeter.engine.FormatException where it is not of this format
     * @throws IOException where it cannot be read
     */
    EventReader open(Path file, Optional<String> variant) throws IOException;

    /** True where a file must say the size of the sensor. */
    default boolean needsSize() {
        return false;
    }

    /**
     * Begins a file.
     *
     * @param out where its bytes go; closed by the caller, behind {@link EventWriter#finish}
     * @param size the sensor's area, there where {@link #needsSize()}
     * @param variant one of {@link #variants()}; empty for the default
     * @throws IllegalArgumentException where the format cannot hold a sensor of this size
     */
    EventWriter create(EventOutput out, Optional<SensorSize> size, Optional<String> variant) throws IOException;
}
