package org.spikemeter.live;

import java.util.Arrays;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Voting;
import org.spikemeter.runtime.live.ControlRefusedException;
import org.spikemeter.runtime.live.LiveControls;
import org.spikemeter.runtime.live.LiveDescription;
import org.spikemeter.runtime.live.LiveFailure;
import org.spikemeter.runtime.live.LiveFeed;
import org.spikemeter.runtime.live.LiveFrame;
import org.spikemeter.runtime.live.LiveSetting;
import org.spikemeter.runtime.live.LiveState;
import org.spikemeter.runtime.live.MapSize;
import org.spikemeter.runtime.live.OutputNeurons;

/**
 * A run that is made up: a blob goes round, and 20 neurons of four groups integrate where it is. Each sample takes four
 * steps at speed 1. The same seed gives the same frames. It has a speed, thresholds and prices, but no Sens.
 */
final class SyntheticFeed implements LiveFeed, LiveControls {
    static final String NO_SENS = "a recording of events has no Sens";
    static final List<String> PRICES = List.of("45nm-float32", "45nm-float32-memory", "unpriced");

    private static final int STEPS_A_SAMPLE = 4;
    private static final int STEP_MICROS = 10_000;
    private static final int NEURONS = 20;
    private static final int GROUPS = 4;
    private static final double TURN_STEPS = 400.0;

    private final LiveDescription description;
    private final SplittableRandom random;
    private final double noise;
    private final List<Boolean> watched = new ArrayList<>();
    private final float[] membranes = new float[LiveFrame.MAX_STEPS * NEURONS];
    private final byte[] spikes = new byte[LiveFrame.MAX_STEPS * NEURONS];
    private final float[] present = new float[NEURONS];
    private final double[] rates = new double[GROUPS];
    private final long[] labelMicros = new long[LiveFrame.MAX_LABEL_CHANGES];
    private final int[] labels = new int[LiveFrame.MAX_LABEL_CHANGES];
    private int labelChanges;
    private int label = LiveFrame.NO_LABEL;
    private LiveState state = LiveState.RUNNING;
    private LiveFailure failure;
    private long step;
    private long events;
    private long dropped;
    private double owed;
    private int single;
    private double speed = 1.0;
    private double thresholdScale = 1.0;
    private String prices = PRICES.getFirst();

    SyntheticFeed(final long seed) {
        this(seed, new SensorSize(128, 128), 0.002);
    }

    /** With a share of cells that have an event in each sample. */
    SyntheticFeed(final long seed, final SensorSize sensor, final double noise) {
        this.noise = noise;
        random = new SplittableRandom(seed);
        final List<Voting.Group> groups = List.of(new Voting.Group("angry", 0, 5), new Voting.Group("happy", 5, 10),
            new Voting.Group("sad", 10, 15), new Voting.Group("surprise", 15, NEURONS));
        description = new LiveDescription("emotion-plif", "synthetic blob", sensor,
            List.of(layer("plif1", 126, 8), layer("plif2", 63, 16), layer("plif3", 31, 32), layer("plif4", 15, 32),
                layer("plif5", 7, 32), new LiveDescription.NeuronLayer("plif6", Shape.flat(128))),
            new OutputNeurons("plif7", NEURONS, groups, 1.0, 0.0),
            List.of("accept", "accumulate", "network", "readout"));
    }

    private static LiveDescription.NeuronLayer layer(final String name, final int side, final int channels) {
        return new LiveDescription.NeuronLayer(name, new Shape(side, side, channels));
    }

    @Override
    public LiveDescription description() {
        return description;
    }

    /** What it was told of being watched, without repetitions. */
    synchronized List<Boolean> watched() {
        return List.copyOf(watched);
    }

    @Override
    public synchronized void setWatched(final boolean isWatched) {
        if (watched.isEmpty() || watched.getLast() != isWatched) {
            watched.add(isWatched);
        }
    }

    @Override
    public synchronized void sample(final LiveFrame frame) {
        final long before = step;
        owed += state == LiveState.RUNNING ? STEPS_A_SAMPLE * speed : single;
        single = 0;
        for (; owed >= 1.0; owed--) {
            takeStep();
        }
        final boolean moved = step > before;
        final double angle = 2 * Math.PI * step / TURN_STEPS;
        addInput(frame, angle, moved);
        for (int layer = 0; layer < frame.layers.length; layer++) {
            addLayer(frame.layers[layer], description.layers().get(layer).map(), angle, moved);
        }
        addWindow(frame);
        addNumbers(frame, angle);
        frame.state = state;
        frame.failure = failure;
    }

