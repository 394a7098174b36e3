package org.spikemeter.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.spikemeter.engine.FormatException;
import org.spikemeter.engine.importer.ImportedNetwork;
import org.spikemeter.engine.importer.NeuronChoice;
import org.spikemeter.engine.importer.nir.NirOptions;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.neuron.EulerModel;
import org.spikemeter.reference.HostileAttempt;
import org.spikemeter.runtime.input.Networks;

/**
 * Reads one network again and again while its file, or one that belongs to it, is cut or damaged; each time it must be
 * read or refused fast, with little memory, and with a message that begins with a file. Keeps the worst.
 */
final class HostileReading {
    private final Path network;
    private final NeuronChoice neurons;
    private final HostileAttempt attempts = new HostileAttempt();

    HostileReading(final Path network, final NeuronChoice neurons) {
        this.network = network;
        this.neurons = neurons;
    }

    /** The network; null where it was refused. Anything but a {@link FormatException} is thrown on. */
    Network attempt(final String what) throws IOException {
        final ImportedNetwork imported = attempts.attempt(what, network.getParent().toString(),
            () -> Networks.read(network, NirOptions.NONE, neurons));
        return imported == null ? null : imported.network();
    }

    String refusal(final String what) throws IOException {
        final int before = attempts.refused();
        attempt(what);
        assertTrue(attempts.refused() > before, what + " was read");
        try {
            Networks.read(network, NirOptions.NONE, neurons);
            throw new AssertionError(what + " was read the second time");
        } catch (final FormatException e) {
            return e.getMessage();
        }
    }

    /** Cuts a file shorter and shorter: what is read all the same must be the same network. */
    HostileReading cut(final Path file, final int step) throws IOException {
        final byte[] whole = Files.readAllBytes(file);
        final Network expected = Networks.read(network, NirOptions.NONE, neurons).network();
        try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
            for (long length = (whole.length - 1L) / step * step; length >= 0; length -= step) {
                cut.setLength(length);
                final String what = file.getFileName() + " cut to " + length;
                final Network found = attempt(what);
                assertTrue(found == null || same(expected, found), () -> what + " gives another network");
            }
        }
        Files.write(file, whole);
        return this;
    }

    /** Changes one byte at a time, of as many as {@code trials}. */
    HostileReading flip(final Path file, final int trials, final long seed) throws IOException {
        final SplittableRandom random = new SplittableRandom(seed);
        final int length = (int) Files.size(file);
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            for (int trial = 0; trial < trials; trial++) {
                final int at = random.nextInt(length);
                bytes.seek(at);
                final int before = bytes.read();
                final int after = before ^ random.nextInt(1, 256);
                bytes.seek(at);
                bytes.write(after);
                attempt(file.getFileName() + " (seed " + seed + ") with " + after + " at " + at);
                bytes.seek(at);
                bytes.write(before);
            }
        }
        return this;
    }

    static boolean same(final Network a, final Network b) {
        if (!a.input().equals(b.input()) || a.layers().size() != b.layers().size() || !a.voting().equals(b.voting())) {
            return false;
        }
        for (int i = 0; i < a.layers().size(); i++) {
            if (!a.edgesOf(i).equals(b.edgesOf(i)) || !a.outputOf(i).equals(b.outputOf(i))
                || !same(a.layers().get(i), b.layers().get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(final Layer a, final Layer b) {
        if (!(a instanceof Layer.Euler(String name, EulerModel model)) || !(b instanceof Layer.Euler other)) {
            return a.equals(b);
        }
        boolean same = name.equals(other.name()) && model.type().equals(other.model().type())
            && model.size() == other.model().size();
        for (int i = 0; same && i < model.size(); i++) {
            same = model.charge(i, 0.25f, 0.75f) == other.model().charge(i, 0.25f, 0.75f)
                && model.current(i, 0.25f, 0.75f) == other.model().current(i, 0.25f, 0.75f)
                && model.refractory(i) == other.model().refractory(i)
                && (!model.spikes() || model.threshold(i) == other.model().threshold(i)
                    && model.afterSpike(i, 2.0f) == other.model().afterSpike(i, 2.0f));
        }
        return same;
    }

    /** What it came to. */
    @Override
    public String toString() {
        return network.getFileName() + ": " + attempts;
    }
}
