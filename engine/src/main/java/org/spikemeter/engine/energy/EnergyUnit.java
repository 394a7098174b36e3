package org.spikemeter.engine.energy;

import java.util.List;

/** Units of energy, by the names that files and the command line use. */
public final class EnergyUnit {
    /** The names, ascending; {@code µJ} means {@code uJ}. */
    public static final List<String> NAMES = List.of("fJ", "pJ", "nJ", "uJ", "mJ", "J");

    private static final double[] PICOJOULES = {1e-3, 1.0, 1e3, 1e6, 1e9, 1e12};

    private EnergyUnit() {
    }

    /** True for the name of a unit. */
    public static boolean isKnown(final String unit) {
        return NAMES.contains(plain(unit));
    }

    /**
     * An energy in pJ.
     *
     * @throws IllegalArgumentException where the unit is not known
     */
    public static double toPicojoules(final double value, final String unit) {
        final int index = NAMES.indexOf(plain(unit));
        if (index < 0) {
            throw new IllegalArgumentException("unit '" + unit + "': expected one of " + String.join(", ", NAMES));
        }
        return value * PICOJOULES[index];
    }

    /** Both the micro sign and the Greek letter stand for u. */
    private static String plain(final String unit) {
        return unit.replace('\u00b5', 'u').replace('\u03bc', 'u');
    }
}
