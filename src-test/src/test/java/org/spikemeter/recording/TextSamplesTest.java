package org.spikemeter.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.format.EventFormats;

/** Lines of others, read here, against the same lines taken apart and rounded by the decimals of the JDK. */
class TextSamplesTest {
    private static final int MICRO = 6;

    @TestFactory
    Stream<DynamicTest> shouldReadEveryLineAsItsDecimals() throws IOException {
        return Manifest.rows().stream().filter(row -> row.name().endsWith(".txt") || row.name().endsWith(".csv"))
            .map(row -> DynamicTest.dynamicTest(row.name(), () -> compare(row)));
    }

    private static void compare(final Manifest.Row row) throws IOException {
        final List<String[]> lines = lines(row);
        final boolean isOpenEb = row.name().endsWith("ncars.csv");
        try (EventReader reader = EventFormats.open(row.path())) {
            final EventBatch events = reader.readAll();
            assertEquals(List.of(), reader.warnings());
            assertEquals(lines.size(), events.size());
            for (int i = 0; i < lines.size(); i++) {
                final String[] fields = lines.get(i);
                final int first = isOpenEb ? 0 : 1;
                final long micros = isOpenEb ? Long.parseLong(fields[3]) : rounded(fields[0], RoundingMode.HALF_UP);
                assertEquals(micros + " " + fields[first] + " " + fields[first + 1] + " "
                    + (fields[first + 2].equals("1") ? 1 : 0), events.micros(i) + " " + events.x(i) + " " + events.y(i)
                    + " " + events.polarity(i), "event " + i);
            }
        }
    }

    private static List<String[]> lines(final Manifest.Row row) throws IOException {
        return Files.readAllLines(row.path()).stream().filter(line -> !line.startsWith("#") && !line.startsWith("t_s"))
            .map(line -> line.split("[ ,]")).toList();
    }

    private static long rounded(final String seconds, final RoundingMode mode) {
        return new BigDecimal(seconds).movePointRight(MICRO).setScale(0, mode).longValueExact();
    }

    /** v2e cuts off what is below a microsecond where it writes HDF5; its text keeps it, and is rounded here. */
    @Test
    void shouldDifferFromWholeMicrosecondsOfV2eByRoundingAlone() throws IOException {
        final Manifest.Row text = row("derived/v2e_esim25.txt");
        final Manifest.Row hdf5 = row("derived/v2e_esim25.h5");
        long cut = 0;
        for (final String[] fields : lines(text)) {
            cut += rounded(fields[0], RoundingMode.DOWN);
        }
        assertEquals(Long.parseLong(hdf5.figures().get("sum_t")), cut);
        long sumT = 0;
        long sumX = 0;
        long sumY = 0;
        long on = 0;
        try (EventReader reader = EventFormats.open(text.path())) {
            final EventBatch events = reader.readAll();
            for (int i = 0; i < events.size(); i++) {
                sumT += events.micros(i);
                sumX += events.x(i);
                sumY += events.y(i);
                on += events.polarity(i);
            }
        }
        assertEquals(872_745_124, sumT);
        assertEquals(List.of(hdf5.figures().get("sum_x"), hdf5.figures().get("sum_y"), hdf5.figures().get("n_on")),
            List.of("" + sumX, "" + sumY, "" + on));
    }

    private static Manifest.Row row(final String name) throws IOException {
        return Manifest.rows().stream().filter(row -> row.name().equals(name)).findFirst().orElseThrow();
    }
}
