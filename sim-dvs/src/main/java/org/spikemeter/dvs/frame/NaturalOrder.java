package org.spikemeter.dvs.frame;

import java.util.Comparator;

/**
 * File names as people count: runs of digits compare as numbers, so that {@code frame2} comes before {@code frame10}.
 * Names that differ only in leading zeros compare as strings.
 */
final class NaturalOrder implements Comparator<String> {
    static final NaturalOrder INSTANCE = new NaturalOrder();

    private NaturalOrder() {
    }

    @Override
    public int compare(final String left, final String right) {
        int l = 0;
        int r = 0;
        while (l < left.length() && r < right.length()) {
            final int order;
            if (isDigit(left.charAt(l)) && isDigit(right.charAt(r))) {
                final int leftEnd = endOfDigits(left, l);
                final int rightEnd = endOfDigits(right, r);
                order = compareNumbers(left.substring(l, leftEnd), right.substring(r, rightEnd));
                l = leftEnd;
                r = rightEnd;
            } else {
                order = Character.compare(left.charAt(l++), right.charAt(r++));
            }
            if (order != 0) {
                return order;
            }
        }
        final int order = Integer.compare(left.length() - l, right.length() - r);
        return order != 0 ? order : left.compareTo(right);
    }

    /** Numbers of any length, so as text: without leading zeros the longer one is the greater. */
    private static int compareNumbers(final String left, final String right) {
        final String l = left.replaceFirst("^0+", "");
        final String r = right.replaceFirst("^0+", "");
        final int order = Integer.compare(l.length(), r.length());
        return order != 0 ? order : l.compareTo(r);
    }

    private static int endOfDigits(final String name, final int from) {
        int end = from;
        while (end < name.length() && isDigit(name.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isDigit(final char c) {
        return c >= '0' && c <= '9';
    }
}
