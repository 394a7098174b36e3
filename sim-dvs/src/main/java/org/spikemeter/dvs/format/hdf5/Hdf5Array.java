package org.spikemeter.dvs.format.hdf5;

import io.jhdf.dataset.chunked.Chunk;
import io.jhdf.dataset.chunked.DatasetInfo;
import io.jhdf.object.datatype.CompoundDataType;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.message.DataLayoutMessage;
import io.jhdf.object.message.DataLayoutMessage.ChunkedDataLayoutMessage;
import io.jhdf.object.message.DataLayoutMessage.ChunkedDataLayoutMessageV4;
import io.jhdf.object.message.DataLayoutMessage.CompactDataLayoutMessage;
import io.jhdf.object.message.DataLayoutMessage.ContiguousDataLayoutMessage;
import io.jhdf.object.message.DataSpaceMessage;
import io.jhdf.object.message.DataTypeMessage;
import io.jhdf.object.message.FilterPipelineMessage;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.spikemeter.dvs.format.array.Column;
import org.spikemeter.dvs.format.array.RowInput;
import org.spikemeter.dvs.format.array.StreamRows;
import org.spikemeter.dvs.format.hdf5.filter.ChunkFilters;
import org.spikemeter.dvs.format.hdf5.filter.DamagedChunkException;
import org.spikemeter.dvs.format.io.EventInput;
import org.spikemeter.dvs.format.io.ReadWarnings;
import org.spikemeter.engine.FormatException;

/** A data set [N] or [N, columns] of numbers or records, and its rows. */
final class Hdf5Array {
    /** Bytes that an unpacked chunk may have: four are in memory at once. */
    private static final long MAX_CHUNK_BYTES = 64L << 20;
    private static final int MAX_ELEMENT_BYTES = 4096;

    private final Hdf5Object dataset;
    private final DataType type;
    private final long[] shape;

    private Hdf5Array(final Hdf5Object dataset) {
        this.dataset = dataset;
        this.type = dataset.message(DataTypeMessage.class).getDataType();
        this.shape = dataset.message(DataSpaceMessage.class).getDataSpace().getDimensionsAsLong();
    }

    /** What a data set is; empty for a group. */
    static Optional<Hdf5Array> of(final Hdf5Object object) {
        return object.isDataset() ? Optional.of(new Hdf5Array(object)) : Optional.empty();
    }

    /** True for [N]. */
    boolean isList() {
        return shape.length == 1;
    }

    /** True for [N, columns]. */
    boolean isTable(final int columns) {
        return shape.length == 2 && shape[1] == columns;
    }

    /** N; 1 for a single element. */
    long rows() {
        return shape.length == 0 ? 1 : shape[0];
    }

    /** The number that each element is. */
    Optional<Hdf5Number> number() {
        return Hdf5Number.of(type, 0);
    }

    /** The numbers that each element has, by their names; none where it is no record. */
    Map<String, Hdf5Number> members() {
        return type instanceof CompoundDataType record ? Hdf5Number.members(record) : Map.of();
    }

    /** The only number of a data set that has no more. */
    Optional<Column> single(final ReadWarnings warnings) throws FormatException {
        final boolean one = rows() == 1 && shape.length < 2 && number().isPresent();
        return one ? Optional.of(number().get().in(list(warnings))) : Optional.empty();
    }

    private DataLayoutMessage layout() {
        return dataset.message(DataLayoutMessage.class);
    }

    /** Rows of a list. */
    RowInput list(final ReadWarnings warnings) throws FormatException {
        checkElement();
        return switch (layout()) {
            case CompactDataLayoutMessage compact -> compact(compact, 1, warnings);
            case ContiguousDataLayoutMessage contiguous -> contiguous(contiguous, 1, warnings);
            default -> chunks(1, warnings).getFirst();
        };
    }

