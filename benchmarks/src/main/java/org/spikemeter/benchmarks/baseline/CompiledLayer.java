package org.spikemeter.benchmarks.baseline;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.network.Shape;

/**
 * The layer of {@code reference.c}, compiled on this machine and called through the foreign function interface: a limit
 * for the layer in Java, with the same bits.
 */
public final class CompiledLayer implements AutoCloseable {
    /** Channels in and out, which the C code is written for. */
    public static final int CHANNELS = 32;
    /** Side of its window. */
    public static final int KERNEL = 3;

    private static final List<String> COMPILERS = List.of("cc", "gcc", "clang");
    private static final List<String> FLAGS =
        List.of("-O3", "-march=native", "-ffp-contract=off", "-shared", "-fPIC");
    private static final int ALIGNMENT = 64;
    private static final int SLACK = 16;

    private final Arena arena = Arena.ofConfined();
    private final Path folder;
    private final MethodHandle step;
    private final int side;
    private final float rate;
    private final float threshold;
    private final MemorySegment weights;
    private final MemorySegment start;
    private final MemorySegment key;
    private final MemorySegment membrane;
    private final MemorySegment outStart;
    private final MemorySegment outKey;

    /**
     * Compiles.
     *
     * @param side of the input grid
     * @param trained [out, in, ky, kx]
     * @param rate k of the neurons, by which their input decays
     * @param threshold of the neurons, which reset to 0
     * @throws IOException where there is no compiler, or it fails
     */
    public CompiledLayer(final int side, final float[] trained, final float rate, final float threshold)
        throws IOException {
        this.side = side;
        this.rate = rate;
        this.threshold = threshold;
        this.folder = Files.createTempDirectory("spikemeter-bench");
        this.step = link(compile(folder));
        final int pixels = side * side;
        final int outPixels = (side - KERNEL + 1) * (side - KERNEL + 1);
        weights = allocate(trained.length);
        start = allocate(pixels + 1);
        key = allocate(pixels * CHANNELS);
        membrane = allocate(outPixels * CHANNELS);
        outStart = allocate(outPixels + 1);
        outKey = allocate(outPixels * CHANNELS + SLACK);
        final int taps = KERNEL * KERNEL;
        for (int i = 0; i < trained.length; i++) {
            final int out = i / (CHANNELS * taps);
            final int in = i / taps % CHANNELS;
            weights.setAtIndex(ValueLayout.JAVA_FLOAT, (i % taps * CHANNELS + in) * CHANNELS + out, trained[i]);
        }
    }

    /** The C compiler of this machine; empty where there is none. */
    public static Optional<String> compiler() {
        final String[] folders = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator);
        return COMPILERS.stream().filter(name -> Stream.of(folders)
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)))).findFirst();
    }

    private static Path compile(final Path folder) throws IOException {
        final String compiler = compiler().orElseThrow(() -> new IOException("no C compiler among " + COMPILERS));
        final Path source = folder.resolve("reference.c");
        final Path library = folder.resolve(System.mapLibraryName("reference"));
        try (InputStream in = CompiledLayer.class.getResourceAsStream("/c/reference.c")) {
            Files.copy(in, source);
        }
        final List<String> command = Stream.of(List.of(compiler), FLAGS,
            List.of(source.toString(), "-o", library.toString())).flatMap(List::stream).toList();
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + ": " + said);
            }
        } catch (final InterruptedException e) {
            throw new IOException("interrupted while " + compiler + " ran", e);
        }
        return library;
    }

    @SuppressWarnings("restricted")
    private MethodHandle link(final Path library) {
        final MemorySegment function = SymbolLookup.libraryLookup(library, arena).findOrThrow("reference_step");
        return Linker.nativeLinker().downcallHandle(function, FunctionDescriptor.of(ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT, ValueLayout.JAVA_FLOAT, ValueLayout.JAVA_FLOAT, ValueLayout.ADDRESS,
            ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.ADDRESS,
            ValueLayout.ADDRESS));
    }

    private MemorySegment allocate(final int words) {
        return arena.allocate((long) words * Integer.BYTES, ALIGNMENT);
    }

    /** Takes the events that every further step gets: sorted here, outside of what is measured. */
    public void load(final StepEvents events) {
        final EventGrid grid = new EventGrid(events.shape(), true);
        grid.load(events);
        int place = 0;
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                start.setAtIndex(ValueLayout.JAVA_INT, y * side + x, place);
                final int end = grid.pixelStart()[y * (side + 1) + x + 1];
                for (int event = grid.pixelStart()[y * (side + 1) + x]; event < end; event++) {
                    key.setAtIndex(ValueLayout.JAVA_INT, place, grid.keys()[event]);
                    place++;
                }
            }
        }
        start.setAtIndex(ValueLayout.JAVA_INT, side * side, place);
    }

    /** One step on the loaded events; the number of spikes. */
    public int step() {
        try {
            return (int) step.invokeExact(side, rate, threshold, weights, start, key, membrane, outStart, outKey);
        } catch (final Throwable e) {
            // the function throws nothing
            throw new AssertionError(e);
        }
    }

    /** Copies the spikes of the last step. */
    public void spikes(final StepEvents into) {
        into.clear();
        final Shape output = into.shape();
        for (int pixel = 0; pixel < output.pixels(); pixel++) {
            final int row = pixel / output.width() * output.width() * CHANNELS;
            final int end = outStart.getAtIndex(ValueLayout.JAVA_INT, pixel + 1);
            for (int i = outStart.getAtIndex(ValueLayout.JAVA_INT, pixel); i < end; i++) {
                into.add(row + outKey.getAtIndex(ValueLayout.JAVA_INT, i));
            }
        }
    }

    @Override
    public void close() throws IOException {
        arena.close();
        try (Stream<Path> files = Files.list(folder)) {
            for (final Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
