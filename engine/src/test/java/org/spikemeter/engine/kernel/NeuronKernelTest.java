package org.spikemeter.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spikemeter.engine.RandomInputs;
import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.neuron.Firing;
import org.spikemeter.engine.neuron.If;
import org.spikemeter.engine.neuron.Lif;
import org.spikemeter.engine.neuron.NeuronModel;
import org.spikemeter.engine.neuron.Plif;
import org.spikemeter.engine.neuron.Reset;

/** Kernels of neurons against the model's own methods, in every bit, also at and beside the threshold. */
class NeuronKernelTest {
    private static final int OFFSET = 5;
    private static final int SLACK = 20;

    private static float near(final Random random, final float threshold) {
        return switch (random.nextInt(8)) {
            case 0 -> threshold;
            case 1 -> Math.nextUp(threshold);
            case 2 -> Math.nextDown(threshold);
            case 3 -> random.nextBoolean() ? 1e30f : -1e30f;
            case 4 -> random.nextBoolean() ? -0.0f : 0.0f;
            default -> 2.0f * random.nextFloat() - 1.0f;
        };
    }

    private static float[] repeated(final float[] pattern, final int size) {
        final float[] all = new float[size];
        for (int i = 0; i < size; i++) {
            all[i] = pattern[i % pattern.length];
        }
        return all;
    }

    private static void check(final NeuronModel model, final Shape shape, final Random random) {
        final int row = shape.width() * shape.channels();
        final int y = shape.height() - 1;
        final float[] before = new float[shape.size() + SLACK];
        final float[] sums = new float[OFFSET + row + SLACK];
        for (int i = 0; i < before.length; i++) {
            before[i] = near(random, model.vThreshold());
        }
        for (int i = 0; i < row; i++) {
            sums[OFFSET + i] = random.nextInt(3) == 0 ? 0.0f : near(random, model.vThreshold());
        }
        final float[] bias = random.nextBoolean() ? null : repeated(RandomInputs.floats(random, shape.channels()), row);
        final float[] after = before.clone();
        final StepEvents expected = new StepEvents(shape);
        int changes = 0;
        for (int i = 0; i < row; i++) {
            final int neuron = y * row + i;
            final float x = bias == null ? sums[OFFSET + i] : sums[OFFSET + i] + bias[i];
            final float h = model.charge(before[neuron], x);
            after[neuron] = model.fires(h) ? model.afterSpike(h) : h;
            if (model.fires(h)) {
                expected.add(neuron);
            }
            changes += Float.floatToRawIntBits(after[neuron]) == Float.floatToRawIntBits(before[neuron]) ? 0 : 1;
        }
        for (final Kernels.Choice choice : new Kernels.Choice[] {Kernels.Choice.SCALAR, Kernels.Choice.VECTOR}) {
            final String place = choice + " " + shape + " " + model;
            final float[] membrane = before.clone();
            final EventGrid output = new EventGrid(shape, false);
            final NeuronKernel kernel = Kernels.of(choice).neurons();
            final NeuronUpdate update = new NeuronUpdate(model, bias);
            // in two runs of pixels, as sparse rows are
            final int middle = shape.width() / 2;
            final int first = output.rowStart(y);
            final float[] currents = sums.clone();
            final long left = kernel.update(update, currents, OFFSET, membrane, output, y, 0, middle, first);
            final long right = kernel.update(update, currents, OFFSET + middle * shape.channels(), membrane, output, y,
                middle, shape.width(), first + (int) left);
            final long result = left + right;
            output.endRow(y, first + (int) result);
            assertEquals(expected.size(), (int) result, place);
            assertEquals(changes, (int) (result >>> 32), place);
            final StepEvents found = new StepEvents(shape);
            output.store(found);
            assertEquals(expected.size(), found.size(), place);
            for (int i = 0; i < found.size(); i++) {
                assertEquals(expected.address(i), found.address(i), place);
            }
            for (int x = 0; x <= shape.width(); x++) {
                assertEquals(start(expected, y * row + x * shape.channels()) + output.rowStart(y),
                    output.pixelStart()[y * (shape.width() + 1) + x], place);
            }
            for (int i = 0; i < membrane.length; i++) {
                assertEquals(Float.floatToRawIntBits(after[i]), Float.floatToRawIntBits(membrane[i]), place + " " + i);
            }
            checkBits(place, kernel.bitLanes(output), output, expected, y);
        }
    }

