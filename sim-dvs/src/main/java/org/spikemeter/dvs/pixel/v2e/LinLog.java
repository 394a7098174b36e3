package org.spikemeter.dvs.pixel.v2e;

/**
 * The photoreceptor's response to light, in "digital numbers" (DN) 0 to 255: linear at the bottom, since pictures are
 * quantised, and logarithmic above.
 *
 * <pre>
 * l = DN ln(20) / 20   for DN &lt;= 20
 * l = ln(DN)           above
 * </pre>
 *
 * <p>in float64, rounded to 1e-8, then to float32.
 */
final class LinLog {
    /** DN of white. */
    static final float WHITE = 255.0f;

    private static final double LINEAR_BELOW = 20.0;
    private static final double SLOPE = Math.log(LINEAR_BELOW) / LINEAR_BELOW;
    private static final double DECIMALS = 1e8;
    private static final float[] OF_WHOLE = new float[(int) WHITE + 1];

    static {
        for (int number = 0; number < OF_WHOLE.length; number++) {
            OF_WHOLE[number] = compute(number);
        }
    }

    private LinLog() {
    }

    /**
     * Response of pixels beside each other.
     *
     * @param grey in [0, 1]
     * @param number receives the DN of pixels {@code from} to {@code from + count - 1}
     * @param response receives theirs
     */
    static void map(final float[] grey, final int from, final int count, final float[] number, final float[] response) {
        for (int i = 0; i < count; i++) {
            number[i] = WHITE * grey[from + i];
        }
        for (int i = 0; i < count; i++) {
            response[i] = of(number[i]);
        }
    }

    /** Response to one DN, 0 to 255. */
    static float of(final float number) {
        // 8-bit grey is whole numbers
        final int whole = (int) number;
        return whole == number ? OF_WHOLE[whole] : compute(number);
    }

    private static float compute(final double number) {
        final double response = number <= LINEAR_BELOW ? number * SLOPE : Math.log(number);
        return (float) (Math.rint(response * DECIMALS) / DECIMALS);
    }
}
