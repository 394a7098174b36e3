package org.spikemeter.runtime.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.runtime.recording.PixelCounts;
import org.spikemeter.runtime.recording.RateHistory;
import org.spikemeter.runtime.recording.RecordingStatistics;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What recordings hold, as text and as JSON, format "spikemeter-info/1". */
public final class RecordingReport {
    private static final String FORMAT = "spikemeter-info/1";
    /** Pixels that exceed the mean of those with events by so many standard deviations are called hot. */
    private static final double HOT_DEVIATIONS = 5.0;
    private static final int NAMED_HOT_PIXELS = 5;
    private static final int NAME_LENGTH = 34;
    private static final int LINE_COLUMNS = 60;
    private static final int JSON_COLUMNS = 1000;

    private RecordingReport() {
    }

    /** One recording, for a terminal. */
    public static List<String> lines(final RecordingStatistics of) {
        final List<String> lines = new ArrayList<>();
        lines.add("recording  " + of.name() + ", " + of.format());
        lines.add("size       " + of.size().map(SensorSize::toString).orElse("not known")
            + (of.isSizeStated() || of.size().isEmpty() ? "" : " (not stated; where the events lie)"));
        of.notes().forEach(note -> lines.add("           " + note));
        if (of.events() == 0) {
            lines.add("events     none");
            return lines;
        }
        lines.add("events     " + Units.grouped(of.events()) + ": " + Units.grouped(of.on()) + " ON ("
            + onPercent(of) + "), " + Units.grouped(of.off()) + " OFF");
        lines.add("time       " + Units.grouped(of.firstMicros()) + " to " + Units.grouped(of.lastMicros()) + " us: "
            + Units.duration(of.durationMicros()));
        lines.add("           " + (of.backward() == 0 ? "in order" : Units.grouped(of.backward())
            + " events earlier than the one before, by at most " + Units.duration(of.largestBackwardMicros())));
        addRate(lines, of);
        addPixels(lines, of);
        return lines;
    }

    private static void addRate(final List<String> lines, final RecordingStatistics of) {
        final RateHistory.Peak peak = of.rate().peak();
        final RateHistory.Columns columns = of.rate().columns(LINE_COLUMNS);
        // a window longer than the recording says nothing of a peak
        lines.add("rate       mean " + Units.eventRate(of.meanRate())
            + (of.durationMicros() < peak.windowMicros() ? "" : ", peak " + Units.eventRate(peak.rate())
            + " (" + Units.duration(peak.windowMicros()) + " from " + Units.grouped(peak.startMicros()) + " us on)"));
        lines.add("           " + Sparkline.of(columns) + " (a block: " + Units.duration(columns.columnMicros()) + ")");
    }

    private static void addPixels(final List<String> lines, final RecordingStatistics of) {
        final PixelCounts pixels = of.pixels();
        if (!pixels.isCounted()) {
            lines.add("pixels     not counted, there are more than "
                + Units.grouped(PixelCounts.MAX_PIXELS));
            return;
        }
        final long all = of.size().orElseThrow().pixels();
        lines.add("pixels     " + Units.grouped(pixels.active()) + " of " + Units.grouped(all) + " with events; "
            + Units.decimal((double) of.events() / pixels.active(), 1) + " events each, at most "
            + Units.grouped(pixels.most()));
        final long bound = pixels.hotAbove(HOT_DEVIATIONS).orElseThrow();
        final List<PixelCounts.Pixel> hot = pixels.above(bound);
        lines.add("hot        " + Units.grouped(hot.size()) + " pixels with more than " + Units.grouped(bound)
            + " events (mean + 5 sigma of those with events)" + (hot.isEmpty() ? "" : ": "
            + Units.percent((double) events(hot) / of.events()) + " of all events"));
        for (final PixelCounts.Pixel pixel : named(hot)) {
            lines.add("           x " + pixel.x() + ", y " + pixel.y() + ": " + Units.grouped(pixel.events()));
        }
    }

    private static String onPercent(final RecordingStatistics of) {
        return of.events() == 0 ? "-" : Units.percent((double) of.on() / of.events());
    }

    private static long events(final List<PixelCounts.Pixel> pixels) {
        return pixels.stream().mapToLong(PixelCounts.Pixel::events).sum();
    }

    private static List<PixelCounts.Pixel> named(final List<PixelCounts.Pixel> hot) {
        return hot.subList(0, Math.min(NAMED_HOT_PIXELS, hot.size()));
    }