    private void takeStep() {
        final int winner = (int) (step / (TURN_STEPS / GROUPS)) % GROUPS;
        final int at = (int) (step % LiveFrame.MAX_STEPS) * NEURONS;
        for (int neuron = 0; neuron < NEURONS; neuron++) {
            final boolean favoured = neuron / (NEURONS / GROUPS) == winner;
            present[neuron] += (float) ((favoured ? 0.22 : 0.05) * random.nextDouble() - 0.1 * 0.2 * present[neuron]);
            final boolean fires = present[neuron] >= thresholdScale;
            spikes[at + neuron] = (byte) (fires ? 1 : 0);
            present[neuron] = fires ? 0.0f : present[neuron];
            membranes[at + neuron] = present[neuron];
            final int group = neuron / (NEURONS / GROUPS);
            rates[group] += 0.01 * ((fires ? 1.0 : 0.0) - rates[group]);
        }
        step++;
        vote();
    }

    private void vote() {
        int best = 0;
        for (int group = 1; group < GROUPS; group++) {
            best = rates[group] > rates[best] ? group : best;
        }
        final int now = rates[best] == 0.0 ? LiveFrame.TIE : best;
        if (now != label) {
            label = now;
            if (labelChanges == labels.length) {
                System.arraycopy(labels, 1, labels, 0, --labelChanges);
                System.arraycopy(labelMicros, 1, labelMicros, 0, labelChanges);
            }
            labels[labelChanges] = now;
            labelMicros[labelChanges++] = step * STEP_MICROS;
        }
    }

    private void addInput(final LiveFrame frame, final double angle, final boolean moved) {
        Arrays.fill(frame.on, (byte) 0);
        Arrays.fill(frame.off, (byte) 0);
        if (!moved) {
            return;
        }
        final MapSize map = description.inputMap();
        final double side = Math.min(map.width(), map.height());
        final double centreX = map.width() / 2.0 + 0.3 * side * Math.cos(angle);
        final double centreY = map.height() / 2.0 + 0.3 * side * Math.sin(angle);
        for (int y = 0; y < map.height(); y++) {
            for (int x = 0; x < map.width(); x++) {
                final double distance = Math.hypot(x - centreX, y - centreY);
                // the leading edge brightens, the trailing one darkens
                final double edge = Math.exp(-Math.pow((distance - 0.13 * side) / (0.015 * side), 2));
                final double lead = Math.sin(Math.atan2(y - centreY, x - centreX) - angle);
                final double chance = noise + 0.6 * edge * Math.abs(lead);
                if (random.nextDouble() < chance) {
                    final byte[] polarity = random.nextDouble() < (1 + lead) / 2 ? frame.on : frame.off;
                    MapSize.count(polarity, y * map.width() + x);
                    events++;
                }
            }
        }
    }

    private void addLayer(final byte[] cells, final MapSize map, final double angle, final boolean moved) {
        Arrays.fill(cells, (byte) 0);
        if (!moved) {
            return;
        }
        for (int y = 0; y < map.height(); y++) {
            for (int x = 0; x < map.width(); x++) {
                final double u = (x + 0.5) / map.width() - 0.5 - 0.3 * Math.cos(angle);
                final double v = (y + 0.5) / map.height() - 0.5 - 0.3 * Math.sin(angle);
                final double activity = 6 * Math.exp(-Math.pow((Math.hypot(u, v) - 0.13) / 0.05, 2));
                cells[y * map.width() + x] = (byte) (activity * random.nextDouble() + 0.02);
            }
        }
    }

    private void addWindow(final LiveFrame frame) {
        frame.windowSteps = (int) Math.min(step, LiveFrame.MAX_STEPS);
        frame.windowFirstStep = step - frame.windowSteps;
        for (int i = 0; i < frame.windowSteps; i++) {
            final int at = (int) ((frame.windowFirstStep + i) % LiveFrame.MAX_STEPS) * NEURONS;
            System.arraycopy(membranes, at, frame.membranes, i * NEURONS, NEURONS);
            System.arraycopy(spikes, at, frame.spikes, i * NEURONS, NEURONS);
        }
    }

