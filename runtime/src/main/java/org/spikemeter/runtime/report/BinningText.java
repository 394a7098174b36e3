package org.spikemeter.runtime.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.spikemeter.runtime.audit.Audit;
import org.spikemeter.runtime.audit.AuditedClip;
import org.spikemeter.runtime.input.BinnedRecording;

/** What came of a recording, for a terminal. */
final class BinningText {
    private BinningText() {
    }

    /** One recording: its format, each change, its binning. */
    static List<String> lines(final BinnedRecording recording) {
        final List<String> lines = new ArrayList<>();
        lines.add("events   " + recording.format()
            + recording.size().map(size -> ", " + size)
                .orElse(", a sensor of unknown size, taken to be that of the input (--size says it)"));
        for (final BinnedRecording.Change change : recording.changes()) {
            lines.add("         " + change.name() + ": " + Units.grouped(change.passed()) + " passed, "
                + Units.grouped(change.removed()) + " removed");
        }
        lines.addAll(binning(recording, recording.steps(), recording.events(), recording.merged(),
            recording.leftOut(), recording.late()));
        return lines;
    }

    /** The recordings among the clips of an audit, together; none where there is none. */
    static List<String> lines(final Audit audit) {
        final List<BinnedRecording> all =
            audit.clips().stream().map(AuditedClip::recording).flatMap(Optional::stream).toList();
        if (all.isEmpty()) {
            return List.of();
        }
        if (all.size() == 1) {
            return lines(all.getFirst());
        }
        return binning(all.getFirst(), all.getFirst().steps(),
            all.stream().mapToLong(BinnedRecording::events).sum(),
            all.stream().mapToLong(BinnedRecording::merged).sum(),
            all.stream().mapToLong(BinnedRecording::leftOut).sum(),
            all.stream().mapToLong(BinnedRecording::late).sum());
    }

    private static List<String> binning(
        final BinnedRecording how, final int steps, final long events, final long merged, final long leftOut,
        final long late) {
        return List.of("binning  " + how.binning() + ", " + how.repeated() + ", " + how.fit() + ": " + steps
                + (steps == 1 ? " step, " : " steps, ") + Units.grouped(events) + " events in,",
            "         " + Units.grouped(merged) + " of them merged; " + Units.grouped(leftOut) + " left out, "
                + Units.grouped(late) + " late");
    }
}
