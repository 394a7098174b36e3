package org.spikemeter.endtoend;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;
import org.spikemeter.engine.importer.NetworkFile;
import org.spikemeter.engine.kernel.Kernels;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.simulate.PipelinedSimulator;
import org.spikemeter.engine.simulate.Simulator;
import org.spikemeter.engine.simulate.StepRunner;

/** Asks for what needs flags, as a program: prints a line for each refusal. {@link EmbeddingTest} starts it. */
final class FlaglessProbe {
    private FlaglessProbe() {
    }

    public static void main(final String[] args) throws IOException {
        final Network network = NetworkFile.read(Path.of(args[0]));
        attempt(new Simulator.Context().network(network).kernels(Kernels.Choice.VECTOR), Simulator::new);
        attempt(new Simulator.Context().network(network), PipelinedSimulator::new);
    }

    private static void attempt(
        final Simulator.Context context, final Function<Simulator.Context, StepRunner> constructor) {
        try (StepRunner runner = constructor.apply(context)) {
            System.out.println("runs: " + runner.describe());
        } catch (final RuntimeException | LinkageError e) {
            System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }
}
