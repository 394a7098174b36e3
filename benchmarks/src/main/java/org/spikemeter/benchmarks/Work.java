package org.spikemeter.benchmarks;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What one invocation of a benchmark does, so that reports can give rates. */
@AuxCounters(AuxCounters.Type.EVENTS)
@State(Scope.Thread)
public class Work {
    /**
     * Number of accumulates, neurons, events or frames of one invocation; 0 where it is not known. To be set in each
     * invocation: JMH clears it before each iteration.
     */
    public long work;
}
