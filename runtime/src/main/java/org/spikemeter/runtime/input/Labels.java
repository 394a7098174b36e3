package org.spikemeter.runtime.input;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.spikemeter.engine.FormatException;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Voting;

/** The true labels of clips: lines of clip, tab, label. Lines may have more columns; a header line does no harm. */
public final class Labels {
    private Labels() {
    }

    /**
     * The label of a clip.
     *
     * @param file the table
     * @param clip file name; its ending may differ from the one in the table
     * @throws FormatException where a line has no tab, or none is about the clip
     */
    public static String of(final Path file, final String clip) throws IOException {
        final String wanted = withoutEnding(clip);
        final List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (final CharacterCodingException e) {
            throw new FormatException(file + ": not text, expected lines of clip, tab, label", e);
        }
        for (int i = 0; i < lines.size(); i++) {
            final String[] columns = lines.get(i).split("\t", -1);
            if (!lines.get(i).isBlank() && columns.length < 2) {
                throw new FormatException(file + ": line " + (i + 1) + " has no tab, expected clip, tab, label");
            }
            if (withoutEnding(columns[0]).equals(wanted)) {
                return columns[1].strip();
            }
        }
        throw new FormatException(file + ": no line about '" + clip + "'");
    }

    /**
     * The label of a clip, one of those that a network's readout can give.
     *
     * @throws IllegalArgumentException where the network has no readout
     * @throws FormatException as {@link #of}, and where the label is none of the readout's
     */
    public static String expected(final Path file, final String clip, final Network network) throws IOException {
        final String label = of(file, clip);
        if (network.voting().isEmpty()) {
            throw new IllegalArgumentException("network '" + network.name() + "' has no readout, so --labels "
                + file + " cannot be compared");
        }
        final List<String> known = network.voting().get().groups().stream().map(Voting.Group::label).toList();
        if (!known.contains(label)) {
            throw new FormatException(file + ": clip '" + clip + "' has the label '" + label + "', expected one of "
                + String.join(", ", known));
        }
        return label;
    }

    private static String withoutEnding(final String name) {
        final int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
