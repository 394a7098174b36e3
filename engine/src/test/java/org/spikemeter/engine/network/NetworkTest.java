package org.spikemeter.engine.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.spikemeter.engine.neuron.Firing;
import org.spikemeter.engine.neuron.If;
import org.spikemeter.engine.neuron.Reset;

class NetworkTest {
    private static final Shape INPUT = new Shape(6, 5, 2);

    private static Tensor zeros(final int... shape) {
        int size = 1;
        for (final int side : shape) {
            size *= side;
        }
        return Tensor.of(new float[size], shape);
    }

    private static Layer.Conv2d conv(final String name, final int out, final int in) {
        return new Layer.Conv2d(name, zeros(out, in, 3, 3), null, Window.square(3, 1, 0), 1);
    }

    private static Layer.BatchNorm norm(final String name, final int channels) {
        final float[] ones = new float[channels];
        Arrays.fill(ones, 1.0f);
        return new Layer.BatchNorm(name, zeros(channels), zeros(channels), zeros(channels), Tensor.of(ones, channels),
            0.0);
    }

    private static Layer.Linear linear(final String name, final int out, final int in) {
        return new Layer.Linear(name, zeros(out, in), null);
    }

    private static Layer.Sparse sparse(final String name, final int sources) {
        return new Layer.Sparse(name, new Connections(3, new int[sources + 1], new int[0], new float[0]), null);
    }

    private static Layer.Neurons neurons(final String name) {
        return new Layer.Neurons(name, new If(1.0f, Reset.soft(), Firing.AT_THRESHOLD));
    }

    private static Layer.Pool2d pool(final String name, final int kernel) {
        return new Layer.Pool2d(name, Layer.Pooling.AVERAGE, Window.square(kernel, kernel, 0));
    }

    private static Network.Builder builder() {
        return Network.builder("net", INPUT);
    }

    private static void refuses(final String message, final Network.Builder builder, final Layer layer) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, () -> builder.add(layer)).getMessage());
    }

    @Test
    void shouldChainShapes() {
        final Voting voting = new Voting(List.of(new Voting.Group("a", 0, 3)));
        final Network network = builder().add(conv("c", 7, 2)).add(norm("b", 7)).add(neurons("n")).add(pool("p", 2))
            .add(new Layer.Flatten("f")).add(linear("l", 3, 14)).add(sparse("s", 3)).voting(voting).build();
        assertEquals("net", network.name());
        assertEquals(INPUT, network.input());
        assertEquals(INPUT, network.inputOf(0));
        assertEquals(new Shape(4, 3, 7), network.outputOf(0));
        assertEquals(new Shape(4, 3, 7), network.outputOf(2));
        assertEquals(new Shape(4, 3, 7), network.inputOf(3));
        assertEquals(new Shape(2, 1, 7), network.outputOf(3));
        assertEquals(new Shape(2, 1, 7), network.outputOf(4));
        assertEquals(Shape.flat(3), network.outputOf(5));
        assertEquals(Shape.flat(3), network.output());
        assertEquals(5, network.indexOf("l"));
        assertEquals(voting, network.voting().orElseThrow());
        assertTrue(builder().add(neurons("n")).build().voting().isEmpty());
    }

    @Test
    void shouldCompareAnEdgeThatLeadsBackAlsoWhereItIsTheFirst() {
        final Network.Builder builder = Network.builder("n", Shape.flat(2))
            .add(new Layer.Sum("s"), List.of(new Edge(1, 1), Edge.from(Edge.INPUT)))
            .add(new Layer.Linear("l", Tensor.of(new float[6], 3, 2), null));
        assertThrows(IllegalArgumentException.class, builder::build);
    }

    @Test
    void shouldNameLayerThatDoesNotFitTheOneBefore() {
        refuses("layer 'c': weight [4, 3, 3, 3] with 1 groups takes 3 channels, found 2", builder(), conv("c", 4, 3));
        refuses("layer 'c': weight [4, 2, 3, 3] with 2 groups takes 4 channels, found 2", builder(),
            new Layer.Conv2d("c", zeros(4, 2, 3, 3), null, Window.square(3, 1, 0), 2));
        refuses("layer 'c2': a window of 3 x 3 (dilation 1 x 1, padding 0 x 0) does not fit into 2 x 1",
            builder().add(conv("c0", 2, 2)).add(conv("c1", 2, 2)), conv("c2", 2, 2));
        refuses("layer 'p': a window of 7 x 7 (dilation 1 x 1, padding 0 x 0) does not fit into 6 x 5", builder(),
            pool("p", 7));
        refuses("layer 'b': weight [3]: expected 2 channels", builder(), norm("b", 3));
        refuses("layer 'l': needs a flat input, found 2 x 6 x 5; put a flatten before it", builder(),
            linear("l", 3, 60));
        refuses("layer 's': needs a flat input, found 2 x 6 x 5; put a flatten before it", builder(),
            sparse("s", 60));
    }

    @Test
    void shouldNameLayerThatDoesNotFitAFlatInput() {
        final Network.Builder flat = builder().add(new Layer.Flatten("f"));
        refuses("layer 'l': weight [3, 59] takes 59 inputs, found 60 (2 x 6 x 5)", flat, linear("l", 3, 59));
        refuses("layer 's': the table takes 61 inputs, found 60 (2 x 6 x 5)", flat, sparse("s", 61));
        refuses("layer 'c': needs a grid, found one that was flattened", flat, conv("c", 4, 2));
        refuses("layer 'p': needs a grid, found one that was flattened", flat, pool("p", 2));
        refuses("layer 'b': batch norm of a flattened grid is not supported; put it before the flatten or after the "
            + "linear layer", flat, norm("b", 2));
    }

    @Test
    void shouldRefuseLayerWithoutOutputs() {
        refuses("layer 'l': shape 1 x 1 x 0 (height x width x channels): every side must be at least 1",
            builder().add(new Layer.Flatten("f")), new Layer.Linear("l", zeros(0, 60), null));
    }

    @Test
    void shouldRefuseTheSameNameTwiceButTakeItAfterARefusal() {
        final Network.Builder builder = builder();
        refuses("layer 'x': weight [3]: expected 2 channels", builder, norm("x", 3));
        builder.add(norm("x", 2));
        refuses("layer 'x': a layer before has this name", builder, neurons("x"));
        assertEquals(1, builder.build().layers().size());
    }

    @Test
    void shouldRefuseNetworkThatIsNotWhole() {
        assertEquals("network 'net' has no layers",
            assertThrows(IllegalArgumentException.class, () -> builder().build()).getMessage());
        final Network.Builder builder = builder().add(new Layer.Flatten("f")).add(linear("l", 3, 60))
            .voting(new Voting(List.of(new Voting.Group("a", 0, 1), new Voting.Group("b", 1, 4))));
        assertEquals("readout group 'b' is 1 to 4: the last layer has 3 neurons",
            assertThrows(IllegalArgumentException.class, builder::build).getMessage());
        final Network network = builder().add(neurons("n")).build();
        assertEquals("network 'net' has no layer 'm'",
            assertThrows(IllegalArgumentException.class, () -> network.indexOf("m")).getMessage());
    }

    @Test
    void shouldNotChangeWhenItsBuilderGoesOn() {
        final Network.Builder builder = builder().add(neurons("n"));
        final Network network = builder.build();
        builder.add(neurons("m"));
        assertEquals(1, network.layers().size());
        assertEquals(INPUT, network.output());
    }
}
