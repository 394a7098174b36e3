package org.spikemeter.runtime.source.datagram;

import java.util.Locale;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.aedat.Aedat2Addresses;

/**
 * A form of datagrams by what {@code --form} gives: {@code spif}, {@code aeunicast}, or, with the camera whose
 * addresses they are, {@code aeunicast:davis346}.
 *
 * @param kind which one
 * @param camera one of {@link Aedat2Addresses#variants()}, or empty for what is usual for the size of the sensor
 */
public record DatagramForm(Kind kind, String camera) {
    /** Those that are known. */
    public enum Kind {
        /** {@link Spif}. */
        SPIF(Spif.DEFAULT_PORT),
        /** {@link AeUnicast}. */
        AEUNICAST(AeUnicast.DEFAULT_PORT);

        private final int defaultPort;

        Kind(final int defaultPort) {
            this.defaultPort = defaultPort;
        }

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The form that a text names.
     *
     * @throws IllegalArgumentException where it names none
     */
    public static DatagramForm parse(final String text) {
        final String lower = text.toLowerCase(Locale.ROOT);
        for (final Kind kind : Kind.values()) {
            if (lower.equals(kind.text())) {
                return new DatagramForm(kind, "");
            }
        }
        final String prefix = Kind.AEUNICAST.text() + ":";
        final String camera = lower.startsWith(prefix) ? lower.substring(prefix.length()) : "";
        if (Aedat2Addresses.variants().contains(camera)) {
            return new DatagramForm(Kind.AEUNICAST, camera);
        }
        throw new IllegalArgumentException("'" + text + "' is no form of datagrams: expected spif, aeunicast, or"
            + " aeunicast:CAMERA with one of " + String.join(", ", Aedat2Addresses.variants()));
    }

    /** The port that programs of this form use where nothing is said. */
    public int defaultPort() {
        return kind.defaultPort;
    }

    /**
     * A codec for a new stream.
     *
     * @param size the area of the events; others are left out
     * @throws IllegalArgumentException where the camera is smaller than that
     */
    public DatagramCodec codec(final SensorSize size) {
        return switch (kind) {
            case SPIF -> new Spif(size);
            case AEUNICAST -> new AeUnicast(Aedat2Addresses.of(kind.text(),
                camera.isEmpty() ? Aedat2Addresses.usual(size) : camera, size), size);
        };
    }

    @Override
    public String toString() {
        return camera.isEmpty() ? kind.text() : kind.text() + ":" + camera;
    }
}
