package org.spikemeter.dvs.format.prophesee;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The encodings of events in RAW files. */
enum Evt {
    /** Words of 32 bits, one event each. */
    EVT2("2.0", "EVT 2"),
    /** Words of 64 bits, up to 32 events of a row each. */
    EVT21("2.1", "EVT 2.1"),
    /** Words of 16 bits that change a state of time, row and column. */
    EVT3("3.0", "EVT 3");

    private final String version;
    private final String title;

    Evt(final String version, final String title) {
        this.version = version;
        this.title = title;
    }

    /** As {@code % evt} says it. */
    String version() {
        return version;
    }

    /** For people. */
    String title() {
        return title;
    }

    /** As {@code --format} takes it. */
    String formatName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** By its name in {@code % format}. */
    static Optional<Evt> byName(final String name) {
        return Arrays.stream(values()).filter(evt -> evt.name().equalsIgnoreCase(name)).findFirst();
    }

    /** By its version in {@code % evt}. */
    static Optional<Evt> byVersion(final String version) {
        return Arrays.stream(values()).filter(evt -> evt.version.equals(version)).findFirst();
    }
}
