package org.spikemeter.runtime.live.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.pixel.FrameDifferenceSensor;
import org.spikemeter.engine.energy.PriceModel;
import org.spikemeter.engine.energy.PriceModels;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Voting;
import org.spikemeter.engine.simulate.Simulator;
import org.spikemeter.engine.simulate.StepListener;
import org.spikemeter.runtime.live.LiveControls;
import org.spikemeter.runtime.live.LiveDescription;
import org.spikemeter.runtime.live.LiveFeed;
import org.spikemeter.runtime.live.OutputNeurons;
import org.spikemeter.runtime.metering.Metering;
import org.spikemeter.runtime.metering.RateMeter;
import org.spikemeter.runtime.pipeline.Gate;
import org.spikemeter.runtime.pipeline.LatencyMeter;
import org.spikemeter.runtime.pipeline.Pipeline;
import org.spikemeter.runtime.pipeline.PipelineException;
import org.spikemeter.runtime.source.Pace;

/**
 * A pipeline that can be watched and controlled while it runs, and that is metered.
 *
 * <pre>{@code
 * try (LiveRun run = new LiveRun(new LiveRun.Context().network(network).pipeline(new Pipeline.Context().source(clip))
 *         .source("a clip").pace(pace));
 *     LiveServer server = LiveServer.start(run.feed(), run.controls(), null, LiveServer.DEFAULT_PORT)) {
 *     System.out.println(server.address());
 *     run.start();
 *     run.await();
 *     run.summary().forEach(System.out::println);
 * }
 * }</pre>
 */
public final class LiveRun implements AutoCloseable {
    /** Counts of single steps are read right behind the step. */
    private static final int COUNTED_STEPS = 64;

    private final Pipeline pipeline;
    private final Metering metering;
    private final PipelineFeed feed;
    private final PipelineControls controls;

    /**
     * Makes everything; nothing moves yet.
     *
     * @throws IllegalArgumentException where the context does not hold together
     */
    public LiveRun(final Context context) {
        context.conclude();
        final Network network = context.network;
        final LiveDescription stageless = describe(context, List.of());
        final StepView steps = new StepView(network, stageless, context.listener);
        final RateMeter work = new RateMeter();
        final BatchView batches = new BatchView(stageless, network.input(), work);
        final Gate gate = new Gate();
        if (context.pace != null) {
            gate.watch(context.pace::setHeld);
        }
        this.pipeline = new Pipeline(context.pipeline.network(network).gate(gate).sink(batches)
            .simulation(context.simulation.countedSteps(COUNTED_STEPS).listener(steps)));
        steps.listenTo(pipeline::simulator);
        this.feed = new PipelineFeed(
            describe(context, stages(pipeline)), pipeline, gate, steps, batches, work, context.prices);
        this.controls = new PipelineControls(
            pipeline, feed, network, gate, context.pace, context.sensor, priceModels(context.prices));
        this.metering = new Metering(new Metering.Context().pipeline(pipeline).rates(work).prices(context.prices)
            .log(context.latencyLog).listener(_ -> feed.takeLatencies()));
    }

    /** Settings. */
    public static final class Context {
        private Network network;
        private Pipeline.Context pipeline;
        private Simulator.Context simulation = new Simulator.Context();
        private StepListener listener;
        private String source = "a stream";
        private SensorSize area;
        private Pace pace;
        private FrameDifferenceSensor sensor;
        private PriceModel prices = PriceModels.byName(PriceModels.DEFAULT);
        private Path latencyLog;

        /** The network; required. */
        public Context network(final Network value) {
            network = value;
            return this;
        }

        /**
         * Sources, binner, sinks, window, back-pressure; required. Network, gate and simulation are set here, and a
         * sink is added.
         */
        public Context pipeline(final Pipeline.Context value) {
            pipeline = value;
            return this;
        }

        /** Threads and kernels of the simulation; its listener is set here. */
        public Context simulation(final Simulator.Context value) {
            simulation = value;
            return this;
        }

        /** Who hears the simulation besides the page; default nobody. */
        public Context listener(final StepListener value) {
            listener = value;
            return this;
        }

        /** Where the events come from, for people. */
        public Context source(final String value) {
            source = value;
            return this;
        }

