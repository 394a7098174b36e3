package org.spikemeter.engine.neuron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.engine.RandomInputs;

/** Bounds of silence against the model's own equation, stepped. */
class QuiescenceTest {
    private static final int MODELS = 600;
    private static final int CHANNELS = 5;
    private static final int RANDOM_POTENTIALS = 24;
    private static final int FOR_EVER = 2_000;
    private static final float[] THRESHOLDS = {1.0f, 0.4f, 0.0f, -0.0f, -1.0f, -0.3f, 1e-6f, 1e-3f, -1e-6f, 1e-40f,
        Float.MIN_VALUE, 3.0f, 1e4f, 1e30f};
    private static final double[] TAUS = {1.0, 1.0 + 0x1p-23, 1.0001, 1.1, 1.5, 2.0, 2.3, 3.0, 4.0, 10.0, 64.0, 100.7,
        1e4, 1e6, 0x1p24, 1e9, 0x1p100, Float.MAX_VALUE};

    private static float pick(final Random random, final float... values) {
        return values[random.nextInt(values.length)];
    }

    /** A few representable numbers above or below. */
    private static float beside(final Random random, final float value) {
        return Float.isNaN(value) ? value : value + (random.nextInt(7) - 3) * Math.ulp(value);
    }

    private static Reset reset(final Random random, final float threshold) {
        return switch (random.nextInt(6)) {
            case 0, 1 -> Reset.soft();
            case 2 -> Reset.hard(pick(random, 0.0f, -0.0f));
            case 3 -> Reset.hard(pick(random, -0.1f, 0.3f, 1e-40f, -2.0f, 100.0f));
            case 4 -> Reset.hard(0.5f * threshold);
            default -> Reset.hard(beside(random, threshold));
        };
    }

    private static NeuronModel model(final Random random) {
        final float threshold = random.nextInt(3) == 0 ? random.nextFloat() : pick(random, THRESHOLDS);
        final Reset reset = reset(random, threshold);
        final Firing firing = Firing.values()[random.nextInt(2)];
        final boolean decayInput = random.nextBoolean();
        return switch (random.nextInt(5)) {
            case 0 -> new If(threshold, reset, firing);
            case 1 -> new Lif(TAUS[random.nextInt(TAUS.length)], decayInput, threshold, reset, firing);
            case 2 -> new Lif(1.0 + 9.0 * random.nextDouble(), decayInput, threshold, reset, firing);
            case 3 -> new Plif(16.0f * random.nextFloat() - 8.0f, decayInput, threshold, reset, firing);
            default -> new Plif(pick(random, -200.0f, -20.0f, 0.0f, 0.3f, 17.0f, 200.0f), decayInput, threshold, reset,
                firing);
        };
    }

    /** The input that drives the neuron to its threshold and not beyond. */
    private static float drive(final NeuronModel model) {
        final Charge charge = model.charge();
        final double rate = charge.divide() ? 1.0 / charge.rate() : charge.rate();
        final double distance = (double) model.vThreshold() - charge.rest();
        return (float) switch (charge.form()) {
            case INTEGRATE -> 0.0;
            case DECAYED_INPUT, DECAYED_INPUT_TO_RESET -> distance;
            case LEAK -> distance * (1.0 - charge.retain());
            case LEAK_TO_RESET -> distance * rate;
        };
    }

    private static float bias(final Random random, final NeuronModel model) {
        final float drive = drive(model);
        return switch (random.nextInt(9)) {
            case 0 -> pick(random, 0.0f, -0.0f);
            case 1 -> pick(random, 1e-7f, -1e-7f, 1e-40f, -1e-40f, Float.MIN_VALUE, 1e-20f);
            case 2, 3 -> beside(random, drive);
            case 4 -> drive * (1.0f + 0.2f * (random.nextFloat() - 0.5f));
            case 5 -> drive + 1e-4f * (random.nextFloat() - 0.5f);
            case 6 -> pick(random, -1.0f, -50.0f, -1e6f, -1e30f);
            case 7 -> pick(random, 0.1f, 0.5f, 2.0f, 1e6f);
            default -> 2.0f * random.nextFloat() - 1.0f;
        };
    }

    private static float[] biases(final Random random, final NeuronModel model, final int channels) {
        if (random.nextInt(6) == 0) {
            return null;
        }
        // of a layer, mostly of one kind, so that some layers keep silent for ever
        final boolean alike = random.nextBoolean();
        final float common = bias(random, model);
        final float[] biases = new float[channels];
        for (int c = 0; c < channels; c++) {
            final float bias = alike ? common : bias(random, model);
            biases[c] = Float.isFinite(bias) ? bias : 0.0f;
        }
        return biases;
    }

