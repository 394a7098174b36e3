package org.spikemeter.engine.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.count.UpdateTally;
import org.spikemeter.engine.integer.IntegerNeurons;

/** Rows whose pixels are whole vectors; others go the scalar way. */
final class VectorIntegerFire implements IntegerFire {
    private static final VectorSpecies<Integer> SPECIES =
        VectorSpecies.of(int.class, VectorKernels.SPECIES.vectorShape());
    private static final VectorSpecies<Short> HALF =
        VectorSpecies.of(short.class, VectorShape.forBitSize(SPECIES.vectorBitSize() / 2));
    private static final ScalarIntegerFire SCALAR = new ScalarIntegerFire();
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    /** Potentials and biases below this and sums of 16 bits shifted by {@link #SMALL_SHIFT} fit into 32 bits. */
    private static final int SMALL = 1 << 29;
    private static final int SMALL_SHIFT = 13;
    private static final IntVector LANE = IntVector.zero(SPECIES).addIndex(1);

    @Override
    public void fireRow(
        final IntegerNeurons neurons, final int[] input, final int[] membrane, final EventGrid output, final int y,
        final UpdateTally tally) {
        if (output.shape().channels() % SPECIES.length() != 0) {
            SCALAR.fireRow(neurons, input, membrane, output, y, tally);
        } else {
            fire(neurons, null, 0L, 0, true, input, membrane, output, y, tally);
        }
    }

    @Override
    public void fireSums(
        final IntegerNeurons neurons, final IntegerSlide slide, final int shift, final int[] bias, final int[] input,
        final int[] membrane, final EventGrid output, final int y, final UpdateTally tally) {
        if (slide.isContiguous()) {
            fire(neurons, slide.sums(), slide.place(y), shift, neurons.high() >= SMALL || shift > SMALL_SHIFT, bias,
                membrane, output, y, tally);
        } else {
            IntegerFire.super.fireSums(neurons, slide, shift, bias, input, membrane, output, y, tally);
        }
    }

    /**
     * Pixel by pixel, a vector of neurons at a time.
     *
     * @param sums of a slide, to be added to the input, and to be zero then; null for none
     * @param firstSum where they start
     * @param shift of the sums
     * @param mayWrap false where no potential and input together can leave 32 bits
     */
    private static void fire(
        final IntegerNeurons neurons, final MemorySegment sums, final long firstSum, final int shift,
        final boolean mayWrap, final int[] input, final int[] membrane, final EventGrid output, final int y,
        final UpdateTally tally) {
        final int channels = output.shape().channels();
        final int width = output.shape().width();
        final int offset = y * width * channels;
        final int[] keys = output.keys();
        final int[] pixelStart = output.pixelStart();
        final int index = y * (width + 1);
        final char[] bits = VectorPool.takesBits(output) ? output.vectorBits() : null;
        final int place = output.rowStart(y);
        final int leak = neurons.shift();
        final IntVector leaks = IntVector.broadcast(SPECIES, neurons.leaks() ? -1 : 0);
        final IntVector level = IntVector.broadcast(SPECIES, neurons.level());
        final IntVector low = IntVector.broadcast(SPECIES, neurons.low());
        final IntVector high = IntVector.broadcast(SPECIES, neurons.high());
        final IntVector taken = IntVector.broadcast(SPECIES, neurons.soft() ? neurons.threshold() : 0);
        final boolean soft = neurons.soft();
        final IntVector rounding = IntVector.broadcast(SPECIES, shift < 0 ? 1 << -shift - 1 : 0);
        final int left = Math.max(shift, 0);
        final int right = Math.max(-shift, 0);
        final ShortVector zero = ShortVector.zero(HALF);
        int next = place;
        int changes = 0;
        int overflows = 0;
        for (int pixel = 0; pixel < width; pixel++) {
            pixelStart[index + pixel] = next;
            final int end = (pixel + 1) * channels;
            for (int i = pixel * channels; i < end; i += SPECIES.length()) {
                final IntVector before = IntVector.fromArray(SPECIES, membrane, offset + i);
                final IntVector kept = before.sub(before.lanewise(VectorOperators.ASHR, leak).and(leaks));
                IntVector x = IntVector.fromArray(SPECIES, input, i);
                if (sums != null) {
                    final long from = firstSum + (long) i * Short.BYTES;
                    x = x.add(((IntVector) ShortVector.fromMemorySegment(HALF, sums, from, ORDER)
                        .convertShape(VectorOperators.S2I, SPECIES, 0)).lanewise(VectorOperators.LSHL, left)
                        .add(rounding)
                        .lanewise(VectorOperators.ASHR, right));
                    zero.intoMemorySegment(sums, from, ORDER);
                }
                final IntVector sum = kept.add(x);
                IntVector h = sum.max(low).min(high);
                VectorMask<Integer> overflown = h.compare(VectorOperators.NE, sum);
                if (mayWrap) {
                    final VectorMask<Integer> wrapped = wraps(kept, x, sum);
                    h = saturated(kept, sum, wrapped).max(low).min(high);
                    overflown = h.compare(VectorOperators.NE, sum).or(wrapped);
                }
                overflows += overflown.trueCount();
                final VectorMask<Integer> spikes = h.compare(VectorOperators.GE, level);
                final IntVector v = h.blend(soft ? h.sub(taken) : taken, spikes);
                changes += v.compare(VectorOperators.NE, before).trueCount();
                v.intoArray(membrane, offset + i);
                LANE.add(i).compress(spikes).intoArray(keys, next);
                if (bits != null) {
                    bits[(offset + i) / SPECIES.length()] = (char) spikes.toLong();
                }
                next += spikes.trueCount();
            }
        }
        tally.membraneChanges += changes;
        tally.overflows += overflows;
        tally.spikes += next - place;
        output.endRow(y, next, bits != null);
    }

    /** Where a sum left 32 bits: both addends have the sign that it has not. */
    private static VectorMask<Integer> wraps(final IntVector a, final IntVector b, final IntVector sum) {
        return a.lanewise(VectorOperators.XOR, sum).and(b.lanewise(VectorOperators.XOR, sum))
            .compare(VectorOperators.LT, 0);
    }

    private static IntVector saturated(final IntVector a, final IntVector sum, final VectorMask<Integer> wrapped) {
        return sum.blend(a.lanewise(VectorOperators.ASHR, Integer.SIZE - 1)
            .lanewise(VectorOperators.XOR, Integer.MAX_VALUE), wrapped);
    }
}
