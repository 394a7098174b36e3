package org.spikemeter.recording;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.spikemeter.dvs.format.EventFormats;
import org.spikemeter.dvs.format.io.EventFormat;
import org.spikemeter.reference.Samples;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The table of recordings of others, and what they and their own decoders say is in each. */
final class Manifest {
    private static final String FOLDER = "events/";
    private static final String ELSEWHERE = "synth_reference.json";
    private static final List<String> SUMS = List.of("sum_t", "sum_x", "sum_y", "n_on");
    private static final Pattern FIGURE =
        Pattern.compile("(?<![\\w(-])(n|on|n_on|t0|sum_t|sum_x|sum_y|sum\\(t-t0\\)|first|last|sha256_13B)="
            + "(\\([^)]*\\)|[0-9a-f]+(?![\\w.]))");
    private static final Pattern COLUMN_SUMS = Pattern.compile("colsum (\\d+),(\\d+),(\\d+),(\\d+)");
    private static final Pattern FIRST_LINE = Pattern.compile("first \"(\\S+) (\\d+) (\\d+) (\\d+)\"");

    private Manifest() {
    }

    /**
     * A row.
     *
     * @param bytes length of the file
     * @param figures what is said of its events, by name; none where it is no recording
     */
    record Row(String name, String format, long bytes, Map<String, String> figures) {
        Path path() {
            return Samples.path(FOLDER + name);
        }

        boolean isRecording() {
            return !figures.isEmpty();
        }
    }

    /** A recording of which the format is known here. */
    record Known(Row row, EventFormat format) {
    }

    static List<Row> rows() throws IOException {
        final List<Row> rows = new ArrayList<>();
        final List<String> lines = Files.readAllLines(Samples.path(FOLDER + "MANIFEST.tsv"));
        for (final String line : lines.subList(1, lines.size())) {
            final String[] cells = line.split("\t");
            rows.add(new Row(cells[0], cells[1], Long.parseLong(cells[4]), figures(cells[0], cells[5])));
        }
        return rows;
    }

    static List<Known> known() throws IOException {
        final List<Known> known = new ArrayList<>();
        for (final Row row : rows()) {
            final Optional<EventFormat> format = EventFormats.recognise(row.path());
            if (row.isRecording() && format.isPresent()) {
                known.add(new Known(row, format.get()));
            }
        }
        return known;
    }

    private static Map<String, String> figures(final String name, final String text) {
        final Map<String, String> figures = new LinkedHashMap<>();
        final Matcher figure = FIGURE.matcher(text);
        while (figure.find()) {
            figures.putIfAbsent(figure.group(1).equals("on") ? "n_on" : figure.group(1), figure.group(2));
        }
        final Matcher sums = COLUMN_SUMS.matcher(text);
        for (int i = 0; sums.find(0) && i < SUMS.size(); i++) {
            figures.put(SUMS.get(i), sums.group(i + 1));
        }
        final Matcher first = FIRST_LINE.matcher(text);
        if (first.find()) {
            final long micros = new BigDecimal(first.group(1)).movePointRight(6).longValueExact();
            figures.put("first",
                "(" + micros + ", " + first.group(2) + ", " + first.group(3) + ", " + first.group(4) + ")");
        }
        if (text.contains(ELSEWHERE) && name.endsWith(".csv")) {
            final Path elsewhere = Samples.path(FOLDER + name).resolveSibling(ELSEWHERE);
            final JsonNode reference = new ObjectMapper().readTree(elsewhere.toFile())
                .get(Path.of(name).getFileName().toString().replace(".csv", ""));
            figures.put("n", reference.get("n").asString());
            figures.put("n_on", reference.get("on").asString());
        }
        return figures;
    }
}
