package org.spikemeter.engine.kernel;

/** How the events of a step are delivered to a row of targets. All give the same bits. */
public enum Strategy {
    /** For each event, its weights are added to all targets that it reaches: work in proportion to the events. */
    SCATTER,
    /** For each target pixel, the events under its window are walked, its channels held in registers. */
    GATHER,
    /** For each target pixel, all sources under its window are walked, silent ones too. */
    DENSE
}
