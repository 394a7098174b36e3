package org.spikemeter.dvs.format.hdf5.filter;

/** A chunk that cannot be unpacked; whoever knows the file and the place says so with it. */
public final class DamagedChunkException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what packed it, what was found and what was expected
     */
    public DamagedChunkException(final String message) {
        super(message);
    }
}
