package org.spikemeter.dvs.format.hdf5;

import io.jhdf.ObjectHeader;
import io.jhdf.Superblock;
import io.jhdf.dataset.chunked.Chunk;
import io.jhdf.dataset.chunked.indexing.ChunkImpl;
import io.jhdf.dataset.chunked.indexing.FixedArrayIndexWriter;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.message.DataLayoutMessage.ChunkedDataLayoutMessageV4;
import io.jhdf.object.message.DataSpace;
import io.jhdf.object.message.DataSpaceMessage;
import io.jhdf.object.message.DataTypeMessage;
import io.jhdf.object.message.FillValueMessage;
import io.jhdf.object.message.FilterPipelineMessage;
import io.jhdf.object.message.GroupInfoMessage;
import io.jhdf.object.message.LinkInfoMessage;
import io.jhdf.object.message.LinkMessage;
import io.jhdf.object.message.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.zip.Deflater;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.EventWriter;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.array.TableOrder;
import org.spikemeter.dvs.format.io.EventOutput;
import org.spikemeter.dvs.format.io.WriteCheck;

/**
 * Writes the layout of v2e: {@code /events}, uint32 [N, 4] of t, x, y, p, deflated. Chunks go into the file as they get
 * full; what tells the way to them follows at the end, and the superblock in front of all is written over. The library
 * makes the messages; HDF5 1.10 or later reads them (layout version 4).
 */
final class Hdf5EventWriter implements EventWriter {
    private static final int SUPERBLOCK_BYTES = 48;
    private static final int CHUNK_ROWS = 1 << 14;
    private static final int ROW_BYTES = TableOrder.COLUMNS * Integer.BYTES;
    private static final int CHUNK_BYTES = CHUNK_ROWS * ROW_BYTES;
    private static final long MAX_MICROS = 0xffff_ffffL;
    private static final int DEFLATE = 1;
    private static final int LEVEL = 4;
    private static final int MIN_PAGE_BITS = 10;
    private static final long NOWHERE = -1;

    private final EventOutput out;
    private final WriteCheck check;
    private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final byte[] packed = new byte[2 * CHUNK_BYTES];
    private final List<Chunk> chunks = new ArrayList<>();

    Hdf5EventWriter(final EventOutput out) throws IOException {
        out.requireSeekable();
        this.out = out;
        this.check = WriteCheck.within(out.name(), "v2e's layout of HDF5", SensorSize.LARGEST, 0, MAX_MICROS);
        out.put(new byte[SUPERBLOCK_BYTES]);
    }

    @Override
    public void write(final EventBatch batch) throws IOException {
        final long[] micros = batch.microsArray();
        final int[] words = batch.wordArray();
        for (int i = 0; i < batch.size(); i++) {
            final long time = micros[i];
            final int word = words[i];
            check.next(time, word);
            chunk.putInt((int) time).putInt(EventWord.x(word)).putInt(EventWord.y(word))
                .putInt(EventWord.polarity(word));
            if (!chunk.hasRemaining()) {
                flush();
            }
        }
    }

    /** Chunks have their full length, whatever of it counts. */
    private void flush() throws IOException {
        while (chunk.hasRemaining()) {
            chunk.putInt(0);
        }
        final Deflater deflater = new Deflater(LEVEL);
        deflater.setInput(chunk.clear());
        deflater.finish();
        final int count = deflater.deflate(packed);
        deflater.end();
        final long row = (long) chunks.size() * CHUNK_ROWS;
        chunks.add(new ChunkImpl(out.offset(), count, new long[] {row, 0}, new BitSet()));
        out.put(packed, 0, count);
        chunk.clear();
    }

    @Override
    public void finish() throws IOException {
        if (chunk.position() > 0) {
            flush();
        }
        final int pageBits = Math.max(MIN_PAGE_BITS, Integer.SIZE - Integer.numberOfLeadingZeros(chunks.size()));
        final long index = chunks.isEmpty() ? NOWHERE : out.offset();
        if (!chunks.isEmpty()) {
            put(FixedArrayIndexWriter.createFixedArray(chunks, index, CHUNK_BYTES, true, pageBits));
        }
        final long dataset = put(List.of(
            DataTypeMessage.create(new FixedPoint(Integer.BYTES, false)),
            DataSpaceMessage.create(DataSpace.modifyDimensions(
                DataSpace.fromObject(new int[1][TableOrder.COLUMNS]), new long[] {check.events(), TableOrder.COLUMNS})),
            FillValueMessage.NO_FILL,
            FilterPipelineMessage.create(
                List.of(new FilterPipelineMessage.FilterInfo(DEFLATE, "deflate", false, new int[] {LEVEL}))),
            ChunkedDataLayoutMessageV4.createFixedArray(
                index, new int[] {CHUNK_ROWS, TableOrder.COLUMNS, Integer.BYTES}, pageBits)));
        final long root = put(List.of(GroupInfoMessage.createBasic(), LinkInfoMessage.createBasic(),
            LinkMessage.create("events", dataset)));
        final byte[] superblock = bytes(new Superblock.SuperblockV2V3(0, root).toBuffer(out.offset()));
        out.patch(0, superblock);
    }

    /** Writes what belongs to an object; returns where. */
    private long put(final List<Message> messages) throws IOException {
        final long at = out.offset();
        put(new ObjectHeader.ObjectHeaderV2(at, messages).toBuffer());
        return at;
    }

    private void put(final ByteBuffer buffer) throws IOException {
        out.put(bytes(buffer));
    }

    private static byte[] bytes(final ByteBuffer buffer) {
        final byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
