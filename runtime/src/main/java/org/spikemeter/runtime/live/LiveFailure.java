package org.spikemeter.runtime.live;

/**
 * Why a live run stopped.
 *
 * @param stage stage of the pipeline, by its name in {@link LiveDescription#stages()}
 * @param batch sequence number of the batch that the stage was at, from 0; below 0 where it was at none
 * @param message what happened
 */
public record LiveFailure(String stage, long batch, String message) {
    @Override
    public String toString() {
        return "stage " + stage + (batch < 0 ? "" : ", batch " + batch) + ": " + message;
    }
}