    private void addNumbers(final LiveFrame frame, final double angle) {
        final double activity = state == LiveState.RUNNING ? speed * (1 + 0.3 * Math.sin(7 * angle)) : 0.0;
        frame.step = step;
        frame.timeMicros = step * STEP_MICROS;
        frame.acceptedEvents = events + 120 + 100 * dropped;
        frame.processedEvents = events;
        frame.goneEvents = 100 * dropped;
        frame.droppedBatches = dropped;
        frame.eventsPerSecond = 5_230 * activity;
        frame.spikesPerSecond = 41_800 * activity;
        frame.accPerSecond = 12.6e6 * activity;
        frame.macPerSecond = 1.9e6 * activity;
        frame.powerMicrowatts = switch (PRICES.indexOf(prices)) {
            case 0 -> (0.9 * frame.accPerSecond + 4.6 * frame.macPerSecond) / 1e6;
            case 1 -> (15.9 * frame.accPerSecond + 19.6 * frame.macPerSecond) / 1e6;
            default -> Double.NaN;
        };
        frame.powerHighMicrowatts = (PRICES.indexOf(prices) == 1 ? 1.25 : 1.0) * frame.powerMicrowatts;
        for (int i = 0; i < frame.latencyMicros.length; i++) {
            final int row = i / LiveFrame.PERCENTILES.size();
            final double share = row == 0 ? 1.0 : row == 3 ? 0.8 : 0.06;
            frame.latencyMicros[i] = step == 0 ? Double.NaN
                : share * 310.0 * Math.pow(2.1, i % LiveFrame.PERCENTILES.size()) * (1 + 0.05 * Math.sin(3 * angle));
        }
        frame.label = label;
        System.arraycopy(rates, 0, frame.groupRates, 0, GROUPS);
        frame.labelChanges = labelChanges;
        System.arraycopy(labels, 0, frame.labels, 0, labelChanges);
        System.arraycopy(labelMicros, 0, frame.labelMicros, 0, labelChanges);
    }

    /** The input is at its end. */
    synchronized void end() {
        state = LiveState.ENDED;
    }

    /** A stage fails. */
    synchronized void fail(final LiveFailure why) {
        state = LiveState.FAILED;
        failure = why;
    }

    /** A batch is dropped. */
    synchronized void drop() {
        dropped++;
    }

    @Override
    public synchronized void pause() throws ControlRefusedException {
        go(LiveState.PAUSED);
    }

    @Override
    public synchronized void resume() throws ControlRefusedException {
        go(LiveState.RUNNING);
    }

    private void go(final LiveState wanted) throws ControlRefusedException {
        if (state != LiveState.RUNNING && state != LiveState.PAUSED) {
            throw new ControlRefusedException("the run is over");
        }
        state = wanted;
        owed = 0.0;
    }

    @Override
    public synchronized void step() throws ControlRefusedException {
        if (state != LiveState.PAUSED) {
            throw new ControlRefusedException("a single step needs a paused run");
        }
        single++;
    }

    @Override
    public synchronized LiveSetting speed() {
        return LiveSetting.of(speed, 1.0 / 16, 16.0);
    }

    @Override
    public synchronized void speed(final double factor) {
        speed = factor;
    }

    @Override
    public synchronized LiveSetting thresholdScale() {
        return LiveSetting.of(thresholdScale, 0.25, 4.0);
    }

    @Override
    public synchronized void thresholdScale(final double factor) throws ControlRefusedException {
        if (state == LiveState.ENDED) {
            throw new ControlRefusedException("no threshold is needed any more");
        }
        thresholdScale = factor;
    }

    @Override
    public LiveSetting sens() {
        return LiveSetting.refused(Double.NaN, NO_SENS);
    }

    @Override
    public void sens(final double value) throws ControlRefusedException {
        throw new ControlRefusedException(NO_SENS);
    }

    @Override
    public List<String> priceModels() {
        return PRICES;
    }

    @Override
    public synchronized String priceModel() {
        return prices;
    }

    @Override
    public synchronized void priceModel(final String name) throws ControlRefusedException {
        if (!PRICES.contains(name)) {
            throw new ControlRefusedException("no price model '" + name + "': expected one of " + PRICES);
        }
        prices = name;
    }
}
