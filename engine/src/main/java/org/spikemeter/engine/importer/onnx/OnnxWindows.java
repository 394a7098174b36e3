package org.spikemeter.engine.importer.onnx;

import java.util.List;
import org.spikemeter.engine.FormatException;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Tensor;
import org.spikemeter.engine.network.Window;

/** Windows as ONNX has them: padding of both sides, {@code auto_pad}, {@code ceil_mode}, {@code count_include_pad}. */
final class OnnxWindows {
    private static final int MAX_SIDE = Short.MAX_VALUE;

    private OnnxWindows() {
    }

    /** The window of a convolution. */
    static Window of(final OnnxNode node, final Shape grid, final int kernelY, final int kernelX)
        throws FormatException {
        final int[] stride = pair(node, node.integers("strides"), 1);
        final int[] dilation = pair(node, node.integers("dilations"), 1);
        final List<Long> pads = node.integers("pads");
        final int half = pads.size() / 2;
        final Window bare =
            new Window(kernelY, kernelX, stride[0], stride[1], 0, 0, dilation[0], dilation[1]);
        final String auto = node.text("auto_pad", "NOTSET");
        return switch (auto) {
            case "NOTSET" -> {
                if (pads.size() % 2 != 0) {
                    throw node.fail("pads " + pads + ", expected two numbers a side");
                }
                final int[] begin = pair(node, pads.subList(0, half), 0);
                final int[] end = pair(node, pads.subList(half, pads.size()), 0);
                yield bare.padded(begin[0], begin[1], end[0], end[1]);
            }
            case "VALID" -> bare;
            case "SAME_UPPER", "SAME_LOWER" -> {
                final int y = missing(grid.height(), kernelY, stride[0], dilation[0]);
                final int x = missing(grid.width(), kernelX, stride[1], dilation[1]);
                final int more = auto.equals("SAME_LOWER") ? 1 : 0;
                yield bare.padded((y + more) / 2, (x + more) / 2, (y + 1 - more) / 2, (x + 1 - more) / 2);
            }
            default -> throw node.fail("auto_pad is '" + auto + "', expected NOTSET, VALID, SAME_UPPER or SAME_LOWER");
        };
    }

    /** Places of padding so that there are as many windows as strides fit into the grid. */
    private static int missing(final int size, final int kernel, final int stride, final int dilation) {
        final long windows = (size + stride - 1L) / stride;
        return (int) Math.max(0, (windows - 1) * stride + (long) dilation * (kernel - 1) + 1 - size);
    }

    /** The window of a pool; with {@code ceil_mode}, with the places that its last windows miss. */
    static Window ofPool(final OnnxNode node, final Shape grid) throws FormatException {
        final int[] kernel = pair(node, node.integers("kernel_shape"), 1);
        final Window window = of(node, grid, kernel[0], kernel[1]);
        if (node.integer("ceil_mode", 0) == 0) {
            return window;
        }
        if (!node.text("auto_pad", "NOTSET").equals("NOTSET")) {
            throw node.fail("has ceil_mode and auto_pad, expected one of the two");
        }
        return window.padded(0, 0,
            further(grid.height(), kernel[0], window.strideY(), window.paddingY(), window.endY()),
            further(grid.width(), kernel[1], window.strideX(), window.paddingX(), window.endX()));
    }

    /** A last window that begins in the grid or the padding before it is kept, however little of it is filled. */
    private static int further(
        final int size, final int kernel, final int stride, final int begin, final int end) {
        final int room = size + begin + end - kernel;
        final int over = room < 0 ? -room : (stride - room % stride) % stride;
        final int last = (room + over) / stride * stride;
        return last < size + begin ? over : 0;
    }

    /** True where {@link #shares} are those of the whole window everywhere. */
    static boolean countsWhole(final Tensor shares, final Window window) {
        final float whole = 1.0f / ((float) window.kernelY() * window.kernelX());
        for (int i = 0; i < shares.size(); i++) {
            if (shares.get(i) != whole) {
                return false;
            }
        }
        return true;
    }

    /** What each place of an average pool's output multiplies its sum by: [channels, height, width]. */
    static Tensor shares(final OnnxNode node, final Window window, final Shape grid) throws FormatException {
        final boolean padded = node.integer("count_include_pad", 0) != 0;
        final Shape output = window.output(grid, grid.channels());
        // what ceil_mode adds behind the padding never counts
        final List<Long> pads = node.integers("pads");
        final int[] end = pads.isEmpty() ? new int[2] : pair(node, pads.subList(pads.size() / 2, pads.size()), 0);
        final boolean ceil = node.integer("ceil_mode", 0) != 0;
        final int endY = ceil ? end[0] : window.endY();
        final int endX = ceil ? end[1] : window.endX();
        final float[] shares = new float[output.size()];
        for (int y = 0; y < output.height(); y++) {
            final int rows = places(y, grid.height(), window.kernelY(), window.strideY(), window.paddingY(),
                padded ? window.paddingY() : 0, padded ? endY : 0);
            for (int x = 0; x < output.width(); x++) {
                final int columns = places(x, grid.width(), window.kernelX(), window.strideX(), window.paddingX(),
                    padded ? window.paddingX() : 0, padded ? endX : 0);
                for (int c = 0; c < output.channels(); c++) {
                    shares[(c * output.height() + y) * output.width() + x] = 1.0f / ((float) rows * columns);
                }
            }
        }
        return Tensor.of(shares, output.channels(), output.height(), output.width());
    }

    /** Places of a window that lie in the grid, or in the padding that counts. */
    private static int places(
        final int index, final int size, final int kernel, final int stride, final int padding, final int before,
        final int behind) {
        final int from = index * stride - padding;
        return Math.min(from + kernel, size + behind) - Math.max(from, -before);
    }

    private static int[] pair(final OnnxNode node, final List<Long> sides, final int otherwise)
        throws FormatException {
        if (sides.stream().anyMatch(side -> side < 0 || side > MAX_SIDE) || sides.size() > 2) {
            throw node.fail("has the sides " + sides + ", expected one or two numbers up to " + MAX_SIDE);
        }
        return switch (sides.size()) {
            case 0 -> new int[] {otherwise, otherwise};
            case 1 -> new int[] {otherwise, sides.getFirst().intValue()};
            default -> new int[] {sides.get(0).intValue(), sides.get(1).intValue()};
        };
    }
}
