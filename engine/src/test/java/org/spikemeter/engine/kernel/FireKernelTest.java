package org.spikemeter.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.engine.RandomInputs;
import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.neuron.Firing;
import org.spikemeter.engine.neuron.If;
import org.spikemeter.engine.neuron.NeuronModel;
import org.spikemeter.engine.neuron.Reset;

class FireKernelTest {
    private static final int OFFSET = 5;
    private static final int PLACE = 3;

    private static float charged(final Random random, final float threshold) {
        return switch (random.nextInt(8)) {
            case 0 -> threshold;
            case 1 -> Math.nextUp(threshold);
            case 2 -> Math.nextDown(threshold);
            case 3 -> random.nextBoolean() ? Float.MAX_VALUE : -Float.MAX_VALUE;
            case 4 -> random.nextBoolean() ? -0.0f : 0.0f;
            default -> RandomInputs.anyFloat(random);
        };
    }

    private static void check(final NeuronModel model, final int size, final Random random) {
        final float[] charged = new float[size];
        final float[] before = new float[OFFSET + size + 20];
        final float[] after = new float[before.length];
        for (int i = 0; i < before.length; i++) {
            before[i] = charged(random, model.vThreshold());
            after[i] = before[i];
        }
        final int[] keys = new int[size];
        int spikes = 0;
        int changes = 0;
        for (int i = 0; i < size; i++) {
            charged[i] = random.nextInt(4) == 0 ? before[OFFSET + i] : charged(random, model.vThreshold());
            final boolean fires = model.fires(charged[i]);
            after[OFFSET + i] = fires ? model.afterSpike(charged[i]) : charged[i];
            if (fires) {
                keys[spikes] = i;
                spikes++;
            }
            changes += Float.compare(after[OFFSET + i], before[OFFSET + i]) == 0 ? 0 : 1;
        }
        for (final Kernels.Choice choice : new Kernels.Choice[] {Kernels.Choice.SCALAR, Kernels.Choice.VECTOR}) {
            final float[] membrane = before.clone();
            final int[] found = new int[PLACE + size + EventGrid.SLACK];
            final long result = Kernels.of(choice).fire().fireRow(model, charged, membrane, OFFSET, size, found, PLACE);
            final String place = choice + " " + size + " " + model;
            assertEquals(spikes, (int) result, place);
            assertEquals(changes, (int) (result >>> 32), place);
            assertArrayEquals(Arrays.copyOf(keys, spikes), Arrays.copyOfRange(found, PLACE, PLACE + spikes), place);
            for (int i = 0; i < membrane.length; i++) {
                assertEquals(Float.floatToRawIntBits(after[i]), Float.floatToRawIntBits(membrane[i]), place + " " + i);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7, 8, 9, 15, 16, 17, 31, 32, 33, 101})
    void shouldFireAndResetAsTheModelSays(final int size) {
        final Random random = new Random(size);
        for (final float threshold : new float[] {1.0f, 0.4f, 0.0f, -0.0f, -1.5f, Float.MIN_VALUE}) {
            for (final Firing firing : Firing.values()) {
                for (int round = 0; round < 20; round++) {
                    check(new If(threshold, Reset.soft(), firing), size, random);
                    check(new If(threshold, Reset.hard(0.0f), firing), size, random);
                    check(new If(threshold, Reset.hard(-0.3f), firing), size, random);
                }
            }
        }
    }
}