    /** The end of a path tells more than its start. */
    private static String tail(final String name) {
        return name.length() <= NAME_LENGTH ? name : "…" + name.substring(name.length() - NAME_LENGTH + 1);
    }

    private static String hot(final RecordingStatistics of) {
        final OptionalLong bound = of.pixels().hotAbove(HOT_DEVIATIONS);
        return bound.isEmpty() ? "-" : Units.grouped(of.pixels().above(bound.getAsLong()).size());
    }

    /** One recording, for programs. */
    public static ObjectNode json(final RecordingStatistics of) {
        final ObjectNode json = JsonMapper.shared().createObjectNode().put("format", FORMAT);
        put(json, of);
        putHistory(json, of.rate().columns(JSON_COLUMNS));
        return json;
    }

    /** Many recordings. Of each, what is shown is kept, and no more. */
    public static final class Listing {
        private final TextTable table = new TextTable("recording", "format", ">size", ">events", ">ON", ">duration",
            ">mean rate", ">peak rate", ">hot");
        private final ObjectNode json = JsonMapper.shared().createObjectNode().put("format", FORMAT);
        private final ArrayNode recordings = json.putArray("recordings");

        /** Adds a recording. */
        public void add(final RecordingStatistics of) {
            table.row(tail(of.name()), of.format(), of.size().map(SensorSize::toString).orElse("-"), of.events(),
                onPercent(of), Units.duration(of.durationMicros()), Units.eventRate(of.meanRate()),
                Units.eventRate(of.rate().peak().rate()), RecordingReport.hot(of));
            put(recordings.addObject(), of);
        }

        /** For a terminal: a line each. */
        public List<String> lines() {
            return table.lines();
        }

        /** For programs: a list, without the events over time. */
        public ObjectNode json() {
            return json;
        }
    }

    private static void put(final ObjectNode json, final RecordingStatistics of) {
        json.put("recording", of.name()).put("fileFormat", of.format())
            .put("width", of.size().map(SensorSize::width).orElse(null))
            .put("height", of.size().map(SensorSize::height).orElse(null)).put("sizeStated", of.isSizeStated())
            .put("events", of.events()).put("on", of.on()).put("off", of.off())
            .put("firstMicros", of.events() == 0 ? null : (Long) of.firstMicros())
            .put("lastMicros", of.events() == 0 ? null : (Long) of.lastMicros())
            .put("durationMicros", of.durationMicros())
            .put("backward", of.backward()).put("largestBackwardMicros", of.largestBackwardMicros())
            .put("meanRate", Double.isNaN(of.meanRate()) ? null : (Double) of.meanRate());
        putPeak(json, of.rate().peak());
        putPixels(json, of.pixels());
        of.warnings().forEach(json.putArray("warnings")::add);
        of.notes().forEach(json.putArray("notes")::add);
    }

    private static void putPeak(final ObjectNode json, final RateHistory.Peak peak) {
        json.putObject("peak").put("rate", peak.rate()).put("events", peak.events())
            .put("startMicros", peak.startMicros()).put("windowMicros", peak.windowMicros());
    }

    private static void putHistory(final ObjectNode json, final RateHistory.Columns columns) {
        final ObjectNode history = json.putObject("history").put("startMicros", columns.startMicros())
            .put("columnMicros", columns.columnMicros());
        final ArrayNode on = history.putArray("on");
        final ArrayNode off = history.putArray("off");
        for (int i = 0; i < columns.size(); i++) {
            on.add(columns.on()[i]);
            off.add(columns.off()[i]);
        }
    }

    private static void putPixels(final ObjectNode json, final PixelCounts pixels) {
        final OptionalLong bound = pixels.hotAbove(HOT_DEVIATIONS);
        if (bound.isEmpty()) {
            json.putNull("pixels");
            return;
        }
        final List<PixelCounts.Pixel> hot = pixels.above(bound.getAsLong());
        final ObjectNode node = json.putObject("pixels").put("active", pixels.active())
            .put("mostEvents", pixels.most()).put("hotAbove", bound.getAsLong()).put("hot", hot.size())
            .put("hotEvents", events(hot));
        final ArrayNode hottest = node.putArray("hottest");
        named(hot).forEach(pixel -> hottest.addObject().put("x", pixel.x()).put("y", pixel.y())
            .put("events", pixel.events()));
    }
}
