import java.io.IOException;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.count.OperationCounts;
import org.spikemeter.engine.generate.BalancedNetwork;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.simulate.Simulator;

/**
 * The random network of Brunel (2000): java -cp "engine and what it needs" Brunel.java g eta steps [shortest longest
 * delay in steps]
 */
public final class Brunel {
    public static void main(final String[] arguments) throws IOException {
        final int steps = Integer.parseInt(arguments[2]);
        BalancedNetwork balanced =
            BalancedNetwork.of(Double.parseDouble(arguments[0]), Double.parseDouble(arguments[1]), 1);
        if (arguments.length > 3) {
            balanced = balanced.withDelays(Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]));
        }
        final Network network = balanced.network();
        try (Simulator simulator = new Simulator(new Simulator.Context().network(network))) {
            // the second run is of compiled code
            for (int run = 0; run < 2; run++) {
                final long start = System.nanoTime();
                simulator.run(balanced.input(steps));
                print(balanced, network, simulator.counts(), steps, 1e-9 * (System.nanoTime() - start));
            }
        }
    }

    private static void print(
        final BalancedNetwork balanced, final Network network, final OperationCounts counts, final int steps,
        final double seconds) {
        long spikes = 0;
        long synapticEvents = 0;
        for (final OperationCounts.Entry entry : counts.entries()) {
            if (entry.outputLayer() == network.indexOf(BalancedNetwork.NEURONS)) {
                spikes = entry.counts().total(Operation.SPIKES);
            }
            if (entry.synapticLayer() == network.indexOf(BalancedNetwork.RECURRENT)) {
                synapticEvents = entry.counts().total(Operation.SYNAPTIC_ACCUMULATES);
            }
        }
        System.out.printf("%,d spikes, %.2f Hz, %,d synaptic events, %.2f s, %.0f million synaptic events a second%n",
            spikes, balanced.rateHertz(spikes, steps), synapticEvents, seconds, 1e-6 * synapticEvents / seconds);
    }
}
