package org.spikemeter.dvs.format.hdf5;

import io.jhdf.FractalHeap;
import io.jhdf.GroupSymbolTableNode;
import io.jhdf.LocalHeap;
import io.jhdf.ObjectHeader;
import io.jhdf.Superblock;
import io.jhdf.SymbolTableEntry;
import io.jhdf.Utils;
import io.jhdf.btree.BTreeV1;
import io.jhdf.btree.BTreeV2;
import io.jhdf.btree.record.LinkNameForIndexedGroupRecord;
import io.jhdf.dataset.DatasetReader;
import io.jhdf.object.message.AttributeMessage;
import io.jhdf.object.message.DataSpaceMessage;
import io.jhdf.object.message.LinkInfoMessage;
import io.jhdf.object.message.LinkMessage;
import io.jhdf.object.message.Message;
import io.jhdf.object.message.SymbolTableMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A group or a data set. The library's own tree reads whatever is beside the way as well, and only from a file or from
 * memory; this one goes where it is sent, through {@link Hdf5Storage}. Links that are not hard lead nowhere. Damage is
 * thrown as {@link Hdf5Damage} expects it.
 */
final class Hdf5Object {
    /** Bytes that an attribute may have. */
    private static final int MAX_ATTRIBUTE = 4096;

    private final Hdf5Storage storage;
    private final String path;
    private final ObjectHeader header;

    private Hdf5Object(final Hdf5Storage storage, final String path, final long address) {
        this.storage = storage;
        this.path = path;
        this.header = ObjectHeader.readObjectHeader(storage, address);
    }

    /** The group that all others are in. */
    static Hdf5Object root(final Hdf5Storage storage) {
        final long address = switch (storage.getSuperblock()) {
            case Superblock.SuperblockV0V1 old -> new SymbolTableEntry(
                storage, old.getRootGroupSymbolTableAddress() - old.getBaseAddressByte()).getObjectHeaderAddress();
            case Superblock.SuperblockV2V3 young -> young.getRootGroupObjectHeaderAddress();
            default -> throw new IllegalStateException("unknown superblock");
        };
        return new Hdf5Object(storage, "", address);
    }

    Hdf5Storage storage() {
        return storage;
    }

    /** File and place, for messages. */
    String place() {
        return storage.name() + ": " + (path.isEmpty() ? "/" : path);
    }

    boolean isDataset() {
        return header.hasMessageOfType(DataSpaceMessage.class);
    }

    /** Part of what is known about it. */
    <T extends Message> T message(final Class<T> type) {
        return header.getMessageOfType(type);
    }

    /** Part of what is known about it, where there is one. */
    <T extends Message> Optional<T> optionalMessage(final Class<T> type) {
        return header.getMessagesOfType(type).stream().findFirst();
    }

    /** Follows names from here on; empty where one is missing. */
    Optional<Hdf5Object> find(final String names) {
        Optional<Hdf5Object> found = Optional.of(this);
        for (final String name : names.split("/")) {
            found = found.flatMap(object -> Optional.ofNullable(object.children().get(name)).map(address ->
                new Hdf5Object(storage, object.path + "/" + name, address)));
        }
        return found;
    }

    /** Addresses of the members by their names; none of a data set. */
    Map<String, Long> children() {
        if (header.hasMessageOfType(SymbolTableMessage.class)) {
            return symbols(message(SymbolTableMessage.class));
        }
        final Map<String, Long> children = new LinkedHashMap<>();
        for (final LinkMessage link : links()) {
            if (link.getLinkType() == LinkMessage.LinkType.HARD) {
                children.put(link.getLinkName(), link.getHardLinkAddress());
            }
        }
        return children;
    }

    private Map<String, Long> symbols(final SymbolTableMessage table) {
        final Map<String, Long> children = new LinkedHashMap<>();
        final ByteBuffer names = new LocalHeap(storage, table.getLocalHeapAddress()).getDataBuffer();
        for (final long node : BTreeV1.createGroupBTree(storage, table.getBTreeAddress()).getChildAddresses()) {
            for (final SymbolTableEntry entry : new GroupSymbolTableNode(storage, node).getSymbolTableEntries()) {
                // 2 is a link that is not hard
                if (entry.getCacheType() != 2) {
                    children.put(Utils.readUntilNull(names.position(entry.getLinkNameOffset())),
                        entry.getObjectHeaderAddress());
                }
            }
        }
        return children;
    }

    private List<LinkMessage> links() {
        final Optional<LinkInfoMessage> info = optionalMessage(LinkInfoMessage.class);
        if (info.isEmpty() || info.get().getBTreeNameIndexAddress() == -1) {
            return header.getMessagesOfType(LinkMessage.class);
        }
        final FractalHeap heap = new FractalHeap(storage, info.get().getFractalHeapAddress());
        final List<LinkMessage> links = new ArrayList<>();
        for (final LinkNameForIndexedGroupRecord entry : new BTreeV2<LinkNameForIndexedGroupRecord>(
            storage, info.get().getBTreeNameIndexAddress()).getRecords()) {
            links.add(LinkMessage.fromBuffer(heap.getId(entry.getId()), storage.getSuperblock()));
        }
        return links;
    }

    /** A single value that lies in the header, as attributes do but where there are very many; empty where not. */
    Optional<Object> attribute(final String name) {
        for (final AttributeMessage attribute : header.getMessagesOfType(AttributeMessage.class)) {
            final boolean single = attribute.getDataSpace().getTotalLength() == 1
                && attribute.getDataType().getSize() <= MAX_ATTRIBUTE && attribute.getDataBuffer() != null;
            if (single && attribute.getName().equals(name)) {
                return Optional.ofNullable(DatasetReader.readDataset(
                    attribute.getDataType(), attribute.getDataBuffer(), new int[0], storage));
            }
        }
        return Optional.empty();
    }
}
