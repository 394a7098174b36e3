package org.spikemeter.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.spikemeter.engine.synapse.SlideWeights;

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
                for (int y = 0; y < table.output().height(); y++) {
                    final float[] row = new float[OFFSET + rowSize + ConvolutionTable.LANES];
                    kernel.accumulateRow(table, grid, dense, y, row, OFFSET, ranges);
                    final String at = place + " " + choice + " " + strategy + " row " + y;
                    assertRow(expected, y, rowSize, row, OFFSET, at);
                }
            }
        }
    }

    /** Sums of rows {@code from} to {@code to - 1}, taken from the ring in two runs, as sparse rows are. */
    private static void checkSlide(
        final FloatSlide slide, final EventGrid grid, final ConvolutionTable table, final float[] expected,
        final int from, final int to, final String place) {
        final int width = table.output().width();
        final int rowSize = width * table.output().channels();
        slide.open(from, to);
        for (int y = from; y < to; y++) {
            final float[] row = new float[rowSize + ConvolutionTable.LANES];
            if (slide.row(grid, null, y)) {
                final int middle = width / 2;
                slide.take(y, 0, middle, row, 0);
                slide.take(y, middle, width, row, middle * table.output().channels());
                slide.end(y);
            }
            for (int i = 0; i < rowSize; i++) {
                assertEquals(Float.floatToRawIntBits(expected[y * rowSize + i]), Float.floatToRawIntBits(row[i]),
                    place + " row " + y + " at " + i + " sliding from " + from);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1", "1,3", "2,16", "5,17", "3,32", "4,33", "2,48", "3,100"})
    void shouldSlideToTheBitsOfTheContract(final int channels, final int outChannels) {
        final Random random = new Random(77L * outChannels + channels);
        for (int round = 0; round < 40; round++) {
            final int kernelY = RandomInputs.between(random, 3, 7);
            final int kernelX = RandomInputs.between(random, 3, 7);
            final Window window = new Window(kernelY, kernelX, 1, 1, RandomInputs.between(random, 0, kernelY + 1),
                RandomInputs.between(random, 0, kernelX + 1), 1 + random.nextInt(3), 1 + random.nextInt(3));
            final Shape input = new Shape(kernelY * window.dilationY() + random.nextInt(6),
                kernelX * (1 + window.dilationX()) + random.nextInt(70), channels);
            final Layer.Conv2d conv = new Layer.Conv2d("c",
                RandomInputs.tensor(random, outChannels, channels, kernelY, kernelX), null, window, 1);
            final ConvolutionTable table = ConvolutionTable.of(input, conv, null);
            assertTrue(SlideWeights.slides(table), window.toString());
            final StepEvents events = RandomInputs.events(
                random, input, new double[] {0.0, 0.01, 0.3, 1.0}[round % 4], round % 2 == 0);
            final float[] expected = sums(conv, events, table.output());
            final FloatSlide slide = Kernels.of(Kernels.Choice.VECTOR).slide(SlideWeights.of(table));
            final int split = random.nextInt(table.output().height() + 1);
            checkSlide(slide, RandomInputs.grid(events), table, expected, 0, table.output().height(), window + " ");
            checkSlide(slide, RandomInputs.grid(events), table, expected, split, table.output().height(), window + " ");
            checkSlide(slide, RandomInputs.grid(events), table, expected, 0, split, window + " ");
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
