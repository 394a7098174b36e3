package org.spikemeter.runtime.live;

/** A control does not do what it was asked for; the message says why, for people. */
public final class ControlRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** A refusal. */
    public ControlRefusedException(final String why) {
        super(why);
    }
}
