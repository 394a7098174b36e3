package org.spikemeter.dvs.frame;

import java.util.Objects;

/**
 * Resizes float frames; the aspect ratio is not kept. Each axis by itself: area averaging where it shrinks (every
 * source pixel counts with the part of it that the target pixel covers), linear interpolation between pixel centres
 * where it grows (beyond the outermost centres the outermost pixel), unchanged where it stays. A size that stays on
 * both axes copies the bits.
 *
 * <p>Rows first, then columns. Weights, products and sums are double, summed in ascending source order, and rounded to
 * float32 once at the end: a constant frame stays constant to the last bit or one beside it, and the result does not
 * depend on the machine.
 *
 * <p>Allocates nothing after construction. Not safe for use by several threads at once.
 */
public final class FrameResizer {
    private final Axis columns;
    private final Axis rows;
    private final double[] narrowed;

    /**
     * @throws IllegalArgumentException where a side is not positive
     */
    public FrameResizer(final int sourceWidth, final int sourceHeight, final int targetWidth, final int targetHeight) {
        columns = Axis.of(sourceWidth, targetWidth);
        rows = Axis.of(sourceHeight, targetHeight);
        narrowed = isIdentity() ? new double[0] : new double[Math.multiplyExact(targetWidth, sourceHeight)];
    }

    /**
     * Resizes one frame.
     *
     * @param source row-major [sourceHeight][sourceWidth]
     * @param target receives [targetHeight][targetWidth]; another array than {@code source}
     */
    public void resize(final float[] source, final float[] target) {
        Objects.checkFromIndexSize(0, columns.source * rows.source, source.length);
        Objects.checkFromIndexSize(0, columns.target * rows.target, target.length);
        if (isIdentity()) {
            System.arraycopy(source, 0, target, 0, columns.source * rows.source);
            return;
        }
        narrow(source);
        for (int y = 0; y < rows.target; y++) {
            for (int x = 0; x < columns.target; x++) {
                double sum = 0.0;
                int index = rows.first[y] * columns.target + x;
                for (int tap = rows.taps[y]; tap < rows.taps[y + 1]; tap++) {
                    sum += rows.weights[tap] * narrowed[index];
                    index += columns.target;
                }
                target[y * columns.target + x] = (float) sum;
            }
        }
    }

    private void narrow(final float[] source) {
        for (int y = 0; y < rows.source; y++) {
            for (int x = 0; x < columns.target; x++) {
                double sum = 0.0;
                int index = y * columns.source + columns.first[x];
                for (int tap = columns.taps[x]; tap < columns.taps[x + 1]; tap++) {
                    sum += columns.weights[tap] * source[index++];
                }
                narrowed[y * columns.target + x] = sum;
            }
        }
    }

    private boolean isIdentity() {
        return columns.source == columns.target && rows.source == rows.target;
    }

    /**
     * One axis as a table: target pixel i is the sum of {@code weights[taps[i] .. taps[i + 1])} times the source pixels
     * from {@code first[i]} on.
     */
    private record Axis(int source, int target, int[] first, int[] taps, double[] weights) {
        static Axis of(final int source, final int target) {
            if (source <= 0 || target <= 0) {
                throw new IllegalArgumentException("cannot resize a side of " + source + " pixels to " + target
                    + ": expected at least 1");
            }
            return target < source ? averaging(source, target) : interpolating(source, target);
        }

        /** In units of 1/target of a source pixel all borders are integers, so that the coverage is exact. */
        private static Axis averaging(final int source, final int target) {
            final int[] first = new int[target];
            final int[] taps = new int[target + 1];
            final double[] weights = new double[source + target];
            int tap = 0;
            for (int i = 0; i < target; i++) {
                final long lower = (long) i * source;
                final long upper = lower + source;
                first[i] = (int) (lower / target);
                taps[i] = tap;
                for (long pixel = first[i]; pixel * target < upper; pixel++) {
                    final long covered = Math.min(upper, (pixel + 1) * target) - Math.max(lower, pixel * target);
                    weights[tap++] = (double) covered / source;
                }
            }
            taps[target] = tap;
            return new Axis(source, target, first, taps, weights);
        }

        private static Axis interpolating(final int source, final int target) {
            final int[] first = new int[target];
            final int[] taps = new int[target + 1];
            final double[] weights = new double[2 * target];
            int tap = 0;
            for (int i = 0; i < target; i++) {
                final double centre = Math.clamp((i + 0.5) * source / target - 0.5, 0.0, source - 1.0);
                first[i] = (int) centre;
                taps[i] = tap;
                final double fraction = centre - first[i];
                weights[tap++] = 1.0 - fraction;
                if (fraction > 0.0) {
                    weights[tap++] = fraction;
                }
            }
            taps[target] = tap;
            return new Axis(source, target, first, taps, weights);
        }
    }
}
