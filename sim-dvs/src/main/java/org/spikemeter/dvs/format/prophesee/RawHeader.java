package org.spikemeter.dvs.format.prophesee;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.spikemeter.dvs.event.SensorSize;

/**
 * What the header of a RAW file says: {@code % format EVT3;height=720;width=1280}, or in older files {@code % evt 3.0}
 * with {@code % geometry 1280x720} or with nothing but the number of the camera's system, from which OpenEB takes the
 * size ({@code psee_raw_file_header.cpp}), as is done here.
 *
 * @param evt empty where it is not said
 * @param size empty where neither the header nor the system says it
 * @param legacy true where the halves of EVT 2.1 words are swapped
 */
record RawHeader(Optional<Evt> evt, Optional<SensorSize> size, boolean legacy) {
    static final String LEGACY = "legacy";
    static final String LITTLE = "little";

    private static final String PROPHESEE = "Prophesee";
    /** The first system that writes EVT 2.1 words in one piece: SYSTEM_EVK2_SAPHIR. */
    private static final long FIRST_LITTLE_SYSTEM = 0x37;
    private static final SensorSize VGA = new SensorSize(640, 480);
    private static final SensorSize HD = new SensorSize(1280, 720);

    /** What a header says. */
    static RawHeader of(final HeaderFields fields) {
        final String[] format = fields.get("format").orElse("").split(";", -1);
        final Map<String, String> options = new HashMap<>();
        for (final String option : format) {
            final String[] pair = option.split("=", 2);
            options.put(pair[0].strip(), pair.length < 2 ? "" : pair[1].strip());
        }
        final Optional<System> system = isPropheseeCamera(fields)
            ? System.of(HeaderFields.number(fields.get("system_id").orElse(""))) : Optional.empty();
        return new RawHeader(
            Evt.byName(format[0].strip())
                .or(() -> fields.get("evt").flatMap(Evt::byVersion))
                .or(() -> fields.get("format").isPresent() ? Optional.empty() : system.flatMap(System::evt)),
            size(options).or(() -> fields.get("geometry").flatMap(RawHeader::geometry))
                .or(() -> system.flatMap(System::size)),
            Optional.ofNullable(options.get("endianness")).or(() -> fields.get("endianness"))
                .map(LEGACY::equals)
                .orElseGet(() -> system.map(System::isLegacy).orElse(false)));
    }

    private static boolean isPropheseeCamera(final HeaderFields fields) {
        return Stream.of("camera_integrator_name", "plugin_integrator_name", "integrator_name")
            .flatMap(key -> fields.get(key).stream()).allMatch(PROPHESEE::equals);
    }

    private static Optional<SensorSize> size(final Map<String, String> options) {
        return HeaderFields.size(options.getOrDefault("width", ""), options.getOrDefault("height", ""));
    }

    private static Optional<SensorSize> geometry(final String text) {
        final String[] sides = text.split("x", 2);
        return sides.length == 2 ? HeaderFields.size(sides[0].strip(), sides[1].strip()) : Optional.empty();
    }

    /**
     * The header of a file to be written. OpenEB finds the plug-in that reads a file by the integrator's name, and
     * opens no file without a size.
     */
    String text() {
        final StringBuilder text = new StringBuilder();
        final Evt kind = evt.orElseThrow();
        text.append("% evt ").append(kind.version()).append("\n% format ").append(kind.name());
        if (kind == Evt.EVT21) {
            text.append(";endianness=").append(legacy ? LEGACY : LITTLE);
        }
        size.ifPresent(area -> text.append(";height=").append(area.height()).append(";width=").append(area.width())
            .append("\n% geometry ").append(area.width()).append('x').append(area.height()));
        return text.append("\n% integrator_name ").append(PROPHESEE).append("\n% end\n").toString();
    }

    /**
     * A camera's system, by its number.
     *
     * @param number positive
     */
    private record System(long number) {
        static Optional<System> of(final long number) {
            return number > 0 ? Optional.of(new System(number)) : Optional.empty();
        }

        boolean isLegacy() {
            return number < FIRST_LITTLE_SYSTEM;
        }

        /** Those of the table in {@code psee_raw_file_header.cpp}; numbers are of {@code device_system_id.h}. */
        Optional<SensorSize> size() {
            return switch ((int) number) {
                case 0x15, 0x1c, 0x17, 0x97, 0x19, 0x99, 0x1d, 0x23, 0x21, 0xa1, 0x22, 0xa2, 0x29, 0x28 ->
                    Optional.of(VGA);
                case 0x1a, 0x1e, 0x2e, 0x1f, 0x27, 0x30, 0x32, 0x31 -> Optional.of(HD);
                default -> Optional.empty();
            };
        }

        Optional<Evt> evt() {
            return switch ((int) number) {
                case 0x15, 0x1c, 0x17, 0x97, 0x19, 0x99, 0x1d, 0x23, 0x21, 0xa1, 0x22, 0xa2, 0x29, 0x1a, 0x1f, 0x27 ->
                    Optional.of(Evt.EVT2);
                case 0x1e, 0x2e, 0x28, 0x30, 0x32, 0x31 -> Optional.of(Evt.EVT3);
                default -> Optional.empty();
            };
        }
    }
}
