package org.spikemeter.benchmarks.report;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Time of a layer over the density of its events, as SVG, both axes logarithmic, an empty step at the left edge. Its
 * colours follow the reader's choice of light or dark; lines differ in their dashes, too.
 */
final class DensityPlot {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 520;
    private static final int LEFT = 70;
    private static final int RIGHT = 690;
    private static final int TOP = 50;
    private static final int BOTTOM = 450;
    /** Where an empty step stands; the logarithmic part begins to the right of it. */
    private static final int EMPTY = LEFT + 20;
    private static final int BEGIN = LEFT + 75;
    private static final double LEAST_PERCENT = 0.01;
    private static final double MOST_PERCENT = 100;
    private static final int LABEL_GAP = 17;
    private static final String SIDE = "128";
    private static final double[] TICKS = {0, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100};

    /** How each contender is drawn: its label, its colours on light and dark ground, its dashes. */
    private enum Line {
        AUTO("Spikemeter, automatic", "#0b57d0", "#7cacf8", ""),
        SCATTER("scatter", "#b3261e", "#f2837b", "7 4"),
        GATHER("gather", "#1e7b34", "#6dd58c", "2 3"),
        DENSE("dense", "#8e4ec6", "#c58af9", "10 3 2 3"),
        C("C, compiled here", "#a35200", "#ffb870", ""),
        ONNX("ONNX Runtime, no neurons", "#5f6368", "#bdc1c6", "4 4"),
        NAIVE("plain dense loop", "#00696e", "#4fd8de", "4 4");

        private final String label;
        private final String light;
        private final String dark;
        private final String dashes;

        Line(final String label, final String light, final String dark, final String dashes) {
            this.label = label;
            this.light = light;
            this.dark = dark;
            this.dashes = dashes;
        }
    }

    /** A label wants to stand at a height. */
    private record Label(Line line, double y) {}

    private final Map<Line, TreeMap<Double, Double>> curves = new LinkedHashMap<>();
    private final double leastDecade;
    private final double mostDecade;

    /**
     * Takes what is to be drawn.
     *
     * @param measurements of any subject; the layer's are drawn
     */
    DensityPlot(final List<Measurement> measurements) {
        double least = Double.MAX_VALUE;
        double most = 0;
        for (final Line line : Line.values()) {
            final TreeMap<Double, Double> curve = new TreeMap<>();
            for (final Measurement measurement : measurements) {
                if (measurement.subject() == Subject.LAYER && measurement.column().equals(line.name())
                    && SIDE.equals(measurement.parameters().get("side"))) {
                    final double ms = measurement.median() / 1e3;
                    curve.put(Double.valueOf(measurement.parameters().get("percent")), ms);
                    least = Math.min(least, ms);
                    most = Math.max(most, ms);
                }
            }
            if (!curve.isEmpty()) {
                curves.put(line, curve);
            }
        }
        leastDecade = Math.floor(Math.log10(least));
        mostDecade = Math.ceil(Math.log10(most));
    }

    /** True where there is at least one curve, rather than points. */
    boolean isDrawable() {
        return curves.values().stream().anyMatch(curve -> curve.size() > 2);
    }

    private static double x(final double percent) {
        if (percent < LEAST_PERCENT) {
            return EMPTY;
        }
        final double decades = Math.log10(MOST_PERCENT / LEAST_PERCENT);
        return BEGIN + (RIGHT - BEGIN - 10) * Math.log10(percent / LEAST_PERCENT) / decades;
    }

    private double y(final double ms) {
        return BOTTOM - (BOTTOM - TOP) * (Math.log10(ms) - leastDecade) / (mostDecade - leastDecade);
    }

    /** The picture. */
    String svg() {
        final StringBuilder svg = new StringBuilder();
        line(svg, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
            + " role=\"img\" font-family=\"sans-serif\" font-size=\"13\">", WIDTH, HEIGHT, WIDTH, HEIGHT);
        line(svg, "<title>Time of a step over the density of its events</title>");
        style(svg);
        line(svg, "<rect class=\"ground\" width=\"%d\" height=\"%d\"/>", WIDTH, HEIGHT);
        line(svg, "<text x=\"%d\" y=\"24\" font-size=\"15\" font-weight=\"bold\">3 x 3 convolution, 32 to 32 channels,"
            + " 128 x 128, PLIF neurons: ms a step, one thread</text>", LEFT);
        grid(svg);
        final List<Label> labels = new ArrayList<>();
        curves.forEach((line, curve) -> labels.add(curve(svg, line, curve)));
        labels(svg, labels);
        line(svg, "</svg>");
        return svg.toString();
    }

