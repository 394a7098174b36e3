package org.spikemeter.engine.convention;

import java.util.EnumMap;
import java.util.Map;

/** From the executed operations to a convention's count, term by term. */
public final class Terms {
    private final Map<Term, double[]> terms = new EnumMap<>(Term.class);
    private double acc;
    private double mac;
    private double executedAcc;
    private double executedMac;

    Terms() {
    }

    /** Stands at what was executed in a call. */
    void start(final LayerCall call) {
        start(call.executedAcc, call.executedMac);
    }

    void start(final double executedAccumulates, final double executedMultiplies) {
        acc = executedAccumulates;
        mac = executedMultiplies;
        executedAcc += acc;
        executedMac += mac;
    }

    /** Goes to new counts; the way is put down to a term. */
    void to(final Term term, final double newAcc, final double newMac) {
        add(term, newAcc - acc, newMac - mac);
        acc = newAcc;
        mac = newMac;
    }

    /** Adds to where it stands, under a term. */
    void add(final Term term, final double moreAcc, final double moreMac) {
        if (moreAcc != 0.0 || moreMac != 0.0) {
            final double[] sum = terms.computeIfAbsent(term, _ -> new double[2]);
            sum[0] += moreAcc;
            sum[1] += moreMac;
        }
    }

    /** ACC that a term adds to the executed ones; negative where it takes away. */
    public double acc(final Term term) {
        return terms.containsKey(term) ? terms.get(term)[0] : 0.0;
    }

    /** MAC that a term adds to the executed ones. */
    public double mac(final Term term) {
        return terms.containsKey(term) ? terms.get(term)[1] : 0.0;
    }

    /** ACC that were executed. */
    public double executedAcc() {
        return executedAcc;
    }

    /** MAC that were executed. */
    public double executedMac() {
        return executedMac;
    }
}
