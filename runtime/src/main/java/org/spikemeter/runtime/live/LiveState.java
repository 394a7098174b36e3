package org.spikemeter.runtime.live;

/** What a live run is doing; the order is that of the bytes in the stream. */
public enum LiveState {
    /** It takes steps as input comes. */
    RUNNING,
    /** It waits for {@link LiveControls#resume()} or {@link LiveControls#step()}. */
    PAUSED,
    /** The input is at its end, and all of it is processed. */
    ENDED,
    /** It stopped because of a fault, which {@link LiveFrame#failure} tells. */
    FAILED
}
