package org.spikemeter.runtime.live.server;

/** A request that is not served; the message is the answer. */
final class RequestRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    RequestRefusedException(final int status, final String message) {
        super(message);
        this.status = status;
    }

    /** The HTTP status. */
    int status() {
        return status;
    }
}
