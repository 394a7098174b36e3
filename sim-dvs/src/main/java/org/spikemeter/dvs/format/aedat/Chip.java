package org.spikemeter.dvs.format.aedat;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.spikemeter.dvs.event.SensorSize;

/** Sensors that headers name, as jAER and libcaer call them. The more special names come first. */
enum Chip {
    DAVIS128("davis128", "eu.seebetter.ini.chips.davis.Davis128", Aedat2Layout.DAVIS, 128, 128),
    DAVIS208("davis208", "eu.seebetter.ini.chips.davis.Davis208PixelParade", Aedat2Layout.DAVIS, 208, 192),
    DAVIS240("davis240|sbret10", "eu.seebetter.ini.chips.davis.DAVIS240C", Aedat2Layout.DAVIS, 240, 180),
    DAVIS346("davis346", "eu.seebetter.ini.chips.davis.Davis346red", Aedat2Layout.DAVIS, 346, 260),
    DAVIS640("davis640", "eu.seebetter.ini.chips.davis.Davis640", Aedat2Layout.DAVIS, 640, 480),
    DVS128("dvs128|tmpdiff128|edvs", "ch.unizh.ini.jaer.chip.retina.DVS128", Aedat2Layout.DVS128, 128, 128),
    DVS640("dvs640", "ch.unizh.ini.jaer.chip.retina.DVS640", Aedat2Layout.DVS640, 640, 480);

    /** Lines that name the sensor itself, not what a settings file knows besides. */
    private static final Pattern NAMING =
        Pattern.compile("(?m)^# ?(?:aechip|hardwareinterface|source \\d+) ?[:=]?(.*)$");
    /** How the writers here say the size of a sensor, whichever it is. */
    private static final Pattern SIZE = Pattern.compile("(?m)^#.*sensor of (\\d{1,5}) x (\\d{1,5}) pixels");

    private final Pattern names;
    private final String className;
    private final Aedat2Layout layout;
    private final SensorSize size;

    Chip(final String names, final String className, final Aedat2Layout layout, final int width, final int height) {
        this.names = Pattern.compile(names);
        this.className = className;
        this.layout = layout;
        this.size = new SensorSize(width, height);
    }

    /** The class of jAER. */
    String className() {
        return className;
    }

    Aedat2Layout layout() {
        return layout;
    }

    SensorSize size() {
        return size;
    }

    /** The sensor with this layout and size. */
    static Optional<Chip> of(final Aedat2Layout layout, final SensorSize size) {
        for (final Chip chip : values()) {
            if (chip.layout == layout && chip.size.equals(size)) {
                return Optional.of(chip);
            }
        }
        return Optional.empty();
    }

    /** The sensor that a header names: in lines for that, or, where it is the only one, anywhere. */
    static Optional<Chip> named(final String header) {
        final String text = header.toLowerCase(Locale.ROOT);
        final Matcher lines = NAMING.matcher(text);
        while (lines.find()) {
            for (final Chip chip : values()) {
                if (chip.names.matcher(lines.group(1)).find()) {
                    return Optional.of(chip);
                }
            }
        }
        final Set<Chip> anywhere = EnumSet.noneOf(Chip.class);
        for (final Chip chip : values()) {
            if (chip.names.matcher(text).find()) {
                anywhere.add(chip);
            }
        }
        return anywhere.size() == 1 ? Optional.of(anywhere.iterator().next()) : Optional.empty();
    }

    /** What {@link #size} reads again. */
    static String sizeText(final SensorSize size) {
        return "sensor of " + size + " pixels";
    }

    /** The size that a header says in so many words. */
    static Optional<SensorSize> size(final String header) {
        final Matcher said = SIZE.matcher(header);
        if (said.find()) {
            final int width = Integer.parseInt(said.group(1));
            final int height = Integer.parseInt(said.group(2));
            return SensorSize.of(width, height);
        }
        return Optional.empty();
    }
}
