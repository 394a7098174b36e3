package org.spikemeter.dvs.format.aedat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWriter;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.io.EventOutput;
import org.spikemeter.engine.FormatException;

/**
 * Writes {@link Aedat2Format}. Where the first address begins with '#', which readers that do not know the last line of
 * the header take for another line of it, an external input is put in front; jAER and v2e drop such an event instead.
 */
final class Aedat2Writer implements EventWriter {
    private final EventOutput out;
    private final Aedat2Addresses addresses;
    private final TimeWraps wraps = new TimeWraps();
    private long events;

    private Aedat2Writer(final EventOutput out, final Aedat2Addresses addresses) {
        this.out = out;
        this.addresses = addresses;
    }

    static Aedat2Writer begin(final EventOutput out, final Optional<SensorSize> size, final String variant)
        throws IOException {
        final SensorSize sensor = size.orElseThrow(() -> new IllegalArgumentException(out.name()
            + ": AEDAT 2 needs the size of the sensor, expected one"));
        final Aedat2Writer writer =
            new Aedat2Writer(out, Aedat2Addresses.of(out.name() + ": AEDAT 2", variant, sensor));
        writer.header();
        return writer;
    }

    private void header() throws IOException {
        final Aedat2Layout layout = addresses.layout();
        final SensorSize size = addresses.size();
        final String chip = Chip.of(layout, size).map(Chip::className)
            .orElse(layout == Aedat2Layout.DAVIS ? "DAVIS" : Chip.DVS128.className());
        for (final String line : new String[] {
            AedatHeader.VERSION + "2.0",
            "# This is a raw AE data file, written by Spikemeter",
            "# Data format is int32 address, int32 timestamp (8 bytes total), repeated for each event",
            "# Timestamps tick is 1 us",
            "# AEChip: " + chip,
            "# Events of a " + Chip.sizeText(size),
            "#End Of ASCII Header"}) {
            out.put(line + AedatHeader.LINE_END);
        }
    }

    @Override
    public void write(final EventBatch batch) throws IOException {
        final SensorSize size = addresses.size();
        for (int i = 0; i < batch.size(); i++) {
            final int x = batch.x(i);
            final int y = batch.y(i);
            if (!size.contains(x, y)) {
                throw new FormatException(out.name() + ": event " + events + " is at x " + x + ", y " + y
                    + ": expected it within the sensor of " + size + " pixels");
            }
            final int time = time(batch.micros(i));
            final int address = addresses.address(batch.word(i));
            if (events == 0 && address >>> 24 == '#') {
                put(Aedat2Layout.DAVIS_EXTERNAL, time);
            }
            put(address, time);
            events++;
        }
    }

    /** The lower 32 bits, where the way back is sure. */
    private int time(final long micros) throws FormatException {
        final int raw = (int) micros;
        final int region = raw >>> TimeWraps.REGION_SHIFT;
        final long added = region == wraps.region() ? wraps.added() : wraps.enter(region);
        if (added + raw != micros) {
            throw new FormatException(out.name() + ": event " + events + " is at " + micros + " us: AEDAT 2 holds"
                + (events == 0 ? " a first time of " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE + " us"
                    : " no such step from the event before, since its times wrap after 35 minutes"));
        }
        return raw;
    }

    private void put(final int address, final int time) throws IOException {
        final ByteBuffer bytes = out.buffer(Aedat2Format.RECORD_BYTES);
        bytes.putInt(Integer.reverseBytes(address)).putInt(Integer.reverseBytes(time));
    }

    @Override
    public void finish() {
        // nothing stands behind the last event
    }
}
