package org.spikemeter.runtime.pipeline;

/** A stage of a pipeline failed, and the pipeline has stopped. */
public final class PipelineException extends Exception {
    private static final long serialVersionUID = 1L;
    /** Stands for no batch: a source failed before it handed one over. */
    public static final long NO_BATCH = -1;

    private final String stage;
    private final long batch;

    PipelineException(final String stage, final long batch, final Throwable cause) {
        super(stage + (batch == NO_BATCH ? "" : " failed at batch " + batch) + ": " + reason(cause), cause);
        this.stage = stage;
        this.batch = batch;
    }

    private static String reason(final Throwable cause) {
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    /** Name of the stage. */
    public String stage() {
        return stage;
    }

    /** Number of the batch, or {@link #NO_BATCH}. */
    public long batch() {
        return batch;
    }
}
