package org.spikemeter.runtime.source.datagram;

import java.util.Locale;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.aedat.Aedat2Addresses;

/**
 * A form of datagrams by what {@code --form} gives: {@code spif}, {@code spif:untimed}, {@code aeunicast}, or, with the
 * camera whose addresses they are, {@code aeunicast:davis346}.
 *
 * @param kind which one
 * @param variant {@link #UNTIMED} or a camera, one of {@link Aedat2Addresses#variants()}; empty for what is usual
 */
public record DatagramForm(Kind kind, String variant) {
    /** What {@link Kind#SPIF} is called where events are sent without times. */
    public static final String UNTIMED = "untimed";

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

        private boolean has(final String variant) {
            return switch (this) {
                case SPIF -> UNTIMED.equals(variant);
                case AEUNICAST -> Aedat2Addresses.variants().contains(variant);
            };
        }
    }

    /**
     * The form that a text names.
     *
     * @throws IllegalArgumentException where it names none
     */
    public static DatagramForm parse(final String text) {
        final String lower = text.toLowerCase(Locale.ROOT);
        final int colon = lower.indexOf(':');
        final String word = colon < 0 ? lower : lower.substring(0, colon);
        for (final Kind kind : Kind.values()) {
            if (word.equals(kind.text()) && (colon < 0 || kind.has(lower.substring(colon + 1)))) {
                return new DatagramForm(kind, colon < 0 ? "" : lower.substring(colon + 1));
            }
        }
        throw new IllegalArgumentException("'" + text + "' is no form of datagrams: expected spif, spif:" + UNTIMED
            + ", aeunicast or aeunicast:CAMERA, with one of " + String.join(", ", Aedat2Addresses.variants()));
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
            case SPIF -> new Spif(size, variant.isEmpty());
            case AEUNICAST -> new AeUnicast(Aedat2Addresses.of(kind.text(),
                variant.isEmpty() ? Aedat2Addresses.usual(size) : variant, size), size);
        };
    }

    @Override
    public String toString() {
        return variant.isEmpty() ? kind.text() : kind.text() + ":" + variant;
    }
}
