package org.spikemeter.dvs.format.aedat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.io.EventInput;

/**
 * How the addresses of a recording of AEDAT 2 are laid out, and how large the sensor was.
 *
 * @param layout of the addresses
 * @param size of the sensor, from which columns and rows are counted backwards
 * @param guess how the size was found where neither the header nor the user said it; empty else
 */
record Aedat2Camera(Aedat2Layout layout, SensorSize size, String guess) {
    static final String DAVIS_VARIANT = "davis";

    private static final List<Chip> GUESSES = List.of(Chip.DAVIS240, Chip.DAVIS346, Chip.DAVIS640);
    /** Words that are looked at ahead; they stay in memory while the first ones are read. */
    private static final int SURVEY_WORDS = 1 << 18;
    /** The same of what comes through a pipe, which may pause. */
    private static final int PIPE_SURVEY_WORDS = 1 << 10;
    private static final int WORD_BYTES = 8;

    /** The names of variants, and what each stands for; {@link #DAVIS_VARIANT} leaves the size open. */
    static List<String> variants() {
        return List.of(DAVIS_VARIANT, "davis240", "davis346", "davis640", "dvs128", "dvs640", "cifar10");
    }

    /**
     * From what the user says, the header, and the words that follow, in this order.
     *
     * @param in at the first word; stays there
     */
    static Aedat2Camera find(final EventInput in, final String header, final Optional<String> variant)
        throws IOException {
        final Optional<Chip> named = Chip.named(header);
        final Optional<SensorSize> said = Chip.size(header);
        if (variant.isPresent()) {
            return asked(in, variant.get(), said.or(() -> named.map(Chip::size)));
        }
        final Aedat2Layout layout = named.isPresent() ? named.get().layout()
            : said.isPresent() ? Aedat2Layout.DAVIS : survey(in).layout();
        return layout == Aedat2Layout.DAVIS ? davis(in, said.or(() -> named.map(Chip::size)))
            : new Aedat2Camera(layout, fixed(layout), "");
    }

    private static Aedat2Camera asked(final EventInput in, final String variant, final Optional<SensorSize> known)
        throws IOException {
        return switch (variant) {
            case DAVIS_VARIANT -> davis(in, known);
            case "davis240" -> new Aedat2Camera(Aedat2Layout.DAVIS, Chip.DAVIS240.size(), "");
            case "davis346" -> new Aedat2Camera(Aedat2Layout.DAVIS, Chip.DAVIS346.size(), "");
            case "davis640" -> new Aedat2Camera(Aedat2Layout.DAVIS, Chip.DAVIS640.size(), "");
            default -> new Aedat2Camera(layout(variant), fixed(layout(variant)), "");
        };
    }

    /** The layout that a variant stands for. */
    static Aedat2Layout layout(final String variant) {
        return switch (variant) {
            case "dvs128" -> Aedat2Layout.DVS128;
            case "dvs640" -> Aedat2Layout.DVS640;
            case "cifar10" -> Aedat2Layout.CIFAR10;
            default -> Aedat2Layout.DAVIS;
        };
    }

    /** The size of sensors whose layout there is for one sensor only. */
    static SensorSize fixed(final Aedat2Layout layout) {
        return layout == Aedat2Layout.DVS640 ? Chip.DVS640.size() : Chip.DVS128.size();
    }

    private static Aedat2Camera davis(final EventInput in, final Optional<SensorSize> known) throws IOException {
        if (known.isPresent()) {
            return new Aedat2Camera(Aedat2Layout.DAVIS, known.get(), "");
        }
        final Survey survey = survey(in);
        final String guess = "the header names no sensor; guessed from the first " + survey.words + " words";
        for (final Chip chip : GUESSES) {
            if (chip.size().contains(survey.maxX, survey.maxY)) {
                return new Aedat2Camera(Aedat2Layout.DAVIS, chip.size(), guess);
            }
        }
        return new Aedat2Camera(Aedat2Layout.DAVIS,
            new SensorSize(Aedat2Layout.DAVIS.xMask + 1, Aedat2Layout.DAVIS.yMask + 1), guess);
    }

    private static Survey survey(final EventInput in) throws IOException {
        in.ensure((in.remaining() < 0 ? PIPE_SURVEY_WORDS : SURVEY_WORDS) * WORD_BYTES);
        final Survey survey = new Survey();
        final byte[] bytes = in.array();
        for (int at = in.at(); at + WORD_BYTES <= in.limit(); at += WORD_BYTES) {
            survey.add(Integer.reverseBytes((int) EventInput.INT.get(bytes, at)));
        }
        return survey;
    }

    /** What the first words tell about the layout, and about the size where it is that of a DAVIS. */
    private static final class Survey {
        private int words;
        private int maxX;
        private int maxY;
        private int bits;
        private boolean isDavis = true;

        void add(final int address) {
            words++;
            if ((address & 1 << 31) != 0) {
                return;
            }
            bits |= address;
            final boolean isExternal = (address & Aedat2Layout.DAVIS_EXTERNAL) != 0;
            isDavis &= (address & Aedat2Layout.DAVIS_UNUSED) == 0
                || isExternal && address < 2 * Aedat2Layout.DAVIS_EXTERNAL;
            if (!isExternal) {
                maxX = Math.max(maxX, Aedat2Layout.DAVIS.x(address));
                maxY = Math.max(maxY, Aedat2Layout.DAVIS.y(address));
            }
        }

        Aedat2Layout layout() {
            if (isDavis) {
                return Aedat2Layout.DAVIS;
            }
            return bits >>> 16 == 0 ? Aedat2Layout.DVS128 : Aedat2Layout.DVS640;
        }
    }
}
