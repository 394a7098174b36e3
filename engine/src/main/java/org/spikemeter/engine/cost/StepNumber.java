package org.spikemeter.engine.cost;

/** What of a step's events costs grow with. */
public enum StepNumber {
    /** 1, whatever comes. */
    ALWAYS,
    /** Part of the source rows that have events, at most: 0 to 1. */
    ROWS,
    /** Source pixels that have events. */
    PIXELS,
    /** Events. */
    EVENTS,
    /** Events with values; 0 where all are 1. */
    VALUES,
    /** Pairs of a target pixel and a range of events under its window that is not empty, at most. */
    RANGES
}