    private static List<Float> potentials(
        final Random random, final NeuronModel model, final Quiescence quiescence, final int channel) {
        final List<Float> edges = new ArrayList<>(List.of(model.vThreshold(), model.reset().restingPotential(), 0.0f,
            -0.0f, Float.MIN_VALUE, -Float.MIN_VALUE, Float.MIN_NORMAL, -1e-39f));
        final float lowest = quiescence.lowest()[channel];
        edges.add(lowest);
        for (int n = 1; n <= quiescence.levels(); n++) {
            edges.add(quiescence.highest(n)[channel]);
        }
        final List<Float> potentials = new ArrayList<>();
        for (final float edge : edges) {
            potentials.addAll(List.of(edge, Math.nextUp(edge), Math.nextDown(edge)));
        }
        final float highest = quiescence.highest(1)[channel];
        final float bottom = Float.isInfinite(lowest) ? -100.0f : lowest;
        for (int i = 0; i < RANDOM_POTENTIALS; i++) {
            final float v = switch (i % 4) {
                case 0 -> bottom + random.nextFloat() * (highest - bottom);
                case 1 -> highest - Math.abs(highest) * random.nextFloat() * Math.scalb(1.0f, -random.nextInt(24));
                case 2 -> highest - random.nextInt(100) * Math.ulp(highest);
                default -> RandomInputs.anyFloat(random);
            };
            potentials.add(v);
        }
        return potentials;
    }

    private static boolean isWithin(final Quiescence quiescence, final int channel, final int steps, final float v) {
        return v >= quiescence.lowest()[channel] && v <= quiescence.highest(steps)[channel];
    }

    /** Steps for which the bounds promise silence: as the engine looks ahead, but for one neuron alone. */
    private static int promised(final Quiescence quiescence, final int channel, final float v) {
        int steps = 0;
        while (steps < quiescence.levels() && isWithin(quiescence, channel, steps + 1, v)) {
            steps++;
        }
        return steps > 0 && quiescence.isEndless() ? FOR_EVER : steps;
    }

