package org.spikemeter.runtime.input;

import java.io.IOException;
import java.util.Optional;
import org.spikemeter.dvs.binning.EventStepSource;
import org.spikemeter.dvs.filter.FilteredReader;
import org.spikemeter.dvs.pixel.DensityMeter;
import org.spikemeter.dvs.pixel.DvsStepSource;
import org.spikemeter.engine.aer.StepSource;
import org.spikemeter.engine.importer.ArrayStepSource;

/** An input that is open. */
public final class Input implements AutoCloseable {
    /** Where it is not known how many steps there will be. */
    public static final int UNKNOWN_STEPS = 0;

    private final String name;
    private final StepSource source;
    private final DvsStepSource sensor;
    private final FilteredReader reader;
    private final EventStepSource binned;
    private final int maxSteps;

    private Input(
        final String name, final StepSource source, final DvsStepSource sensor, final FilteredReader reader,
        final EventStepSource binned, final int maxSteps) {
        this.name = name;
        this.source = source;
        this.sensor = sensor;
        this.reader = reader;
        this.binned = binned;
        this.maxSteps = maxSteps;
    }

    static Input ofSensor(final String name, final DvsStepSource sensor, final int maxSteps) {
        return new Input(name, sensor, sensor, null, null, maxSteps);
    }

    static Input ofArray(final String name, final ArrayStepSource source) {
        return new Input(name, source, null, null, null, source.steps());
    }

    static Input ofRecording(final FilteredReader reader, final EventStepSource source, final int maxSteps) {
        return new Input(reader.name(), source, null, reader, source, maxSteps);
    }

    /** What to call it. */
    public String name() {
        return name;
    }

    /** Its steps. */
    public StepSource source() {
        return source;
    }

    /** The same source where it is a simulated sensor; else null. */
    public DvsStepSource sensor() {
        return sensor;
    }

    /** Steps that it gives at most, or {@link #UNKNOWN_STEPS}. */
    public int maxSteps() {
        return maxSteps;
    }

    /** What has come of the recording so far, where it is one. */
    public Optional<BinnedRecording> recording() {
        return binned == null ? Optional.empty() : Optional.of(BinnedRecording.of(reader, binned));
    }

    /** How dense the events so far are, where a sensor or a recording gives them. */
    public Optional<DensityMeter> density() {
        return sensor != null ? Optional.of(sensor.density()) : Optional.ofNullable(binned)
            .map(EventStepSource::density);
    }

    /** True where it has been read and nothing was in it: no step, or no event of a recording. */
    public boolean isEmpty(final int steps) {
        return steps == 0 || binned != null && binned.isEmpty();
    }

    /** What to say where it is empty. */
    public String nothing() {
        return name + ": " + (reader == null ? "found no frame, expected at least one" : Recordings.nothing(reader));
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
