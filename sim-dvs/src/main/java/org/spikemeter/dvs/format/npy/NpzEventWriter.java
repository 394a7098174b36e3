package org.spikemeter.dvs.format.npy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWriter;
import org.spikemeter.dvs.format.io.EventOutput;
import org.spikemeter.engine.importer.npy.NpyWriter;
import org.spikemeter.engine.importer.npy.NpzWriter;

/**
 * Writes {@link NpzFormat}: the arrays t, x, y, p of 64-bit integers, as SpikingJelly saves them. One array follows the
 * other in the archive, each with its check sum in front where it is stored, so the events wait in a temporary file.
 */
final class NpzEventWriter implements EventWriter {
    private enum Part { T, X, Y, P }

    private final EventOutput out;
    private final int method;
    private final EventSpool spool = EventSpool.create();
    private final EventBatch batch = new EventBatch();
    private final ByteBuffer numbers =
        ByteBuffer.allocate(EventBatch.DEFAULT_CAPACITY * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);

    /**
     * Begins an archive.
     *
     * @param method of {@link ZipEntry}: stored, or deflated
     */
    NpzEventWriter(final EventOutput out, final int method) throws IOException {
        this.out = out;
        this.method = method;
    }

    @Override
    public void write(final EventBatch events) throws IOException {
        spool.add(events);
    }

    @Override
    public void finish() throws IOException {
        final byte[] header = NpyWriter.header("'<i8'", spool.events());
        final Map<Part, CRC32> sums = method == ZipEntry.STORED ? sums(header) : Map.of();
        final ZipOutputStream zip = new ZipOutputStream(new Unclosed(out));
        for (final Part part : Part.values()) {
            final ZipEntry entry = entry(part);
            if (method == ZipEntry.STORED) {
                entry.setCrc(sums.get(part).getValue());
                entry.setSize(header.length + spool.events() * Long.BYTES);
            }
            zip.putNextEntry(entry);
            write(header, part, zip);
            zip.closeEntry();
        }
        zip.finish();
    }

    @Override
    public void close() throws IOException {
        spool.close();
    }

    private ZipEntry entry(final Part part) {
        final ZipEntry entry = new ZipEntry(part.name().toLowerCase(Locale.ROOT) + ".npy");
        entry.setMethod(method);
        entry.setTimeLocal(NpzWriter.TIMESTAMP);
        return entry;
    }

    private Map<Part, CRC32> sums(final byte[] header) throws IOException {
        final Map<Part, CRC32> sums = new EnumMap<>(Part.class);
        for (final Part part : Part.values()) {
            final CRC32 sum = new CRC32();
            sum.update(header);
            sums.put(part, sum);
        }
        spool.rewind();
        while (spool.read(batch)) {
            for (final Part part : Part.values()) {
                convert(part);
                sums.get(part).update(numbers.array(), 0, numbers.position());
            }
        }
        return sums;
    }

    private void write(final byte[] header, final Part part, final OutputStream into) throws IOException {
        into.write(header);
        spool.rewind();
        while (spool.read(batch)) {
            convert(part);
            into.write(numbers.array(), 0, numbers.position());
        }
    }

    private void convert(final Part part) {
        numbers.clear();
        for (int i = 0; i < batch.size(); i++) {
            numbers.putLong(switch (part) {
                case T -> batch.micros(i);
                case X -> batch.x(i);
                case Y -> batch.y(i);
                case P -> batch.polarity(i);
            });
        }
    }

    /** The caller closes what the archive goes to. */
    private static final class Unclosed extends OutputStream {
        private final EventOutput out;

        Unclosed(final EventOutput out) {
            this.out = out;
        }

        @Override
        public void write(final int one) throws IOException {
            out.buffer(1).put((byte) one);
        }

        @Override
        public void write(final byte[] bytes, final int from, final int length) throws IOException {
            out.put(bytes, from, length);
        }
    }
}
