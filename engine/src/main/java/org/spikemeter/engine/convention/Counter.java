package org.spikemeter.engine.convention;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.spikemeter.engine.log.EventLog;

/** A count in progress: one convention over one log. */
abstract class Counter {
    /** The log. */
    protected final EventLog log;
    /** From executed to counted. */
    protected final Terms terms = new Terms();

    private final Convention convention;
    private final List<Tally> tallies = new ArrayList<>();
    private final SequencedMap<String, Double> figures = new LinkedHashMap<>();
    private final Tally acc;
    private final Tally mac;

    /**
     * @param accKey name of its accumulates
     * @param macKey name of its multiply-accumulates; null where it knows only one kind
     * @param integral true where its counts are whole numbers
     */
    Counter(
        final Convention convention, final EventLog log, final String accKey, final String macKey,
        final boolean integral) {
        this.convention = convention;
        this.log = log;
        this.acc = tally(accKey, integral);
        this.mac = macKey == null ? null : tally(macKey, integral);
    }

    /** Another kind of count. */
    protected final Tally tally(final String key, final boolean integral) {
        final Tally tally = new Tally(key, integral, log.network().layers().size());
        tallies.add(tally);
        return tally;
    }

    /** Counts a call. */
    abstract void call(LayerCall call);

    /** Called after the last call. */
    void finish() {
    }

    /** Counts operations of a call. */
    protected final void operations(final LayerCall call, final double accumulates, final double multiplies) {
        operations(call.index, call.step, accumulates, multiplies);
    }

    protected final void operations(
        final int layer, final int step, final double accumulates, final double multiplies) {
        acc.add(layer, step, log.steps(), accumulates);
        if (mac != null) {
            mac.add(layer, step, log.steps(), multiplies);
        }
    }

    /** Counts something else of a call. */
    protected final void count(final Tally tally, final LayerCall call, final double count) {
        tally.add(call.index, call.step, log.steps(), count);
    }

    /** A figure of the whole run. */
    protected final void figure(final String key, final double value) {
        figures.put(key, value);
    }

    /** Sum of accumulates so far. */
    protected final double accumulates() {
        return acc.total();
    }

    /** Sum of multiply-accumulates so far. */
    protected final double multiplies() {
        return mac == null ? 0.0 : mac.total();
    }

    final ConventionResult result() {
        finish();
        return new ConventionResult(convention, log.network(), log.steps(), tallies, figures, acc, mac, terms);
    }
}