    /** The step, from 1, in which a neuron first fires; {@code steps + 1} where it keeps silent as long as that. */
    private static int firstSpike(final NeuronModel model, final float bias, final float v, final int steps) {
        float before = v;
        for (int step = 1; step <= steps; step++) {
            final float h = model.charge(before, 0.0f + bias);
            if (model.fires(h)) {
                return step;
            }
            if (Float.floatToRawIntBits(h) == Float.floatToRawIntBits(before)) {
                return steps + 1;
            }
            before = h;
        }
        return steps + 1;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void shouldKeepSilentWhereTheBoundsSaySo(final long seed) {
        final Random random = new Random(seed);
        int endless = 0;
        int ahead = 0;
        for (int i = 0; i < MODELS; i++) {
            final NeuronModel model = model(random);
            final float[] bias = biases(random, model, CHANNELS);
            final Quiescence quiescence = Quiescence.of(model, bias, CHANNELS);
            assertNotNull(quiescence, model.toString());
            for (int c = 0; c < CHANNELS; c++) {
                final float ofChannel = bias == null ? 0.0f : bias[c];
                for (final float v : potentials(random, model, quiescence, c)) {
                    final int steps = promised(quiescence, c, v);
                    final int spike = firstSpike(model, ofChannel, v, steps);
                    if (spike <= steps) {
                        fail("seed " + seed + ", " + model + ", bias " + ofChannel + ": potential " + v
                            + " was to keep silent for " + steps + " steps, fires in step " + spike + ", bounds "
                            + quiescence.lowest()[c] + " to " + quiescence.highest(Math.min(steps,
                            quiescence.levels()))[c]);
                    }
                    endless += steps == FOR_EVER ? 1 : 0;
                    ahead += steps > 0 && steps < FOR_EVER ? 1 : 0;
                }
            }
        }
        // the property is worth what the models are
        final int all = MODELS * CHANNELS * RANDOM_POTENTIALS;
        assertTrue(endless > all / 4, endless + " potentials that keep silent for ever");
        assertTrue(ahead > all / 4, ahead + " potentials that were looked ahead");
    }

    /** More steps can only ask for less. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldPromiseFewerStepsToHigherPotentials(final long seed) {
        final Random random = new Random(seed);
        for (int i = 0; i < MODELS; i++) {
            final NeuronModel model = model(random);
            final Quiescence quiescence = Quiescence.of(model, biases(random, model, CHANNELS), CHANNELS);
            for (int n = 2; n <= quiescence.levels(); n++) {
                for (int c = 0; c < CHANNELS; c++) {
                    assertTrue(quiescence.highest(n)[c] <= quiescence.highest(n - 1)[c], model + ", " + n + " steps");
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0.0, 0.4, 0.0", "0.0, 0.4, 0.1", "0.0, 0.4, -0.2", "-2.0, 0.4, 0.1", "3.0, 0.4, 0.1", "0.5, 1.0, 0.7"})
    void shouldLeaveNeuronsAloneThatTheirBiasDoesNotDrive(final float w, final float threshold, final float bias) {
        for (final Reset reset : List.of(Reset.soft(), Reset.hard(0.0f), Reset.hard(-0.1f))) {
            for (final Firing firing : Firing.values()) {
                final String place = reset + " " + firing;
                final Quiescence quiescence = Quiescence.of(
                    new Plif(w, true, threshold, reset, firing), new float[] {bias}, 1);
                assertTrue(quiescence.isEndless(), place);
                assertEquals(1, quiescence.levels(), place);
                assertTrue(isWithin(quiescence, 0, 1, threshold - 1e-3f), place);
                assertTrue(isWithin(quiescence, 0, 1, threshold - 1e-6f), place);
                assertTrue(isWithin(quiescence, 0, 1, -5.0f * threshold), place);
            }
        }
    }

    /** Without a difference in the equation there is no rounding to be careful of: all that is below the threshold. */
    @ParameterizedTest
    @ValueSource(floats = {0.0f, -0.0f, -0.3f})
    void shouldBeExactForIntegratorsWithoutDrive(final float bias) {
        final Quiescence quiescence = Quiescence.of(
            new If(1.0f, Reset.soft(), Firing.AT_THRESHOLD), new float[] {bias}, 1);
        assertTrue(quiescence.isEndless());
        assertEquals(Math.nextDown(1.0f), quiescence.highest(1)[0]);
        assertEquals(Float.NEGATIVE_INFINITY, quiescence.lowest()[0]);
        assertEquals(1.0f, Quiescence.of(new If(1.0f, Reset.soft(), Firing.ABOVE_THRESHOLD), null, 1).highest(1)[0]);
    }

    /** Of neurons that drive themselves to their threshold, at least a tenth of it a step. */
    private static List<NeuronModel> driven(final float threshold) {
        final List<NeuronModel> models = new ArrayList<>();
        for (final Reset reset : List.of(Reset.soft(), Reset.hard(0.0f), Reset.hard(-0.1f))) {
            for (final Firing firing : Firing.values()) {
                models.add(new If(threshold, reset, firing));
                for (final boolean decayInput : new boolean[] {true, false}) {
                    models.add(new Plif(0.0f, decayInput, threshold, reset, firing));
                    models.add(new Plif(-1.0f, decayInput, threshold, reset, firing));
                    models.add(new Lif(2.0, decayInput, threshold, reset, firing));
                    models.add(new Lif(3.3, decayInput, threshold, reset, firing));
                }
            }
        }
        return models;
    }

    @ParameterizedTest
    @ValueSource(floats = {1.0f, 0.4f})
    void shouldLookAheadAlmostToTheSpikeOfNeuronsThatDriveThemselves(final float threshold) {
        final Random random = new Random(5);
        int exact = 0;
        int all = 0;
        for (final NeuronModel model : driven(threshold)) {
            for (int i = 0; i < 300; i++) {
                final float bias = drive(model) + threshold * (0.05f + 0.4f * random.nextFloat());
                final Quiescence quiescence = Quiescence.of(model, new float[] {bias}, 1);
                final float v = threshold * (3.0f * random.nextFloat() - 2.0f);
                final int silent = firstSpike(model, bias, v, 100) - 1;
                final int promised = promised(quiescence, 0, v);
                if (silent < quiescence.levels()) {
                    assertTrue(promised >= silent - 1 && promised <= silent, model + ", bias " + bias + ", potential "
                        + v + ": silent for " + silent + " steps, the bounds say " + promised);
                    exact += promised == silent ? 1 : 0;
                    all++;
                } else {
                    assertTrue(promised >= quiescence.levels() - 1, model + ", bias " + bias + ", potential " + v);
                }
            }
        }
        assertTrue(exact > 0.99 * all, exact + " of " + all + " to the step");
    }

    @Test
    void shouldKeepBoundsOfChannelsApart() {
        final NeuronModel model = new Plif(0.0f, true, 1.0f, Reset.soft(), Firing.AT_THRESHOLD);
        final Quiescence quiescence = Quiescence.of(model, new float[] {0.0f, 3.0f, -1.0f, 0.5f}, 4);
        // the second alone drives itself
        assertTrue(!quiescence.isEndless() && quiescence.levels() > 1);
        assertTrue(quiescence.highest(1)[1] < -0.9f);
        for (final int channel : new int[] {0, 2, 3}) {
            assertEquals(FOR_EVER + 1, firstSpike(model, new float[] {0.0f, 3.0f, -1.0f, 0.5f}[channel],
                quiescence.highest(1)[channel], FOR_EVER));
            assertEquals(1.0f, quiescence.highest(quiescence.levels())[channel], 1e-4f);
        }
    }
}
