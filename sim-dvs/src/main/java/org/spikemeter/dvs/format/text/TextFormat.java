package org.spikemeter.dvs.format.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.EventWriter;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.io.EventInput;
import org.spikemeter.dvs.format.io.EventOutput;
import org.spikemeter.dvs.format.io.StreamFormat;

/**
 * Lines {@code t x y p}, times in seconds, as data of the Robotics and Perception Group (events.txt) has them, v2e
 * writes them and rpg_e2vid reads them; see the package for what is read. Written with six decimals; the variant
 * {@code size} has the sensor's width and height on a line before that, which rpg_e2vid needs.
 */
public final class TextFormat implements StreamFormat {
    private static final String PLAIN = "plain";
    private static final String SIZE = "size";

    @Override
    public String name() {
        return "text";
    }

    @Override
    public String description() {
        return "text (t x y p)";
    }

    @Override
    public List<String> endings() {
        return List.of(".txt");
    }

    @Override
    public List<String> variants() {
        return List.of(PLAIN, SIZE);
    }

    @Override
    public boolean recognises(final byte[] head, final Path file) throws IOException {
        return TextHead.recognises(TextDialect.BLANKS, head, head.length == Files.size(file));
    }

    @Override
    public EventReader open(final EventInput in, final Optional<String> variant) throws IOException {
        return TextReader.open(in, TextDialect.BLANKS, TextReader.Header.of(variant, variants()));
    }

    @Override
    public EventWriter create(final EventOutput out, final Optional<SensorSize> size, final Optional<String> variant)
        throws IOException {
        if (!variant.orElse(PLAIN).equals(SIZE)) {
            return new TextWriter(out, TextDialect.BLANKS, SensorSize.LARGEST);
        }
        final SensorSize sides = size.orElseThrow(() ->
            new IllegalArgumentException(out.name() + ": the variant '" + SIZE + "' needs the sensor's size"));
        out.put(sides.width() + " " + sides.height() + "\n");
        return new TextWriter(out, TextDialect.BLANKS, sides);
    }
}
