package org.spikemeter.runtime.audit;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.spikemeter.engine.energy.EnergyUnit;

/**
 * An energy a clip that somebody claims.
 *
 * @param text as it was written
 * @param picojoules the energy
 * @param resolution its last digit: a claim of 0.41 mJ has 0.01 mJ
 */
public record Claim(String text, double picojoules, double resolution) {
    private static final Pattern FORM =
        Pattern.compile("\\s*([0-9]+(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]{1,3})?)\\s*([\\p{L}\u00b5]*)\\s*");

    /**
     * Reads a number with its unit, such as {@code 0.41mJ}.
     *
     * @throws IllegalArgumentException where it is not so
     */
    public static Claim of(final String text) {
        final Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "': expected a number with its unit, such as 0.41mJ");
        }
        final String unit = matcher.group(2);
        if (unit.isEmpty()) {
            throw new IllegalArgumentException("'" + text + "' has no unit: expected one of "
                + String.join(", ", EnergyUnit.NAMES) + ", such as 0.41mJ");
        }
        final BigDecimal number = new BigDecimal(matcher.group(1));
        if (number.signum() == 0) {
            throw new IllegalArgumentException("'" + text + "': expected an energy above 0");
        }
        return new Claim(number.toPlainString() + " " + unit, EnergyUnit.toPicojoules(number.doubleValue(), unit),
            EnergyUnit.toPicojoules(number.ulp().doubleValue(), unit));
    }

    /** True for an energy that the claim's digits cover, cut as papers cut them: 0.4174 mJ is claimed by 0.41 mJ. */
    public boolean covers(final double energy) {
        return energy < picojoules + resolution;
    }
}
