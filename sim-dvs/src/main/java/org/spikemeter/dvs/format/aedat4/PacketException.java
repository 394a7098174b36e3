package org.spikemeter.dvs.format.aedat4;

/** The bytes of a packet are not what they should be: what was found, and what was expected. The next one may be. */
final class PacketException extends Exception {
    private static final long serialVersionUID = 1L;

    PacketException(final String message) {
        super(message, null, false, false);
    }
}