    private static void style(final StringBuilder svg) {
        line(svg, "<style>");
        line(svg, ".ground { fill: #ffffff; } text { fill: #202124; } .rule { stroke: #dadce0; }");
        for (final Line line : Line.values()) {
            line(svg, ".%s { stroke: %s; fill: %s; }", line.name(), line.light, line.light);
        }
        line(svg, "@media (prefers-color-scheme: dark) {");
        line(svg, ".ground { fill: #1b1c1f; } text { fill: #e8eaed; } .rule { stroke: #44474c; }");
        for (final Line line : Line.values()) {
            line(svg, ".%s { stroke: %s; fill: %s; }", line.name(), line.dark, line.dark);
        }
        line(svg, "}");
        line(svg, "</style>");
    }

    private void grid(final StringBuilder svg) {
        for (double decade = leastDecade; decade <= mostDecade; decade++) {
            for (int digit = 1; digit < (decade < mostDecade ? 10 : 2); digit++) {
                final double ms = digit * Math.pow(10, decade);
                rule(svg, LEFT, y(ms), RIGHT, y(ms), digit == 1 ? 1.0 : 0.35);
                if (digit == 1) {
                    line(svg, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>", LEFT - 8, y(ms) + 4,
                        plain(ms));
                }
            }
        }
        for (final double percent : TICKS) {
            rule(svg, x(percent), TOP, x(percent), BOTTOM, 0.6);
            line(svg, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s %%</text>", x(percent), BOTTOM + 20,
                plain(percent));
        }
        line(svg, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">input addresses that have an event</text>",
            (LEFT + RIGHT) / 2, BOTTOM + 46);
    }

    private static String plain(final double number) {
        return new DecimalFormat("0.######", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(number);
    }

    private static void rule(
        final StringBuilder svg, final double x1, final double y1, final double x2, final double y2,
        final double width) {
        line(svg, "<line class=\"rule\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke-width=\"%.2f\"/>",
            x1, y1, x2, y2, width);
    }

    /** A curve; a level line where there is one density alone, because the density does not matter there. */
    private Label curve(final StringBuilder svg, final Line line, final TreeMap<Double, Double> curve) {
        final StringBuilder points = new StringBuilder();
        if (curve.size() == 1) {
            final double y = y(curve.firstEntry().getValue());
            points.append(String.format(Locale.ROOT, "%d,%.1f %d,%.1f", LEFT, y, RIGHT, y));
        }
        curve.forEach((percent, ms) -> {
            if (curve.size() > 1) {
                points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(percent), y(ms)));
            }
        });
        line(svg, "<polyline class=\"%s\" style=\"fill:none\" stroke-width=\"%.1f\" stroke-dasharray=\"%s\""
            + " points=\"%s\"/>", line.name(), line == Line.AUTO ? 3.0 : 1.8,
            line.dashes.isEmpty() ? "none" : line.dashes, points.toString().trim());
        curve.forEach((percent, ms) -> line(svg, "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"/>",
            line.name(), x(percent), y(ms), line == Line.AUTO ? 3.5 : 2.2));
        return new Label(line, y(curve.lastEntry().getValue()));
    }

    /** At the right, pushed apart where they would cover one another. */
    private static void labels(final StringBuilder svg, final List<Label> labels) {
        labels.sort(Comparator.comparingDouble(Label::y));
        double next = 0;
        for (final Label label : labels) {
            final double y = Math.max(label.y(), next);
            line(svg, "<line class=\"%s\" x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke-width=\"1\"/>",
                label.line().name(), RIGHT, label.y(), RIGHT + 12, y);
            line(svg, "<text x=\"%d\" y=\"%.1f\">%s</text>", RIGHT + 16, y + 4, label.line().label);
            next = y + LABEL_GAP;
        }
    }

    private static void line(final StringBuilder svg, final String format, final Object... values) {
        svg.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values)).append('\n');
    }
}
