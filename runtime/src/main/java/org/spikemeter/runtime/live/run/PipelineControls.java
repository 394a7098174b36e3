package org.spikemeter.runtime.live.run;

import java.util.List;
import java.util.Optional;
import org.spikemeter.dvs.pixel.FrameDifferenceSensor;
import org.spikemeter.engine.energy.PriceModel;
import org.spikemeter.engine.network.Network;
import org.spikemeter.runtime.live.ControlRefusedException;
import org.spikemeter.runtime.live.LiveControls;
import org.spikemeter.runtime.live.LiveSetting;
import org.spikemeter.runtime.live.LiveState;
import org.spikemeter.runtime.pipeline.Gate;
import org.spikemeter.runtime.pipeline.Pipeline;
import org.spikemeter.runtime.source.Pace;

/** What may be changed of a pipeline. */
final class PipelineControls implements LiveControls {
    private static final double LOWEST_SPEED = 1.0 / 16;
    private static final double HIGHEST_SPEED = 16.0;
    private static final double LOWEST_SCALE = 0.25;
    private static final double HIGHEST_SCALE = 4.0;
    private static final double HIGHEST_SENS = 0.1;
    private static final String NO_PACE = "this input comes at its own speed";
    private static final String UNPACED = "the input is played as fast as possible";
    private static final String NO_SENS = "Sens belongs to the paper's sensor, which video goes through";

    private final Pipeline pipeline;
    private final PipelineFeed feed;
    private final Network network;
    private final Gate gate;
    private final Pace pace;
    private final FrameDifferenceSensor sensor;
    private final String speedRefusal;
    private final String scaleRefusal;
    private final double highestSpeed;
    private final double highestSens;
    private final List<PriceModel> prices;
    private volatile double scale = 1.0;

    /**
     * Controls of a pipeline.
     *
     * @param network as trained
     * @param pace null where the source has none
     * @param sensor null where there is none
     */
    PipelineControls(
        final Pipeline pipeline, final PipelineFeed feed, final Network network, final Gate gate, final Pace pace,
        final FrameDifferenceSensor sensor, final List<PriceModel> prices) {
        this.pipeline = pipeline;
        this.feed = feed;
        this.network = network;
        this.gate = gate;
        this.pace = pace;
        this.sensor = sensor;
        this.prices = prices;
        this.speedRefusal = pace == null ? NO_PACE : pace.speed() == Pace.UNPACED ? UNPACED : null;
        this.scaleRefusal = ThresholdScale.refusal(network);
        this.highestSpeed = pace == null ? HIGHEST_SPEED : Math.max(HIGHEST_SPEED, pace.speed());
        this.highestSens = sensor == null ? HIGHEST_SENS : Math.max(HIGHEST_SENS, sensor.sens());
    }

    private void requireGoing() throws ControlRefusedException {
        final LiveState state = feed.state();
        if (state == LiveState.ENDED || state == LiveState.FAILED) {
            throw new ControlRefusedException("the run is over");
        }
    }

    private static void requirePossible(final String refusal) throws ControlRefusedException {
        if (refusal != null) {
            throw new ControlRefusedException(refusal);
        }
    }

    @Override
    public void pause() throws ControlRefusedException {
        requireGoing();
        gate.pause();
    }

    @Override
    public void resume() throws ControlRefusedException {
        requireGoing();
        gate.resume();
    }

    @Override
    public void step() throws ControlRefusedException {
        requireGoing();
        if (!gate.isPaused()) {
            throw new ControlRefusedException("a single step needs a paused run");
        }
        gate.step();
    }

    @Override
    public LiveSetting speed() {
        return speedRefusal == null
            ? LiveSetting.of(pace.speed(), Math.min(LOWEST_SPEED, pace.speed()), highestSpeed)
            : LiveSetting.refused(Double.NaN, speedRefusal);
    }

    @Override
    public void speed(final double factor) throws ControlRefusedException {
        requirePossible(speedRefusal);
        requireGoing();
        pace.setSpeed(factor);
    }

    @Override
    public LiveSetting thresholdScale() {
        return scaleRefusal == null ? LiveSetting.of(scale, LOWEST_SCALE, HIGHEST_SCALE)
            : LiveSetting.refused(1.0, scaleRefusal);
    }

    /** The network with the new thresholds starts anew: potentials that belong to others would mean nothing. */
    @Override
    public void thresholdScale(final double factor) throws ControlRefusedException {
        requirePossible(scaleRefusal);
        requireGoing();
        if (factor != scale) {
            pipeline.replaceNetwork(ThresholdScale.of(network, factor));
            scale = factor;
        }
    }

    @Override
    public LiveSetting sens() {
        // of the float, its own decimals
        return sensor == null ? LiveSetting.refused(Double.NaN, NO_SENS)
            : LiveSetting.of(Double.parseDouble(Float.toString(sensor.sens())), 0.0, highestSens);
    }

    @Override
    public void sens(final double value) throws ControlRefusedException {
        requirePossible(sensor == null ? NO_SENS : null);
        requireGoing();
        sensor.setSens((float) value);
    }

    @Override
    public List<String> priceModels() {
        return prices.stream().map(PriceModel::name).toList();
    }

    @Override
    public String priceModel() {
        return feed.prices().name();
    }

    @Override
    public void priceModel(final String name) throws ControlRefusedException {
        final Optional<PriceModel> chosen = prices.stream().filter(model -> model.name().equals(name)).findFirst();
        feed.setPrices(chosen.orElseThrow(() -> new ControlRefusedException(
            "no price model '" + name + "': expected one of " + String.join(", ", priceModels()))));
    }
}
