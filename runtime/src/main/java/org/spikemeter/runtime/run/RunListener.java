package org.spikemeter.runtime.run;

import java.util.Optional;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.log.EventLog;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.readout.Vote;
import org.spikemeter.engine.readout.VotingReadout;
import org.spikemeter.engine.simulate.LayerStep;
import org.spikemeter.engine.simulate.StepListener;

/** Collects a run's votes, and its event log where one is wanted. */
public final class RunListener implements StepListener {
    private final int lastLayer;
    private final VotingReadout readout;
    private final EventLog log;

    /**
     * Nothing heard yet.
     *
     * @param logged true where an event log is wanted
     */
    public RunListener(final Network network, final boolean logged) {
        this.lastLayer = network.layers().size() - 1;
        this.readout = network.voting().map(VotingReadout::new).orElse(null);
        this.log = logged ? new EventLog(network) : null;
    }

    @Override
    public void onInput(final int step, final StepEvents events) {
        if (log != null) {
            log.onInput(step, events);
        }
    }

    @Override
    public void onLayer(final LayerStep batch) {
        if (readout != null && batch.layer() == lastLayer) {
            readout.add(batch.events());
        }
        if (log != null) {
            log.onLayer(batch);
        }
    }

    /** Forgets the run. */
    public void reset() {
        if (readout != null) {
            readout.reset();
        }
        if (log != null) {
            log.clear();
        }
    }

    /** The vote, where the network has a readout. */
    public Optional<Vote> vote() {
        return Optional.ofNullable(readout).map(VotingReadout::vote);
    }

    /** The log; null where none was wanted. */
    public EventLog log() {
        return log;
    }
}
