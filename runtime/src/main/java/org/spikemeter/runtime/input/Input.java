package org.spikemeter.runtime.input;

import java.io.IOException;
import org.spikemeter.dvs.pixel.DvsStepSource;
import org.spikemeter.engine.aer.StepSource;
import org.spikemeter.engine.importer.ArrayStepSource;

/**
 * An input that is open.
 *
 * @param name what to call it
 * @param source its steps
 * @param sensor the same source where it is a simulated sensor; else null
 * @param maxSteps steps that it gives at most, 0 where that is not known
 */
public record Input(String name, StepSource source, DvsStepSource sensor, int maxSteps) implements AutoCloseable {
    static Input ofSensor(final String name, final DvsStepSource sensor, final int maxSteps) {
        return new Input(name, sensor, sensor, maxSteps);
    }

    static Input ofArray(final String name, final ArrayStepSource source) {
        return new Input(name, source, null, source.steps());
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
