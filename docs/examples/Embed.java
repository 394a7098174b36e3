import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.count.OperationCounts;
import org.spikemeter.engine.energy.EnergyEstimate;
import org.spikemeter.engine.energy.PriceModels;
import org.spikemeter.engine.importer.NetworkFile;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.simulate.Simulator;

/** Loads a network and steps it on random spikes: java -cp "engine and what it needs" Embed.java network.json */
public final class Embed {
    public static void main(final String[] arguments) throws IOException {
        final Network network = NetworkFile.read(Path.of(arguments[0]));
        final Random random = new Random(1);
        try (Simulator simulator = new Simulator(new Simulator.Context().network(network))) {
            System.out.println(simulator.describe());
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
            for (final OperationCounts.Entry entry : simulator.counts().entries()) {
                System.out.printf("%-8s %,14d ACC %,10d spikes%n", network.layers().get(entry.outputLayer()).name(),
                    entry.counts().total(Operation.SYNAPTIC_ACCUMULATES), entry.counts().total(Operation.SPIKES));
            }
            System.out.printf("%.3f uJ%n", 1e-6 * EnergyEstimate.of(simulator.counts(),
                PriceModels.byName(PriceModels.DEFAULT)).totalPicojoules().orElseThrow());
        }
    }
}