    private static void checkBits(
        final String place, final int lanes, final EventGrid output, final StepEvents spikes, final int y) {
        final int row = output.shape().width() * output.shape().channels();
        for (int vector = y * row; lanes > 0 && vector < (y + 1) * row; vector += lanes) {
            int bits = 0;
            for (int lane = 0; lane < lanes; lane++) {
                final int next = start(spikes, vector + lane);
                bits |= next < spikes.size() && spikes.address(next) == vector + lane ? 1 << lane : 0;
            }
            assertEquals(bits, output.vectorBits()[vector / lanes], place + ", bits of " + vector);
        }
    }

    private static int start(final StepEvents events, final int address) {
        int start = 0;
        while (start < events.size() && events.address(start) < address) {
            start++;
        }
        return start;
    }

    @ParameterizedTest
    @CsvSource({"1,1", "1,2", "1,7", "1,15", "1,16", "1,17", "1,32", "1,101", "3,1", "5,16", "7,32", "2,48", "4,31",
        "9,64"})
    void shouldUpdateAsTheModelSays(final int width, final int channels) {
        final Random random = new Random(31L * width + channels);
        final Shape shape = new Shape(2, width, channels);
        for (final float threshold : new float[] {1.0f, 0.4f, 0.0f, -0.0f, -1.5f, Float.MIN_VALUE}) {
            for (final Firing firing : Firing.values()) {
                for (final Reset reset : new Reset[] {Reset.soft(), Reset.hard(0.0f), Reset.hard(-0.3f)}) {
                    check(new If(threshold, reset, firing), shape, random);
                    for (final boolean decayInput : new boolean[] {true, false}) {
                        check(new Lif(2.0, decayInput, threshold, reset, firing), shape, random);
                        check(new Lif(3.7, decayInput, threshold, reset, firing), shape, random);
                        check(new Plif(0.3f, decayInput, threshold, reset, firing), shape, random);
                    }
                }
            }
        }
    }

    private static List<NeuronModel> models(final float threshold, final Firing firing) {
        final List<NeuronModel> models = new ArrayList<>();
        for (final Reset reset : new Reset[] {Reset.soft(), Reset.hard(-0.0f), Reset.hard(-0.3f)}) {
            models.add(new If(threshold, reset, firing));
            for (final boolean decayInput : new boolean[] {true, false}) {
                models.add(new Lif(2.0, decayInput, threshold, reset, firing));
                models.add(new Lif(3.7, decayInput, threshold, reset, firing));
                models.add(new Plif(-4.0f, decayInput, threshold, reset, firing));
                models.add(new Plif(200.0f, decayInput, threshold, reset, firing));
            }
        }
        return models;
    }

    /** Of a pixel: none, one that makes potentials creep, zeros of both signs, or what comes. */
    private static float[] passBias(final Random random, final int channels) {
        final int kind = random.nextInt(4);
        if (kind == 0) {
            return null;
        }
        final float[] bias = RandomInputs.floats(random, channels);
        for (int c = 0; c < channels; c++) {
            bias[c] *= kind == 1 ? -1e-9f : kind == 2 ? 0.0f : 1.0f;
        }
        return bias;
    }

