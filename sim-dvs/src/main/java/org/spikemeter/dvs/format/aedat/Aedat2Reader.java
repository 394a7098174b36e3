package org.spikemeter.dvs.format.aedat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.FrameTimes;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.io.EventInput;
import org.spikemeter.dvs.format.io.InputReader;
import org.spikemeter.dvs.format.io.ReadWarnings;

/** Reads {@link Aedat2Format}. */
final class Aedat2Reader extends InputReader {
    private final Aedat2Camera camera;
    private final Aedat2Addresses addresses;
    private final Aedat2Others others;
    private final TimeWraps wraps = new TimeWraps();

    private Aedat2Reader(final EventInput in, final Aedat2Camera camera) {
        super(in);
        this.camera = camera;
        this.addresses = new Aedat2Addresses(camera.layout(), camera.size());
        this.others = new Aedat2Others(camera);
    }

    static Aedat2Reader open(final EventInput in, final Optional<String> variant) throws IOException {
        final String header = AedatHeader.read(in, Aedat2Format.HEADER_END);
        if (!header.startsWith(AedatHeader.VERSION + "2.")) {
            throw in.failure(0, "found no " + AedatHeader.VERSION + "2.0, expected AEDAT 2");
        }
        return new Aedat2Reader(in, Aedat2Camera.find(in, header, variant));
    }

    @Override
    public String format() {
        return "AEDAT 2 (" + camera.layout().name().toLowerCase(Locale.ROOT) + ")";
    }

    @Override
    public Optional<SensorSize> size() {
        return Optional.of(camera.size());
    }

    @Override
    public boolean read(final EventBatch into) throws IOException {
        into.clear();
        while (into.size() < into.capacity() && in.ensure(Aedat2Format.RECORD_BYTES)) {
            final int records =
                Math.min(into.capacity() - into.size(), (in.limit() - in.at()) / Aedat2Format.RECORD_BYTES);
            decode(in.array(), in.at(), records, into);
            in.advance(records * Aedat2Format.RECORD_BYTES);
        }
        if (into.isEmpty()) {
            leaveOutTail("word", Aedat2Format.RECORD_BYTES);
        }
        return !into.isEmpty();
    }

    private void decode(final byte[] bytes, final int from, final int records, final EventBatch into) {
        final Aedat2Addresses decoder = addresses;
        final long[] micros = into.microsArray();
        final int[] words = into.wordArray();
        int region = wraps.region();
        long added = wraps.added();
        int events = into.size();
        for (int record = 0, at = from; record < records; record++, at += Aedat2Format.RECORD_BYTES) {
            final int address = Integer.reverseBytes((int) EventInput.INT.get(bytes, at));
            final int time = Integer.reverseBytes((int) EventInput.INT.get(bytes, at + Integer.BYTES));
            if (time >>> TimeWraps.REGION_SHIFT != region) {
                region = time >>> TimeWraps.REGION_SHIFT;
                added = wraps.enter(region);
            }
            final int word = decoder.word(address);
            if (word >= 0) {
                micros[events] = added + time;
                words[events] = word;
                events++;
            } else if (word == Aedat2Addresses.OTHER) {
                others.add(address, added + time);
            } else {
                outside(address, at - from);
            }
        }
        into.setSize(events);
    }

    private void outside(final int address, final int bytes) {
        if (warnings.isFirst(ReadWarnings.OUTSIDE_AREA)) {
            warnings.add(ReadWarnings.OUTSIDE_AREA, in.offset() + bytes, "found column "
                + camera.layout().x(address) + " and row " + camera.layout().y(address)
                + " from the lower right, expected less than " + camera.size()
                + (camera.guess().isEmpty() ? "" : "; " + camera.guess() + ", a variant such as davis346 says it"));
        }
    }

    @Override
    public FrameTimes frameTimes() {
        return others.frameTimes();
    }

    @Override
    public List<String> notes() {
        final List<String> notes = new ArrayList<>(others.notes());
        if (!camera.guess().isEmpty()) {
            notes.add("sensor of " + camera.size() + " pixels: " + camera.guess());
        }
        return notes;
    }
}