        /** The area that events come from; default the network's input. */
        public Context area(final SensorSize value) {
            area = value;
            return this;
        }

        /** The pace of the sources; null, the default, where they have none. */
        public Context pace(final Pace value) {
            pace = value;
            return this;
        }

        /** The sensor whose threshold may be changed; null, the default, for none. */
        public Context sensor(final FrameDifferenceSensor value) {
            sensor = value;
            return this;
        }

        /** What operations cost, until the page chooses others; default {@link PriceModels#DEFAULT}. */
        public Context prices(final PriceModel value) {
            prices = value;
            return this;
        }

        /** Where the histogram log of latencies goes; null, the default, for none. */
        public Context latencyLog(final Path value) {
            latencyLog = value;
            return this;
        }

        private void conclude() {
            if (network == null || pipeline == null) {
                throw new IllegalArgumentException("no network or no pipeline was given");
            }
            if (area == null) {
                area = new SensorSize(network.input().width(), network.input().height());
            }
        }
    }

    /** All that come with the program, and the one that is given. */
    private static List<PriceModel> priceModels(final PriceModel given) {
        final List<PriceModel> models = new ArrayList<>(PriceModels.all());
        models.removeIf(model -> model.name().equals(given.name()));
        models.addFirst(given);
        return models;
    }

    private static List<String> stages(final Pipeline pipeline) {
        final List<LatencyMeter> meters = pipeline.latencies();
        return meters.subList(1, meters.size()).stream().map(LatencyMeter::name).toList();
    }

    private static LiveDescription describe(final Context context, final List<String> stages) {
        final Network network = context.network;
        final List<LiveDescription.NeuronLayer> layers = new ArrayList<>();
        for (int i = 0; i < network.layers().size(); i++) {
            if (StepView.hasMembranes(network.layers().get(i))) {
                layers.add(new LiveDescription.NeuronLayer(network.layers().get(i).name(), network.outputOf(i)));
            }
        }
        return new LiveDescription(network.name(), context.source, context.area, layers, output(network), stages);
    }

    private static OutputNeurons output(final Network network) {
        final Layer last = network.layers().getLast();
        final List<Voting.Group> groups = network.voting().map(Voting::groups).orElse(List.of());
        final int count = network.output().size();
        return switch (last) {
            case Layer.Neurons neurons -> new OutputNeurons(last.name(), count, groups,
                neurons.model().vThreshold(), neurons.model().reset().restingPotential());
            // each has a threshold of its own: that of the first stands for all; without, they are drawn up to 1
            case Layer.Euler euler -> new OutputNeurons(last.name(), count, groups,
                euler.model().spikes() ? euler.model().threshold(0) : 1.0, euler.model().initial(0));
            default -> new OutputNeurons(last.name(), 0, groups, 1.0, 0.0);
        };
    }

    /** What a page shows of it. */
    public LiveFeed feed() {
        return feed;
    }

    /** What a page may change of it. */
    public LiveControls controls() {
        return controls;
    }

    /** The pipeline. */
    public Pipeline pipeline() {
        return pipeline;
    }

    /**
     * Starts; once.
     *
     * @throws IOException where the log of latencies cannot be created
     */
    public void start() throws IOException {
        metering.start();
        pipeline.start();
    }

    /** Ends the sources; what they have handed over is still processed. Called from any thread. */
    public void stop() {
        pipeline.stop();
    }

    /** Gives up what is under way; {@link #await} then says so. Called from any thread. */
    public void abandon() {
        pipeline.abandon("stopped: what was still under way was given up");
    }

    /**
     * Waits for the end, and for the meters to be read for the last time.
     *
     * @throws PipelineException where something failed
     * @throws IOException where the log of latencies could not be written
     */
    public void await() throws InterruptedException, PipelineException, IOException {
        try (metering) {
            pipeline.await();
            feed.end();
        }
    }

    /**
     * Lines for people about the whole run: latencies, throughput, power by the prices chosen last, losses. After
     * {@link #await}.
     */
    public List<String> summary() {
        return metering.summary(feed.prices());
    }

    /** Stops whatever still runs; what was handed over is processed or counted as abandoned. */
    @Override
    public void close() throws IOException {
        try (metering) {
            pipeline.close();
        }
    }
}
