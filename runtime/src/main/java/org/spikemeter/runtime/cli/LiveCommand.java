package org.spikemeter.runtime.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.spikemeter.dvs.binning.StreamBinner;
import org.spikemeter.engine.energy.PriceModel;
import org.spikemeter.engine.energy.PriceModels;
import org.spikemeter.engine.io.AtomicFile;
import org.spikemeter.engine.network.Network;
import org.spikemeter.runtime.live.LiveDescription;
import org.spikemeter.runtime.live.LiveFrame;
import org.spikemeter.runtime.live.run.LiveRun;
import org.spikemeter.runtime.live.run.WarmUp;
import org.spikemeter.runtime.live.server.LiveServer;
import org.spikemeter.runtime.metering.Power;
import org.spikemeter.runtime.pipeline.Backpressure;
import org.spikemeter.runtime.pipeline.Pipeline;
import org.spikemeter.runtime.pipeline.PipelineException;
import org.spikemeter.runtime.pipeline.Waiting;
import org.spikemeter.runtime.report.Units;
import org.spikemeter.runtime.source.Pace;
import org.spikemeter.runtime.source.UdpSource;
import org.spikemeter.runtime.source.datagram.DatagramCounts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A stream in, a label out, and a page to watch it. */
@Command(name = "live", description = {
    "Run a network on a stream, and show it on a page while it runs.",
    "Without INPUT, a clip that comes with the program, again and again. Ends with the input, or with Ctrl-C."})
