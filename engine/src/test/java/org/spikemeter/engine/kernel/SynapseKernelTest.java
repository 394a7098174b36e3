package org.spikemeter.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spikemeter.engine.RandomInputs;
import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Window;
import org.spikemeter.engine.synapse.ConvolutionTable;

class SynapseKernelTest {
    private static final int OFFSET = 3;

    /** The sums of the contract: sources ascending, multiply, then add. */
    private static float[] sums(final Layer.Conv2d conv, final StepEvents events, final Shape output) {
        final Shape input = events.shape();
        final Window w = conv.window();
        final int inGroup = conv.weight().dimension(1);
        final int outGroup = output.channels() / conv.groups();
        final float[] sums = new float[output.size()];
        for (int i = 0; i < events.size(); i++) {
            final int channel = events.address(i) % input.channels();
            final int x = events.address(i) / input.channels() % input.width();
            final int y = events.address(i) / input.channels() / input.width();
            for (int target = 0; target < output.size(); target++) {
                final int out = target % output.channels();
                final int tapX = x + w.paddingX() - target / output.channels() % output.width() * w.strideX();
                final int tapY = y + w.paddingY() - target / output.channels() / output.width() * w.strideY();
                final int ky = tapY / w.dilationY();
                final int kx = tapX / w.dilationX();
                if (out / outGroup == channel / inGroup && tapY >= 0 && tapX >= 0 && ky < w.kernelY()
                    && kx < w.kernelX() && ky * w.dilationY() == tapY && kx * w.dilationX() == tapX) {
                    final int weight = ((out * inGroup + channel % inGroup) * w.kernelY() + ky) * w.kernelX() + kx;
                    sums[target] += events.value(i) * conv.weight().get(weight);
                }
            }
        }
        return sums;
    }

    /** A row's sums, and zeros behind it. */
    private static void assertRow(
        final float[] expected, final int y, final int rowSize, final float[] found, final int offset,
        final String place) {
        for (int i = 0; i < rowSize + ConvolutionTable.LANES; i++) {
            final float sum = i < rowSize ? expected[y * rowSize + i] : 0.0f;
            assertEquals(Float.floatToRawIntBits(sum), Float.floatToRawIntBits(found[offset + i]), place + " at " + i);
        }
    }

    private static void check(final Layer.Conv2d conv, final StepEvents events, final String place) {
        final ConvolutionTable table = ConvolutionTable.of(events.shape(), conv, null);
        final float[] expected = sums(conv, events, table.output());
        final EventGrid grid = RandomInputs.grid(events);
        final float[] dense = RandomInputs.dense(events);
        final int rowSize = table.output().width() * table.output().channels();
        for (final Kernels.Choice choice : new Kernels.Choice[] {Kernels.Choice.SCALAR, Kernels.Choice.VECTOR}) {
            for (final Strategy strategy : Strategy.values()) {
                final SynapseKernel kernel = Kernels.of(choice).synapse(strategy);
                final WindowRanges ranges = new WindowRanges(table);
                final int stride = rowSize + ConvolutionTable.LANES;
                for (int y = 0; y < table.output().height(); y++) {
                    final float[] row = new float[OFFSET + stride];
                    kernel.accumulateRow(table, grid, dense, y, row, OFFSET, ranges);
                    final String at = place + " " + choice + " " + strategy + " row " + y;
                    assertRow(expected, y, rowSize, row, OFFSET, at);
                    if (y + 1 < table.output().height()) {
                        final float[] rows = new float[2 * stride];
                        kernel.accumulatePair(table, grid, dense, y, rows, stride, ranges);
                        assertRow(expected, y, rowSize, rows, 0, at + " of a pair");
                        assertRow(expected, y + 1, rowSize, rows, stride, at + " and the next");
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1", "1,15", "1,16", "1,17", "1,31", "1,33", "1,48", "1,64", "1,65", "1,113", "2,2", "2,30", "2,34",
        "3,3", "3,51", "4,64", "4,68"})
    void shouldGiveTheBitsOfTheContractByEveryKernel(final int groups, final int outChannels) {
        final Random random = new Random(41L * outChannels + groups);
        for (int round = 0; round < 25; round++) {
            final Window window = RandomInputs.window(random);
            final int inGroup = RandomInputs.between(random, 1, 3);
            final Shape input = RandomInputs.gridFor(random, window, 7, inGroup * groups);
            final Layer.Conv2d conv = new Layer.Conv2d("c",
                RandomInputs.tensor(random, outChannels, inGroup, window.kernelY(), window.kernelX()), null, window,
                groups);
            final double density = new double[] {0.0, 0.05, 0.5, 1.0}[round % 4];
            check(conv, RandomInputs.events(random, input, density, round % 2 == 0), window + " of " + input);
        }
    }
}
