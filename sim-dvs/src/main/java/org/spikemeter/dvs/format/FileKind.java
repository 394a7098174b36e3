package org.spikemeter.dvs.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a file is that is no recording, as far as its first bytes tell: for messages. */
final class FileKind {
    private static final int HEAD_BYTES = 512;

    private FileKind() {
    }

    static String describe(final Path file) throws IOException {
        if (Files.isDirectory(file)) {
            return "this is a folder";
        }
        if (!Files.isRegularFile(file)) {
            return "this is a pipe or a device, whose format cannot be found out";
        }
        final byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(HEAD_BYTES);
        }
        if (head.length == 0) {
            return "empty file";
        }
        final String start = new String(head, StandardCharsets.ISO_8859_1);
        if (start.startsWith("\u001aE\u00df\u00a3") || start.startsWith("ftyp", 4) || start.startsWith("RIFF")) {
            return "a video, of which the command dvs makes events";
        }
        if (start.startsWith("PK")) {
            return "a ZIP archive that is cut, or has no arrays t, x, y, p";
        }
        if (start.startsWith("\u0093NUMPY")) {
            return "a NumPy array that is no table of events";
        }
        return start.chars().allMatch(c -> c >= ' ' && c < 0x7f || c == '\n' || c == '\r' || c == '\t')
            ? "text without a table of events" : "found no format of events that is known";
    }
}
