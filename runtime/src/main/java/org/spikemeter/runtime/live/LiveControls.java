package org.spikemeter.runtime.live;

import java.util.List;

/**
 * What may be changed while a live run goes on. Commands come one at a time, from any thread; questions come from any
 * thread at any time, and are answered at once. A command takes effect soon after it returns, and is seen in frames.
 */
public interface LiveControls {
    /**
     * Stops after the step that is being taken.
     *
     * @throws ControlRefusedException where it cannot, such as after the end
     */
    void pause() throws ControlRefusedException;

    /**
     * Goes on.
     *
     * @throws ControlRefusedException where it cannot
     */
    void resume() throws ControlRefusedException;

    /**
     * Takes one step, and pauses behind it.
     *
     * @throws ControlRefusedException where it cannot, such as while it runs
     */
    void step() throws ControlRefusedException;

    /** Seconds of the stream that pass in a second; 1 is as recorded. */
    LiveSetting speed();

    /**
     * Sets the speed.
     *
     * @param factor within the range of {@link #speed()}
     * @throws ControlRefusedException where it cannot, such as for a camera
     */
    void speed(double factor) throws ControlRefusedException;

    /** Factor of the thresholds of all neurons; 1 is as trained. */
    LiveSetting thresholdScale();

    /**
     * Sets the factor of the thresholds.
     *
     * @param factor within the range of {@link #thresholdScale()}
     * @throws ControlRefusedException where it cannot
     */
    void thresholdScale(double factor) throws ControlRefusedException;

    /** The change of brightness that makes an event of a pixel. */
    LiveSetting sens();

    /**
     * Sets the sensor's Sens.
     *
     * @param value within the range of {@link #sens()}
     * @throws ControlRefusedException where it cannot, such as for recordings of events
     */
    void sens(double value) throws ControlRefusedException;

    /** Names of the price models to choose from; always the same. */
    List<String> priceModels();

    /** Name of the price model that {@link LiveFrame#powerMicrowatts} follows. */
    String priceModel();

    /**
     * Chooses a price model.
     *
     * @param name one of {@link #priceModels()}
     * @throws ControlRefusedException where there is none of the name
     */
    void priceModel(String name) throws ControlRefusedException;
}
