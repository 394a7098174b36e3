package org.spikemeter.dvs.format.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.dvs.format.text.TextColumns.TimeUnit;

/** The fast way against the slow one, and that against decimals of any length. */
class TextLineTest {
    private static final String[] PIECES = {"0", "1", "-1", "5", "12", "239", "32767", "32768", ".", ",", " ", "\t",
        "-", "e", "e-5", "0.000654", "1.5", "x", "true", "+", "00", "999999999999", "\r"};

    private static String event(final TextLine line) {
        return line.micros() + " " + line.word();
    }

    private static int plain(final TextLine line, final String text) {
        return line.plain((text + "\n1 1 1 1\n").getBytes(StandardCharsets.US_ASCII), 0);
    }

    @ParameterizedTest
    @CsvSource({"0.000654, 654", "0, 0", "-0.0000015, -2", "0.0000005, 1", "0.00000049999999999999999999999, 0",
        "0.0000014999999999, 1", "1.5e-05, 15", "1.5E+3, 1500000000", "-0.25, -250000", ".5, 500000", "5., 5000000",
        "+2, 2000000", "0.04477611929178238, 44776", "0.0055970149801502231, 5597",
        "1234567890.123456, 1234567890123456",
        "999999999999.9999994, 999999999999999999", "1e-400, 0", "0e999999999, 0", "1e-2147483647, 0"})
    void shouldRoundSecondsAsDecimals(final String time, final long micros) {
        final TextLine line = new TextLine(TextDialect.BLANKS, "txyp", TimeUnit.SECONDS, false);
        assertNull(line.any(time + " 1 2 1"));
        assertEquals(micros, line.micros());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1e", "NaN", "Infinity", "1e999999999", "1e12", "-1e12", "999999999999.9999995",
        "1e99999999999", "0x10", "1_000", "1.2.3", "--1", "1 2"})
    void shouldRefuseOtherTimes(final String time) {
        assertNotNull(new TextLine(TextDialect.COMMAS, "txyp", TimeUnit.SECONDS, false).any(time + ",1,2,1"));
    }

    @ParameterizedTest
    @CsvSource({"SECONDS, 1.0000015, 1000002", "MILLIS, 1.0015, 1002", "MICROS, 1.5, 2", "NANOS, 1499.9, 1",
        "NANOS, 1500, 2", "NANOS, 1712345678123456789, 1712345678123457"})
    void shouldKnowUnits(final TimeUnit unit, final String time, final long micros) {
        final TextLine line = new TextLine(TextDialect.BLANKS, "txyp", unit, false);
        assertNull(line.any(time + " 1 2 1"));
        assertEquals(micros, line.micros());
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "-1, 0", "+1, 1", "true, 1", "False, 0", "1.0, 1", "-1.0, 0", "0e5, 0"})
    void shouldKnowPolarities(final String text, final int polarity) {
        final TextLine line = new TextLine(TextDialect.COMMAS, "xypt", TimeUnit.MICROS, true);
        assertNull(line.any("7, 8.0," + text + " ,9"));
        assertEquals(polarity << 30 | 8 << 15 | 7, line.word());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "1,2,3,4 | found '3' in column 3, expected polarity 0 or 1, -1 or 1, false or true",
        "1,2,0.5,4 | found '0.5' in column 3", "1,2,2147483649,4 | found '2147483649' in column 3",
        "32768,2,1,4 | found '32768' in column 1, expected x of 0 to 32767",
        "1,-1,1,4 | found '-1' in column 2, expected y of 0 to 32767", "1,4294967297,1,4 | found '4294967297'",
        "1.5,2,1,4 | found '1.5' in column 1", "1,2,1,4.5 | found '4.5' in column 4, expected a whole number of",
        "1,2,1,4e0 | found '4e0' in column 4", "1,2,1 | found 3 fields in '1,2,1', expected 4 (xypt)",
        "1,2,1,4, | found 5 fields", ",2,1,4 | found '' in column 1", "1,2,1,\u001b[31m | found '?[31m' in column 4"})
    void shouldSayWhatIsWrong(final String text, final String message) {
        final String found = new TextLine(TextDialect.COMMAS, "xypt", TimeUnit.MICROS, true).any(text);
        assertTrue(found.startsWith(message), found);
    }

    @ParameterizedTest
    @EnumSource(TextDialect.class)
    void shouldTakePlainLinesAsOthers(final TextDialect dialect) {
        final SplittableRandom random = new SplittableRandom(1);
        int plain = 0;
        for (int i = 0; i < 400_000; i++) {
            final TimeUnit unit = TimeUnit.values()[random.nextInt(4)];
            final String columns = new String[] {"txyp", "xypt", "-txyp", "xpyt-", "yt-px"}[random.nextInt(5)];
            final boolean whole = random.nextBoolean();
            final String text = nonsense(random, dialect, columns);
            final TextLine fast = new TextLine(dialect, columns, unit, whole);
            final int end = plain(fast, text);
            if (end >= 0) {
                final TextLine slow = new TextLine(dialect, columns, unit, whole);
                final String what = "'" + text + "' of " + slow;
                assertEquals(text.length() + 1, end, what);
                assertNull(slow.any(text.strip()), what);
                assertEquals(event(slow), event(fast), what);
                plain++;
            }
        }
        assertTrue(plain > 1000, plain + " plain lines");
    }

    /** Nearly a line: fields of pieces, now and then one that does not belong there. */
    private static String nonsense(final SplittableRandom random, final TextDialect dialect, final String columns) {
        final StringBuilder text = new StringBuilder();
        for (int column = 0; column < columns.length(); column++) {
            if (column > 0 && random.nextInt(40) > 0) {
                text.append(dialect.separator());
            }
            final int kind = random.nextInt(12);
            if (kind == 0) {
                text.append(PIECES[random.nextInt(PIECES.length)]).append(PIECES[random.nextInt(PIECES.length)]);
            } else if (columns.charAt(column) == 'p') {
                text.append(PIECES[random.nextInt(3)]);
            } else {
                text.append(random.nextInt(1 << random.nextInt(1, 17)));
                final boolean hasPoint = columns.charAt(column) == 't' && random.nextBoolean();
                text.append(hasPoint ? "." + random.nextLong(1L << 40) : "");
            }
        }
        return text + (random.nextInt(10) == 0 ? "\r" : "");
    }

    @Test
    void shouldTakePlainTimesToTheDigit() {
        final SplittableRandom random = new SplittableRandom(2);
        final TextLine line = new TextLine(TextDialect.BLANKS, "txyp", TimeUnit.SECONDS, false);
        for (int i = 0; i < 100_000; i++) {
            final BigDecimal time =
                BigDecimal.valueOf(random.nextLong(-1L << 50, 1L << 50) >> random.nextInt(45), random.nextInt(5, 15));
            final String text = time.toPlainString() + " 32767 32767 1";
            assertEquals(text.length() + 1, plain(line, text), text);
            final BigDecimal micros = time.movePointRight(6).setScale(0, RoundingMode.HALF_UP);
            assertEquals(micros.longValueExact(), line.micros(), text);
        }
    }
}
