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
 * Lines {@code x,y,p,t}, times in whole microseconds, as OpenEB's {@code metavision_file_to_csv} writes them and its
 * encoder of EVT2 reads them; see the package for what else is read. The variant {@code header} has a line of names
 * before that.
 */
public final class CsvFormat implements StreamFormat {
    private static final String OPENEB = "openeb";
    private static final String HEADER = "header";

    @Override
    public String name() {
        return "csv";
    }

    @Override
    public String description() {
        return "CSV (x,y,p,t or as its first line says)";
    }

    @Override
    public List<String> endings() {
        return List.of(".csv");
    }

    @Override
    public List<String> variants() {
        return List.of(OPENEB, HEADER);
    }

    @Override
    public boolean recognises(final byte[] head, final Path file) throws IOException {
        return TextHead.recognises(TextDialect.COMMAS, head, head.length == Files.size(file));
    }

    @Override
    public EventReader open(final EventInput in, final Optional<String> variant) throws IOException {
        return TextReader.open(in, TextDialect.COMMAS, TextReader.Header.of(variant, variants()));
    }

    @Override
    public EventWriter create(final EventOutput out, final Optional<SensorSize> size, final Optional<String> variant)
        throws IOException {
        if (variant.orElse(OPENEB).equals(HEADER)) {
            out.put("x,y,p,t\n");
        }
        return new TextWriter(out, TextDialect.COMMAS, SensorSize.LARGEST);
    }
}