    /** Firing is left to those who know that none fires; so the oracle charges, and that is all. */
    private static void checkPass(final NeuronModel model, final int channels, final Random random) {
        final int steps = RandomInputs.between(random, 1, 30);
        final int first = RandomInputs.between(random, 0, 40);
        final int step = random.nextInt(5);
        final float[] bias = passBias(random, channels);
        final boolean resting = random.nextInt(3) == 0;
        final float[] before = new float[first + channels + SLACK];
        for (int i = 0; i < before.length; i++) {
            before[i] = resting ? model.reset().restingPotential() : near(random, model.vThreshold());
        }
        final float[] after = before.clone();
        final long[] changes = new long[step + steps + 3];
        Arrays.setAll(changes, i -> 100 * i);
        final long[] expected = changes.clone();
        for (int s = 0; s < steps; s++) {
            for (int c = 0; c < channels; c++) {
                final float v = after[first + c];
                after[first + c] = model.charge(v, bias == null ? 0.0f : 0.0f + bias[c]);
                expected[step + s] += Float.floatToRawIntBits(v) == Float.floatToRawIntBits(after[first + c]) ? 0 : 1;
            }
        }
        // a layer has its bias a row, of any number of pixels
        final NeuronUpdate update = new NeuronUpdate(model, bias == null ? null : repeated(bias, 3 * channels));
        for (final Kernels.Choice choice : new Kernels.Choice[] {Kernels.Choice.SCALAR, Kernels.Choice.VECTOR}) {
            final String place = choice + ", " + channels + " channels, " + steps + " steps, " + model;
            final float[] membrane = before.clone();
            final long[] counted = changes.clone();
            final float[] scratch = RandomInputs.floats(random, channels);
            Kernels.of(choice).neurons().pass(update, membrane, first, channels, steps, counted, step, scratch);
            assertArrayEquals(expected, counted, place);
            for (int i = 0; i < membrane.length; i++) {
                assertEquals(Float.floatToRawIntBits(after[i]), Float.floatToRawIntBits(membrane[i]), place + " " + i);
            }
        }
    }

    @Test
    void shouldPassStepsWithoutEventsAsTheModelSays() {
        final Random random = new Random(3);
        for (int channels = 1; channels <= 64; channels++) {
            for (final float threshold : new float[] {1.0f, 0.4f, -0.0f, -1.5f}) {
                for (final Firing firing : Firing.values()) {
                    for (final NeuronModel model : models(threshold, firing)) {
                        checkPass(model, channels, random);
                    }
                }
            }
        }
    }

    /** A potential that lies between, on or beside a bound, or beyond all of them. */
    private static float about(final Random random, final float lowest, final float highest) {
        return switch (random.nextInt(8)) {
            case 0, 1 -> lowest;
            case 2, 3 -> highest;
            case 4 -> Math.nextUp(lowest);
            case 5 -> Math.nextDown(highest);
            default -> 0.5f * lowest + 0.5f * highest;
        };
    }

    private static float beyond(final Random random, final float lowest, final float highest) {
        return switch (random.nextInt(4)) {
            case 0 -> Math.nextDown(lowest);
            case 1 -> Math.nextUp(highest);
            case 2 -> Float.NaN;
            default -> random.nextBoolean() ? Float.POSITIVE_INFINITY : Float.NEGATIVE_INFINITY;
        };
    }

    private static void assertWithin(
        final boolean expected, final float[] membrane, final int first, final float[] lowest, final float[] highest) {
        for (final Kernels.Choice choice : new Kernels.Choice[] {Kernels.Choice.SCALAR, Kernels.Choice.VECTOR}) {
            assertEquals(expected, Kernels.of(choice).neurons().isWithin(membrane, first, lowest, highest),
                () -> choice + ": " + Arrays.toString(membrane) + " from " + first);
        }
    }

    @Test
    void shouldBeWithinBoundsWhereEachPotentialIs() {
        final Random random = new Random(7);
        for (int channels = 1; channels <= 64; channels++) {
            for (int i = 0; i < 200; i++) {
                final float[] lowest = RandomInputs.floats(random, channels);
                final float[] highest = new float[channels];
                final int first = random.nextInt(20);
                final float[] membrane = new float[first + channels + SLACK];
                // what lies beside the pixel is no matter
                Arrays.fill(membrane, Float.NaN);
                for (int c = 0; c < channels; c++) {
                    highest[c] = random.nextInt(9) == 0 ? lowest[c] : lowest[c] + random.nextFloat();
                    membrane[first + c] = Math.clamp(about(random, lowest[c], highest[c]), lowest[c], highest[c]);
                }
                assertWithin(true, membrane, first, lowest, highest);
                final int c = random.nextInt(channels);
                membrane[first + c] = beyond(random, lowest[c], highest[c]);
                assertWithin(false, membrane, first, lowest, highest);
                membrane[first + c] = lowest[c];
                highest[c] = Float.NEGATIVE_INFINITY;
                assertWithin(false, membrane, first, lowest, highest);
                lowest[c] = Float.NEGATIVE_INFINITY;
                membrane[first + c] = Float.NEGATIVE_INFINITY;
                assertWithin(true, membrane, first, lowest, highest);
            }
        }
    }
}
