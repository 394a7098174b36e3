package org.spikemeter.engine.importer.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.spikemeter.engine.FormatException;

/** Counts the messages of a model before they become objects: one of two bytes becomes two hundred. */
final class OnnxMessages {
    private static final int MAX_MESSAGES = 400_000;
    /** Fields that are messages, of a model, its graph, and a node. */
    private static final Set<Integer> OF_MODEL = Set.of(7);
    private static final int NODE = 1;
    private static final Set<Integer> OF_GRAPH = Set.of(NODE, 5, 11, 12, 13);
    private static final Set<Integer> OF_NODE = Set.of(5);

    private final Path file;
    private final CodedInputStream in;
    private int messages;

    private OnnxMessages(final Path file, final byte[] bytes) {
        this.file = file;
        this.in = CodedInputStream.newInstance(bytes);
    }

    /**
     * Refuses a model of too many.
     *
     * @throws IOException where it is no protobuf
     */
    static void check(final Path file, final byte[] bytes) throws IOException {
        new OnnxMessages(file, bytes).count(OF_MODEL);
    }

    private void count(final Set<Integer> inner) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            final int field = WireFormat.getTagFieldNumber(tag);
            if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED || !inner.contains(field)) {
                in.skipField(tag);
                continue;
            }
            messages++;
            if (messages > MAX_MESSAGES) {
                throw new FormatException(file + ": byte " + in.getTotalBytesRead() + ": more than " + MAX_MESSAGES
                    + " nodes, attributes, tensors and values");
            }
            final int end = in.pushLimit(in.readRawVarint32());
            if (inner == OF_MODEL || inner == OF_GRAPH && field == NODE) {
                count(inner == OF_MODEL ? OF_GRAPH : OF_NODE);
            }
            in.skipRawBytes(in.getBytesUntilLimit());
            in.popLimit(end);
        }
    }
}