final class LiveCommand implements Callable<Integer> {
    /** Long enough for a page to be told the end. */
    private static final long LAST_FRAMES_MILLIS = 150;
    private static final long WARM_UP_NANOS = 2_000_000_000;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "INPUT",
        description = "Video, camera (/dev/video0), folder of images, .npy of frames [T, H, W], .npz with x"
            + " [T, C, H, W], or recording of events; - for one on standard input.")
    private String input;

    @Mixin
    private ChosenNetwork chosenNetwork;

    @Mixin
    private LiveInputOptions inputOptions;

    @Mixin
    private SimulationOptions simulation;

    @Option(names = "--port", paramLabel = "N", defaultValue = "" + LiveServer.DEFAULT_PORT,
        description = "Port of the page; 0 for any free one (${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--bind", paramLabel = "ADDRESS",
        description = "Address to listen on; whoever reaches it may look and control (this machine alone).")
    private String bind;

    @Option(names = "--no-page", description = "No page: only the summary at the end.")
    private boolean noPage;

    @Option(names = "--window", paramLabel = "STEPS", defaultValue = "0",
        description = "Steps that the label is about; 0 for all of the clip (${DEFAULT-VALUE}).")
    private int window;

    @Option(names = "--drop",
        description = "Where the network is behind, give up the oldest events, and count them, instead of holding up"
            + " the source.")
    private boolean drop;

    @Option(names = "--wait", paramLabel = "blocking|sleeping|yielding|busy-spin", defaultValue = "blocking",
        converter = Choices.WaitingConverter.class,
        description = "How stages wait for work: processor time against latency (${DEFAULT-VALUE}).")
    private Waiting waiting;

    @Option(names = "--energy", paramLabel = "NAME|FILE", defaultValue = PriceModels.DEFAULT,
        completionCandidates = EnergyOption.Names.class,
        description = "Price model of the power: a JSON file, or one of ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE})."
            + " The page can choose another.")
    private String energy;

    @Option(names = "--latency-log", paramLabel = "FILE",
        description = "Write latencies of each second as HdrHistogram log.")
    private Path latencyLog;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (window < 0) {
            throw new ParameterException(spec.commandLine(), "--window is " + window + ": expected at least 0");
        }
        new Targets(spec.commandLine(), Arrays.asList(input == null ? null : Path.of(input), chosenNetwork.file()))
            .add("--latency-log", latencyLog);
        if (latencyLog != null) {
            AtomicFile.requireWritable(latencyLog);
        }
        final PriceModel prices = prices();
        final Network network = chosenNetwork.read();
        final LiveInputOptions.LiveInput opened = inputOptions.open(input, network, bind);
        final Pipeline.Context pipeline = new Pipeline.Context().source(opened.source()).binner(opened.binner())
            .window(window).waiting(waiting).backpressure(drop ? Backpressure.DROP_OLDEST : Backpressure.BLOCK);
        try (LiveRun run = new LiveRun(new LiveRun.Context().network(network).pipeline(pipeline)
            .simulation(simulation.context(network)).source(opened.name()).area(opened.area()).pace(opened.pace())
            .sensor(opened.sensor()).prices(prices).latencyLog(latencyLog))) {
            return run(run, network, opened);
        }
    }

    private PriceModel prices() throws IOException {
        final PriceModel prices = EnergyOption.model(spec.commandLine(), energy);
        try {
            Power.requireKnown(prices);
        } catch (final IllegalArgumentException notKnown) {
            throw new ParameterException(spec.commandLine(), "--energy: " + notKnown.getMessage(), notKnown);
        }
        return prices;
    }

    private int run(final LiveRun run, final Network network, final LiveInputOptions.LiveInput opened)
        throws IOException, InterruptedException {
        try (LiveServer server = noPage ? null : LiveServer.start(run.feed(), run.controls(), bind, port);
            Interruption interruption = new Interruption(run::stop, run::abandon)) {
            if (server != null) {
                say("page     " + server.address());
            }
            if (opened.pace() == null || opened.pace().speed() != Pace.UNPACED) {
                WarmUp.run(network, simulation.context(network), WARM_UP_NANOS);
            }
            run.start();
            if (opened.source() instanceof UdpSource udp) {
                say("events   " + udp.name());
            }
            return await(run, server, interruption, opened);
        }
    }

    private void say(final String line) {
        out().println(line);
        out().flush();
    }

    /** Waits for the end, lets the page know of it, and reports, whatever the end is like. */
    private int await(
        final LiveRun run, final LiveServer server, final Interruption interruption,
        final LiveInputOptions.LiveInput opened) throws IOException, InterruptedException {
        PipelineException failure = null;
        IOException logFailure = null;
        try {
            run.await();
        } catch (final PipelineException failed) {
            failure = failed;
        } catch (final IOException failed) {
            logFailure = failed;
        }
        if (server != null) {
            Thread.sleep(LAST_FRAMES_MILLIS);
            // from here on, the feed is sampled by this thread
            server.close();
        }
        report(run, opened, failure == null);
        if (logFailure != null) {
            return interruption.endsWith(Spikemeter.failed(spec.commandLine().getErr(), logFailure));
        }
        return failure == null ? 0
            : interruption.endsWith(Spikemeter.failed(spec.commandLine().getErr(), reason(failure)));
    }

    /** What a source says of its input, people read as it is; of a stage, they need to know which. */
    private static Throwable reason(final PipelineException failed) {
        return failed.batch() == PipelineException.NO_BATCH && failed.getCause() instanceof IOException cause ? cause
            : new IOException(failed.getMessage(), failed);
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private void report(final LiveRun run, final LiveInputOptions.LiveInput opened, final boolean hasLabel) {
        if (hasLabel) {
            final LiveDescription description = run.feed().description();
            final LiveFrame frame = new LiveFrame(description);
            run.feed().sample(frame);
            out().println("label    " + label(description, frame));
        }
        run.summary().forEach(out()::println);
        inputOptions.remarks().notes().forEach(note -> out().println("input    " + note));
        if (opened.binner() != null) {
            out().println(binning(opened.binner()));
        }
        if (opened.source() instanceof UdpSource udp) {
            out().println(datagrams(udp));
        }
        out().flush();
        inputOptions.remarks().warnings().forEach(line -> spec.commandLine().getErr().println("warning: " + line));
    }

    private static String binning(final StreamBinner binner) {
        return String.format(Locale.ROOT, "binning  %,d events in steps: %,d merged with another, %,d late; %,d left"
            + " out, outside the sensor; time leapt %,d times", binner.events(), binner.merged(), binner.late(),
            binner.leftOut(), binner.leaps());
    }

    private static String datagrams(final UdpSource udp) {
        final DatagramCounts counts = udp.counts();
        return String.format(Locale.ROOT,
            "datagrams %,d: %,d events, %,d malformed, lost %s, dropped by the system %s; %,d events outside the"
                + " sensor", counts.datagrams(), counts.events(), counts.malformed(),
            udp.knowsLosses() ? String.format(Locale.ROOT, "%,d", counts.lost()) : "unknown",
            udp.kernelDrops().isPresent() ? String.format(Locale.ROOT, "%,d", udp.kernelDrops().getAsLong())
                : "unknown", counts.outside());
    }

    private static String label(final LiveDescription description, final LiveFrame frame) {
        if (frame.label == LiveFrame.NO_LABEL) {
            return description.output().groups().isEmpty() ? "none: the network has no readout" : "none: no step";
        }
        final String winner = frame.label == LiveFrame.TIE ? "tie"
            : description.output().groups().get(frame.label).label();
        return winner + IntStream.range(0, frame.groupRates.length)
            .mapToObj(group -> description.output().groups().get(group).label() + " "
                + Units.decimal(frame.groupRates[group], 4)).collect(Collectors.joining(", ", " (", ")"));
    }
}
