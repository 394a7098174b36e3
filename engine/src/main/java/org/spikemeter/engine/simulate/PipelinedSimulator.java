package org.spikemeter.engine.simulate;

/** Placeholder while the sequential path is brought up. */
public final class PipelinedSimulator {
}
