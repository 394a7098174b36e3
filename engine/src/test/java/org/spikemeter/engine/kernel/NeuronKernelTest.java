package org.spikemeter.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
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
}
