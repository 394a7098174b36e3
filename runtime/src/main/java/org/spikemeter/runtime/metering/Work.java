package org.spikemeter.runtime.metering;

/**
 * What a pipeline has done.
 *
 * @param events events that came in
 * @param steps steps of the network
 * @param spikes spikes of all layers
 * @param accumulates ACC of all layers
 * @param multiplyAccumulates MAC of all layers
 */
public record Work(long events, long steps, long spikes, long accumulates, long multiplyAccumulates) {
    /** Nothing. */
    public static final Work NONE = new Work(0, 0, 0, 0, 0);

    /** What was done since. */
    public Work since(final Work before) {
        return new Work(events - before.events, steps - before.steps, spikes - before.spikes,
            accumulates - before.accumulates, multiplyAccumulates - before.multiplyAccumulates);
    }
}
