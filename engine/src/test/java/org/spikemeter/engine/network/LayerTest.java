package org.spikemeter.engine.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class LayerTest {
    private static Tensor zeros(final int... shape) {
        int size = 1;
        for (final int side : shape) {
            size *= side;
        }
        return Tensor.of(new float[size], shape);
    }

    private static void refuses(final String message, final Executable made) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, made).getMessage());
    }

    private static Layer.Conv2d conv(final Tensor weight, final Tensor bias, final int groups) {
        return new Layer.Conv2d("c", weight, bias, Window.square(3, 1, 1), groups);
    }

    @Test
    void shouldKnowChannelsOfConvolution() {
        final Layer.Conv2d conv = conv(zeros(8, 3, 3, 3), zeros(8), 4);
        assertEquals(8, conv.outChannels());
        assertEquals(12, conv.inChannels());
    }

    @Test
    void shouldRefuseConvolutionWhoseArraysDoNotFit() {
        refuses("weight has the shape [8, 27]: expected [out, in / groups, ky, kx]",
            () -> conv(zeros(8, 27), null, 1));
        refuses("weight [8, 3, 3, 5] does not have the kernel 3 x 3", () -> conv(zeros(8, 3, 3, 5), null, 1));
        refuses("weight [8, 3, 2, 3] does not have the kernel 3 x 3", () -> conv(zeros(8, 3, 2, 3), null, 1));
        refuses("groups is 3: expected a divisor of the 8 output channels",
            () -> conv(zeros(8, 3, 3, 3), null, 3));
        refuses("groups is 0: expected a divisor of the 8 output channels",
            () -> conv(zeros(8, 3, 3, 3), null, 0));
        refuses("groups is -2: expected a divisor of the 8 output channels",
            () -> conv(zeros(8, 3, 3, 3), null, -2));
        refuses("bias has the shape [7]: expected [8]", () -> conv(zeros(8, 3, 3, 3), zeros(7), 1));
        refuses("bias has the shape [8, 1]: expected [8]", () -> conv(zeros(8, 3, 3, 3), zeros(8, 1), 1));
    }

    @Test
    void shouldRefuseLinearWhoseArraysDoNotFit() {
        refuses("weight has the shape [12]: expected [out, in]",
            () -> new Layer.Linear("l", zeros(12), null));
        refuses("bias has the shape [4]: expected [3]", () -> new Layer.Linear("l", zeros(3, 4), zeros(4)));
    }

    @Test
    void shouldRefuseSparseWhoseBiasDoesNotFit() {
        final Connections connections = new Connections(3, new int[] {0, 1}, new int[] {2}, new float[] {1});
        refuses("bias has the shape [2]: expected [3]", () -> new Layer.Sparse("s", connections, zeros(2)));
    }

    private static Layer.BatchNorm norm(final Tensor bias, final Tensor mean, final Tensor variance, final double eps) {
        return new Layer.BatchNorm("bn", zeros(2), bias, mean, variance, eps);
    }

    @Test
    void shouldRefuseBatchNormWhoseArraysDoNotFit() {
        final Tensor ones = Tensor.of(new float[] {1, 1}, 2);
        refuses("weight has the shape [2, 1]: expected [channels]",
            () -> new Layer.BatchNorm("bn", zeros(2, 1), ones, ones, ones, 0));
        refuses("bias has the shape [3]: expected [2]", () -> norm(zeros(3), ones, ones, 0));
        refuses("running_mean has the shape [1]: expected [2]", () -> norm(ones, zeros(1), ones, 0));
        refuses("running_var has the shape [1, 2]: expected [2]", () -> norm(ones, ones, zeros(1, 2), 0));
        refuses("eps is -1.0E-5: expected a number of at least 0", () -> norm(ones, ones, ones, -1e-5));
        refuses("eps is NaN: expected a number of at least 0", () -> norm(ones, ones, ones, Double.NaN));
        refuses("eps is Infinity: expected a number of at least 0",
            () -> norm(ones, ones, ones, Double.POSITIVE_INFINITY));
        refuses("running_var of channel 1 is 0.0: expected a positive variance with eps 0.0",
            () -> norm(ones, ones, Tensor.of(new float[] {1, 0}, 2), 0));
        refuses("running_var of channel 0 is -1.0: expected a positive variance with eps 0.5",
            () -> norm(ones, ones, Tensor.of(new float[] {-1, 0}, 2), 0.5));
    }

    @Test
    void shouldNormaliseInFloat64() {
        final Layer.BatchNorm norm = new Layer.BatchNorm("bn", Tensor.of(new float[] {0.3f}, 1),
            Tensor.of(new float[] {0.7f}, 1), Tensor.of(new float[] {0.11f}, 1), Tensor.of(new float[] {0.9f}, 1),
            1e-5);
        final double x = 1.75;
        final double expected = (x - (double) 0.11f) / Math.sqrt((double) 0.9f + 1e-5) * (double) 0.3f + (double) 0.7f;
        assertEquals(expected, x * norm.scale(0) + norm.shift(0), 1e-15);
    }

    @Test
    void shouldRefusePoolThatPytorchRefuses() {
        refuses("dilation of a pool: expected 1",
            () -> new Layer.Pool2d("p", Layer.Pooling.MAX, new Window(2, 2, 2, 2, 0, 0, 1, 2)));
        refuses("padding 1 x 2 of a pool: expected at most half of the kernel 3 x 3",
            () -> new Layer.Pool2d("p", Layer.Pooling.AVERAGE, new Window(3, 3, 1, 1, 1, 2, 1, 1)));
    }
}
