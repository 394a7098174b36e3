import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.importer.NetworkFile;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.simulate.LayerStep;
import org.spikemeter.engine.simulate.Simulator;
import org.spikemeter.engine.simulate.StepListener;

/**
 * A model of a chip that listens to a run: each layer on a core of its own, which takes a cycle for each synaptic
 * operation and each neuron update, and sends each spike as a packet over a mesh. In each step the slowest core counts.
 */
public final class Listen {
    /** Hears every layer's step, with addresses, counts and memory traffic. */
    private static final class Chip implements StepListener {
        private final Network network;
        private long cycles;
        private long slowest;
        private long packets;
        private long farthest;
        private long words;

        Chip(final Network network) {
            this.network = network;
        }

        @Override
        public void onInput(final int step, final StepEvents events) {
            cycles += slowest;
            slowest = 0;
            packets += events.size();
        }

        @Override
        public void onLayer(final LayerStep batch) {
            slowest = Math.max(slowest, batch.count(Operation.SYNAPTIC_ACCUMULATES)
                + batch.count(Operation.SYNAPTIC_MULTIPLY_ACCUMULATES) + batch.count(Operation.NEURON_UPDATES));
            words += batch.count(Operation.WEIGHT_READS) + batch.count(Operation.MEMBRANE_READS)
                + batch.count(Operation.MEMBRANE_WRITES);
            final StepEvents spikes = batch.events();
            packets += spikes.size();
            if (spikes.size() > 0) {
                farthest = Math.max(farthest, spikes.address(spikes.size() - 1));
            }
        }

        void print() {
            System.out.printf("%,d cycles, %,d packets, %,d words of memory traffic, highest address %,d in %s%n",
                cycles + slowest, packets, words, farthest, network.name());
        }
    }

    public static void main(final String[] arguments) throws IOException {
        final Network network = NetworkFile.read(Path.of(arguments[0]));
        final Chip chip = new Chip(network);
        final Random random = new Random(1);
        try (Simulator simulator = new Simulator(new Simulator.Context().network(network).listener(chip))) {
            final StepEvents events = new StepEvents(network.input());
            for (int step = 0; step < 20; step++) {
                events.clear();
                for (int address = 0; address < network.input().size(); address++) {
                    if (random.nextInt(10) == 0) {
                        events.add(address);
                    }
                }
                simulator.step(events);
            }
        }
        chip.print();
    }
}