    /** Columns of a table of numbers. */
    List<Column> table(final ReadWarnings warnings) throws FormatException {
        checkElement();
        final int columns = (int) shape[1];
        final List<RowInput> rows = switch (layout()) {
            case CompactDataLayoutMessage compact -> List.of(compact(compact, columns, warnings));
            case ContiguousDataLayoutMessage contiguous -> List.of(contiguous(contiguous, columns, warnings));
            default -> chunks(columns, warnings);
        };
        // each of the inputs has as many columns as the others
        final int together = columns / rows.size();
        final List<Column> found = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            found.add(number().orElseThrow().movedBy(i % together * type.getSize()).in(rows.get(i / together)));
        }
        return found;
    }

    private void checkElement() throws FormatException {
        if (type.getSize() < 1 || type.getSize() > MAX_ELEMENT_BYTES || rows() < 0) {
            throw new FormatException(dataset.place() + ": has the shape " + Arrays.toString(shape)
                + " of elements of " + type.getSize() + " bytes, expected 1 to " + MAX_ELEMENT_BYTES);
        }
    }

    private RowInput compact(
        final CompactDataLayoutMessage layout, final int columns, final ReadWarnings warnings) {
        final byte[] bytes = new byte[layout.getDataBuffer().remaining()];
        layout.getDataBuffer().get(bytes);
        return stream(new ByteArrayInputStream(bytes), 0, columns, warnings);
    }

    private RowInput contiguous(
        final ContiguousDataLayoutMessage layout, final int columns, final ReadWarnings warnings) {
        final long address = layout.getAddress();
        return stream(new StorageStream(dataset.storage(), address),
            address + dataset.storage().getUserBlockSize(), columns, warnings);
    }

    private RowInput stream(
        final InputStream in, final long start, final int columns, final ReadWarnings warnings) {
        return new StreamRows(
            EventInput.of(dataset.place(), in), start, columns * type.getSize(), rows(), warnings);
    }

    /** One input for each column of chunks: a chunk may have all columns of the table, or fewer. */
    private List<RowInput> chunks(final int columns, final ReadWarnings warnings) throws FormatException {
        final int[] sides = chunkSides();
        final int chunkColumns = sides.length == 2 ? sides[1] : 1;
        final long chunkBytes = (long) sides[0] * chunkColumns * type.getSize();
        final long count = Math.ceilDiv(shape[0], sides[0]);
        final long inputs = columns / chunkColumns;
        if (columns % chunkColumns != 0 || count > dataset.storage().maxEntries() / inputs) {
            throw new FormatException(dataset.place() + ": has chunks " + Arrays.toString(sides) + " for the shape "
                + Arrays.toString(shape) + ", expected fewer, which have all columns or an equal part of them");
        }
        final Collection<Chunk> all = switch (layout()) {
            case ChunkedDataLayoutMessage old -> ChunkTable.read(dataset.storage(), old, shape.length);
            case ChunkedDataLayoutMessageV4 young ->
                ChunkTable.read(dataset.storage(), young, new DatasetInfo((int) chunkBytes, shape, sides));
            default -> throw new FormatException(dataset.place() + ": has a layout that is not known");
        };
        final ChunkFilters filters = filters((int) chunkBytes);
        final List<RowInput> rows = new ArrayList<>();
        for (int i = 0; i < inputs; i++) {
            final ChunkTable table = ChunkTable.of(all, sides[0], i * chunkColumns, (int) count);
            rows.add(new ChunkRows(dataset.storage(), dataset.place(), table, sides[0],
                chunkColumns * type.getSize(), shape[0], filters, warnings));
        }
        return rows;
    }

    private int[] chunkSides() throws FormatException {
        final int[] claimed = switch (layout()) {
            case ChunkedDataLayoutMessage old -> old.getChunkDimensions();
            case ChunkedDataLayoutMessageV4 young -> young.getChunkDimensions();
            default -> new int[0];
        };
        // the newer layout has the size of an element as a last side
        final int[] sides = Arrays.copyOf(claimed, Math.min(claimed.length, shape.length));
        long bytes = type.getSize();
        for (final int side : sides) {
            bytes = side < 1 || bytes > MAX_CHUNK_BYTES ? Long.MAX_VALUE : bytes * side;
        }
        if (sides.length != shape.length || bytes > MAX_CHUNK_BYTES) {
            throw new FormatException(dataset.place() + ": has chunks " + Arrays.toString(claimed)
                + " of elements of " + type.getSize() + " bytes, expected " + shape.length + " sides and at most "
                + MAX_CHUNK_BYTES + " bytes");
        }
        return sides;
    }

    private ChunkFilters filters(final int chunkBytes) throws FormatException {
        try {
            return ChunkFilters.of(dataset.optionalMessage(FilterPipelineMessage.class)
                .map(FilterPipelineMessage::getFilters).orElse(List.of()), chunkBytes);
        } catch (final DamagedChunkException unknown) {
            throw new FormatException(dataset.place() + ": " + unknown.getMessage());
        }
    }
}
