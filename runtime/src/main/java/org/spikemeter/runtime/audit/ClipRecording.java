package org.spikemeter.runtime.audit;

import java.util.ArrayList;
import java.util.List;
import org.spikemeter.engine.log.EventLog;

/**
 * One clip in full, for the report: its log, and the potentials of the output neurons.
 *
 * @param log input and spikes
 * @param potentials after each step, [neurons]; empty where the last layer has none
 */
public record ClipRecording(EventLog log, List<float[]> potentials) {
    /** Nothing recorded yet. */
    ClipRecording(final EventLog log) {
        this(log, new ArrayList<>());
    }
}
