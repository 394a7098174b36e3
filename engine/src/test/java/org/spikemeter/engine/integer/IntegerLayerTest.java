package org.spikemeter.engine.integer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Tensor;
import org.spikemeter.engine.network.Window;
import org.spikemeter.engine.neuron.Firing;
import org.spikemeter.engine.neuron.If;
import org.spikemeter.engine.neuron.Lif;
import org.spikemeter.engine.neuron.NeuronModel;
import org.spikemeter.engine.neuron.Reset;
import org.spikemeter.engine.synapse.ConvolutionTable;
import org.spikemeter.engine.synapse.Pool;

class IntegerLayerTest {
    private static final Quantisation INT8 = new Quantisation(8, 16);
    private static final NeuronModel IF = new If(1.0f, Reset.hard(0.0f), Firing.AT_THRESHOLD);

    private static IntegerLayer layer(
        final NeuronModel model, final boolean valued, final List<Pool> pools, final float... weights) {
        final ConvolutionTable table = ConvolutionTable.of(Shape.flat(weights.length),
            new Layer.Linear("fc", Tensor.of(weights, 1, weights.length), null), null);
        return new IntegerLayer(List.of(new IntegerLayer.Way(table, pools, valued)), null, model, INT8);
    }

    @Test
    void shouldGiveTheLargestWeightAllBits() {
        final IntegerTable table = layer(IF, false, List.of(), 1.0f, -2.0f, 0.5f).inputs().getFirst().table();
        assertArrayEquals(new short[] {64, -127, 32},
            new short[] {table.weights()[0], table.weights()[32], table.weights()[64]});
        assertEquals(127, table.bound());
    }

    @Test
    void shouldMakeWeightsCoarseWhenTheMembraneIsTooNarrow() {
        final IntegerLayer layer = layer(IF, false, List.of(), 0.001f);
        assertEquals(4, layer.inputs().getFirst().table().weights()[0]);
        assertEquals((1 << 15) / 8, layer.neurons().threshold(), 1);
        assertTrue(layer.notes().getFirst().contains("4 units of 127"), layer.notes().toString());
    }

    @Test
    void shouldCountMergedSpikesWhenAPoolAverages() {
        final Pool pool = new Pool(new Shape(4, 4, 1),
            new Layer.Pool2d("pool", Layer.Pooling.AVERAGE, new Window(4, 4, 4, 4, 0, 0, 1, 1)));
        final IntegerLayer.Input input = layer(IF, false, List.of(pool), 1.0f).inputs().getFirst();
        assertEquals(3.0, input.scaled(3.0f / 16));
        assertEquals(16, input.largest());
        assertEquals(127, input.table().weights()[0]);
    }

    @Test
    void shouldTakeEightFractionalBitsOfValues() {
        final IntegerLayer.Input input = layer(IF, true, List.of(), 1.0f).inputs().getFirst();
        assertEquals(128.0, input.scaled(0.5f));
        assertEquals(32767, input.largest());
        assertEquals(8, input.unitShift() - input.shift());
    }

    @ParameterizedTest
    @CsvSource({"1.0, 0", "1.4, 0", "1.5, 1", "2.0, 1", "2.8, 1", "2.9, 2", "4.0, 2", "1e30, 30"})
    void shouldShiftByTheNearestPowerOfTwo(final double tau, final int shift) {
        final Lif lif = new Lif(tau, false, 1.0f, Reset.hard(0.0f), Firing.AT_THRESHOLD);
        final IntegerLayer layer = layer(lif, false, List.of(), 1.0f);
        assertEquals(shift, layer.neurons().shift());
        assertEquals(tau == Math.scalb(1.0, shift) ? 0 : 1, layer.notes().size());
    }

    @Test
    void shouldFireAboveThresholdOneUnitLater() {
        final IntegerNeurons at = layer(IF, false, List.of(), 1.0f).neurons();
        final IntegerNeurons above = layer(
            new If(1.0f, Reset.hard(0.0f), Firing.ABOVE_THRESHOLD), false, List.of(), 1.0f).neurons();
        assertEquals(at.threshold(), above.threshold());
        assertEquals(at.level() + 1, above.level());
    }

    @Test
    void shouldBoundSumsByTheSignsOfWeights() {
        final float[] weights = new float[400];
        Arrays.fill(weights, 0, 300, 1.0f);
        Arrays.fill(weights, 300, 400, -1.0f);
        assertEquals(300 * 127, layer(IF, false, List.of(), weights).inputs().getFirst().table().bound());
    }

    @Test
    void shouldRejectSoftResetWhenThresholdIsNegative() {
        assertThrows(IllegalArgumentException.class, () ->
            layer(new If(-1.0f, Reset.soft(), Firing.AT_THRESHOLD), false, List.of(), 1.0f));
    }

    @ParameterizedTest
    @CsvSource({"1, 16", "9, 16", "8, 8", "8, 31"})
    void shouldRejectWidthsThatDoNotExist(final int weights, final int membrane) {
        assertThrows(IllegalArgumentException.class, () -> new Quantisation(weights, membrane));
    }
}
