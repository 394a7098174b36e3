import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.importer.NetworkFile;
import org.spikemeter.engine.network.Network;
import org.spikemeter.runtime.live.run.LiveRun;
import org.spikemeter.runtime.live.server.LiveServer;
import org.spikemeter.runtime.pipeline.InputBatch;
import org.spikemeter.runtime.pipeline.Intake;
import org.spikemeter.runtime.pipeline.Pipeline;
import org.spikemeter.runtime.pipeline.PipelineBatch;
import org.spikemeter.runtime.pipeline.PipelineException;
import org.spikemeter.runtime.pipeline.PipelineSink;
import org.spikemeter.runtime.pipeline.PipelineSource;
import org.spikemeter.runtime.source.Pace;

/** A network on a source of one's own, with a sink of one's own, and a page to watch: Live.java network.json seconds */
public final class Live {
    private static final int STEPS_A_SECOND = 100;

    /** Random spikes, a step each 10 ms. */
    private static final class Noise implements PipelineSource {
        private final Network network;
        private final long steps;
        private final Pace pace;

        Noise(final Network network, final long steps, final Pace pace) {
            this.network = network;
            this.steps = steps;
            this.pace = pace;
        }

        @Override
        public String name() {
            return "noise";
        }

        @Override
        public void run(final Intake intake) throws InterruptedException {
            final Random random = new Random(1);
            final StepEvents step = new StepEvents(network.input());
            for (long number = 0; number < steps; number++) {
                step.clear();
                for (int address = 0; address < network.input().size(); address++) {
                    if (random.nextInt(50) == 0) {
                        step.add(address);
                    }
                }
                final long micros = number * 1_000_000 / STEPS_A_SECOND;
                final long due = pace.await(micros);
                final InputBatch batch = intake.claim();
                if (batch == null) {
                    return;
                }
                batch.steps().add(step, due);
                batch.setArrivalNanos(due);
                batch.setUntilMicros(micros);
                batch.setStartsClip(number == 0);
                batch.setEndsClip(number == steps - 1);
                intake.accept(batch);
            }
        }

        @Override
        public void close() {
            pace.close();
        }
    }

    /** Says what was decided, whenever that changes. */
    private static final class Printer implements PipelineSink {
        private final Network network;
        private int winner = -1;

        Printer(final Network network) {
            this.network = network;
        }

        @Override
        public String name() {
            return "printer";
        }

        @Override
        public void onBatch(final PipelineBatch batch, final boolean endOfBurst) {
            if (batch.decision().winner() != winner) {
                winner = batch.decision().winner();
                System.out.printf("step %,d: %s%n", batch.totalSteps(),
                    winner < 0 ? "tie" : network.voting().orElseThrow().groups().get(winner).label());
            }
        }
    }

    public static void main(final String[] arguments)
        throws IOException, InterruptedException, PipelineException {
        final Network network = NetworkFile.read(Path.of(arguments[0]));
        final Pace pace = new Pace(1.0);
        final Pipeline.Context pipeline = new Pipeline.Context().window(50).sink(new Printer(network))
            .source(new Noise(network, Long.parseLong(arguments[1]) * STEPS_A_SECOND, pace));
        try (LiveRun run =
            new LiveRun(new LiveRun.Context().network(network).pipeline(pipeline).source("noise").pace(pace));
            LiveServer server = LiveServer.start(run.feed(), run.controls(), null, 0)) {
            System.out.println("page     " + server.address());
            run.start();
            run.await();
            run.summary().forEach(System.out::println);
        }
    }
}
