package org.spikemeter.engine.cost;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import org.spikemeter.engine.kernel.Kernels;

/**
 * Nanoseconds that each {@link CostPart} takes, measured by {@code benchmarks/bench --calibrate}. On another machine
 * all differ, but much alike, and choices depend on their ratios alone.
 */
public final class CostTable {
    /** The table that comes with the program, beside this class. */
    public static final String RESOURCE = "strategy-costs.properties";

    /** Names of kernels in tables. */
    public static final String SCALAR = "scalar";
    /** The same. */
    public static final String VECTOR = "vector";

    /** Read when first wanted. */
    private static CostTable scalar;
    private static CostTable vector;

    private final double[] nanos;

    /**
     * A table of given costs.
     *
     * @param nanos of each part, in their order; copied
     * @throws IllegalArgumentException where one is no time, or is missing
     */
    public CostTable(final double... nanos) {
        if (nanos.length != CostPart.values().length) {
            throw new IllegalArgumentException(nanos.length + " costs, expected " + CostPart.values().length);
        }
        for (int i = 0; i < nanos.length; i++) {
            if (!isTime(nanos[i])) {
                throw new IllegalArgumentException(CostPart.values()[i].key() + " is " + nanos[i]
                    + ", expected nanoseconds, 0 or more");
            }
        }
        this.nanos = nanos.clone();
    }

    /**
     * The one that comes with the program.
     *
     * @throws IllegalStateException where it is broken
     */
    public static synchronized CostTable of(final Kernels kernels) {
        if (kernels.lanes() == 1) {
            scalar = scalar == null ? load(SCALAR) : scalar;
            return scalar;
        }
        vector = vector == null ? load(VECTOR) : vector;
        return vector;
    }

    /**
     * Reads a table: a line {@code kernels.loop.part=nanoseconds} for each part.
     *
     * @param name of the table, for messages
     * @param kernels "scalar", whose slides are left out, or "vector"
     * @throws IllegalStateException where a line is missing, is too much, or is no time
     */
    static CostTable read(final Reader in, final String name, final String kernels) throws IOException {
        final Properties lines = new Properties();
        try {
            lines.load(in);
        } catch (final IllegalArgumentException e) {
            throw new IllegalStateException(name + " is no properties file: " + e.getMessage(), e);
        }
        final Set<String> unknown = new HashSet<>(lines.stringPropertyNames());
        unknown.removeIf(key -> !key.startsWith(kernels + "."));
        final double[] nanos = new double[CostPart.values().length];
        for (final CostPart part : CostPart.values()) {
            if (isUsed(part, kernels)) {
                final String key = kernels + "." + part.key();
                nanos[part.ordinal()] = parse(name, key, lines.getProperty(key));
                unknown.remove(key);
            }
        }
        if (!unknown.isEmpty()) {
            throw new IllegalStateException(name + " has costs of nothing that is known: "
                + String.join(", ", unknown.stream().sorted().toList()));
        }
        return new CostTable(nanos);
    }

    /** False for what kernels never do: scalar ones neither slide nor have tiles. */
    public static boolean isUsed(final CostPart part, final String kernels) {
        return !SCALAR.equals(kernels) || part.loop() != CostPart.Loop.SLIDE && part != CostPart.DENSE_TILE_ADD;
    }

    /** A line of a table: {@link #read} gives back what is written here, to four digits. */
    public static String line(final String kernels, final CostPart part, final double nanos) {
        return String.format(Locale.ROOT, "%s.%s=%.4g", kernels, part.key(), nanos);
    }

    /** Nanoseconds that a part takes once. */
    public double nanos(final CostPart part) {
        return nanos[part.ordinal()];
    }

    private static double parse(final String name, final String key, final String text) {
        double nanos = Double.NaN;
        try {
            nanos = text == null ? nanos : Double.parseDouble(text.strip());
        } catch (final NumberFormatException e) {
            throw new IllegalStateException(message(name, key, text), e);
        }
        if (!isTime(nanos)) {
            throw new IllegalStateException(message(name, key, text));
        }
        return nanos;
    }

    private static String message(final String name, final String key, final String text) {
        return name + ": " + key + " is " + (text == null ? "missing" : "'" + text + "'")
            + ", expected nanoseconds, 0 or more";
    }

    private static boolean isTime(final double nanos) {
        return nanos >= 0 && Double.isFinite(nanos);
    }

    private static CostTable load(final String kernels) {
        try (InputStream in = CostTable.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing beside " + CostTable.class.getName());
            }
            return read(new InputStreamReader(in, StandardCharsets.UTF_8), RESOURCE, kernels);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
