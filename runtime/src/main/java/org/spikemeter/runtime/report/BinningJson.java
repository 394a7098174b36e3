package org.spikemeter.runtime.report;

import org.spikemeter.runtime.input.BinnedRecording;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What came of a recording, as JSON. */
final class BinningJson {
    private BinningJson() {
    }

    /** Adds it. */
    static void add(final ObjectNode json, final BinnedRecording recording) {
        json.put("format", recording.format());
        if (recording.size().isPresent()) {
            json.putObject("size").put("width", recording.size().get().width())
                .put("height", recording.size().get().height());
        } else {
            json.putNull("size");
        }
        final ArrayNode changes = json.putArray("changes");
        for (final BinnedRecording.Change change : recording.changes()) {
            changes.addObject().put("name", change.name()).put("passed", change.passed())
                .put("removed", change.removed());
        }
        json.putObject("binning").put("name", recording.binning()).put("repeated", recording.repeated())
            .put("fit", recording.fit()).put("steps", recording.steps()).put("events", recording.events())
            .put("merged", recording.merged()).put("leftOut", recording.leftOut()).put("late", recording.late());
        json.putObject("density").put("positions", recording.positions()).put("channels", recording.channels());
        recording.warnings().forEach(json.putArray("warnings")::add);
    }
}
