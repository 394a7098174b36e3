package org.spikemeter.engine.importer.onnx;

import ai.onnx.proto.OnnxMl;
import java.nio.file.Path;
import java.util.List;
import org.spikemeter.engine.FormatException;

/**
 * A node of a model, with messages that name file and node.
 *
 * @param file the model
 * @param proto the node
 */
record OnnxNode(Path file, OnnxMl.NodeProto proto) {
    /** Its name; where it has none, that of its output. */
    String name() {
        return !proto.getName().isEmpty() ? proto.getName() : proto.getOutputCount() == 0 ? "" : output();
    }

    String type() {
        return proto.getOpType();
    }

    /** Name of its first output. */
    String output() {
        return proto.getOutput(0);
    }

    List<String> inputs() {
        return proto.getInputList();
    }

    /** True where an input is given; optional ones may be left out, or empty. */
    boolean has(final int input) {
        return input < proto.getInputCount() && !proto.getInput(input).isEmpty();
    }

    /**
     * Name of an input.
     *
     * @throws FormatException where it is not given
     */
    String input(final int input) throws FormatException {
        if (!has(input)) {
            throw fail("has no input " + input);
        }
        return proto.getInput(input);
    }

    FormatException fail(final String what) {
        return new FormatException(file + ": node '" + name() + "' (" + type() + "): " + what);
    }

    private OnnxMl.AttributeProto attribute(final String name) {
        return proto.getAttributeList().stream().filter(a -> a.getName().equals(name)).findFirst().orElse(null);
    }

    boolean hasAttribute(final String name) {
        return attribute(name) != null;
    }

    long integer(final String name, final long otherwise) {
        return attribute(name) == null ? otherwise : attribute(name).getI();
    }

    float number(final String name, final float otherwise) {
        return attribute(name) == null ? otherwise : attribute(name).getF();
    }

    String text(final String name, final String otherwise) {
        return attribute(name) == null ? otherwise : attribute(name).getS().toStringUtf8();
    }

    List<Long> integers(final String name) {
        return attribute(name) == null ? List.of() : attribute(name).getIntsList();
    }
}
