package org.spikemeter.runtime.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.convention.ConventionResult;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.count.OperationCounts;
import org.spikemeter.engine.energy.EnergyEstimate;
import org.spikemeter.engine.energy.PriceModel;
import org.spikemeter.engine.energy.PriceModels;
import org.spikemeter.engine.io.AtomicFile;
import org.spikemeter.engine.log.EventLog;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Voting;
import org.spikemeter.runtime.audit.Audit;
import org.spikemeter.runtime.audit.AuditedClip;
import org.spikemeter.runtime.audit.ClipRecording;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The report of an audit: one page that needs nothing but itself, and the data behind it. The page's charts are drawn
 * by D3, which is written into it, from a JSON document in it.
 */
public final class AuditReport {
    /** Name of the page. */
    public static final String PAGE = "report.html";

    private static final String D3 = "/META-INF/resources/webjars/d3/7.9.0/dist/d3.min.js";
    private static final int FRAMES = 8;

    private AuditReport() {
    }

    /** Fails early where the folder could not be made or written. */
    public static void requireWritable(final Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            AtomicFile.requireWritable(folder.resolve(PAGE));
        } else if (Files.exists(folder)) {
            throw new FileSystemException(folder.toString(), null, "cannot write a report, this is no folder");
        } else if (!Files.isDirectory(folder.toAbsolutePath().getParent())) {
            throw new NoSuchFileException(folder.toString(), null, "cannot write a report, there is no folder "
                + folder.toAbsolutePath().getParent());
        }
    }

    /**
     * Writes page and data.
     *
     * @param folder made where it is not there
     * @param recording the first clip in full
     * @param command what was typed behind the program's name, to repeat it
     */
    public static void write(
        final Path folder, final Audit audit, final ClipRecording recording, final List<String> command)
        throws IOException {
        final ObjectNode json = AuditJson.of(audit);
        final String data = JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
        addPage(json.putObject("page"), audit, recording, command);
        final String page = resource("report.html")
            .replace("/*STYLE*/", resource("report.css"))
            // in a script element, only an end tag could end it
            .replace("\"DATA\"", JsonMapper.shared().writeValueAsString(json).replace("<", "\\u003c"))
            .replace("/*D3*/", resource(D3))
            .replace("/*SCRIPT*/", resource("report.js"));
        Files.createDirectories(folder);
        // the largest first: where it does not fit, nothing is left
        write(folder.resolve(PAGE), page);
        write(folder.resolve("audit.json"), data);
        write(folder.resolve("conventions.csv"), conventionsCsv(audit));
        write(folder.resolve("steps.csv"), stepsCsv(audit));
    }

    private static void write(final Path file, final String text) throws IOException {
        AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String resource(final String name) throws IOException {
        try (InputStream in = AuditReport.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void addPage(
        final ObjectNode page, final Audit audit, final ClipRecording recording, final List<String> command) {
        page.put("command", "./spikemeter " + String.join(" ", command));
        final EventLog log = recording.log();
        addActivity(page, audit);
        addParts(page.putArray("parts"), audit);
        addFrames(page.putArray("frames"), log);
        addOutput(page.putObject("output"), audit.network(), recording);
        addLearning(page, audit);
    }

    /** Means over the clips: input events a step, firing rates a layer and step. */
    private static void addActivity(final ObjectNode page, final Audit audit) {
        final List<OperationCounts.Entry> entries = audit.clips().getFirst().counts().entries();
        final ArrayNode events = page.putArray("inputEvents");
        for (int step = 0; step < audit.steps(); step++) {
            final int at = step;
            events.add(audit.over(clip ->
                clip.counts().entries().getFirst().counts().get(Operation.INPUT_EVENTS, at)).mean());
        }
        final ArrayNode layers = page.putArray("firing");
        for (int i = 0; i < entries.size(); i++) {
            final int index = i;
            final int layer = entries.get(i).outputLayer();
            if (audit.network().layers().get(layer) instanceof Layer.Neurons) {
                final double size = audit.network().outputOf(layer).size();
                final ArrayNode rates = layers.addObject().put("layer", audit.network().layers().get(layer).name())
                    .putArray("rates");
                for (int step = 0; step < audit.steps(); step++) {
                    final int at = step;
                    rates.add(audit.over(clip ->
                        clip.counts().entries().get(index).counts().get(Operation.SPIKES, at) / size).mean());
                }
            }
        }
    }

    /** Where the joules go, under the model that prices memory too. */
    private static void addParts(final ArrayNode parts, final Audit audit) {
        final PriceModel model = PriceModels.byName(PriceModels.WITH_MEMORY);
        for (final EnergyEstimate.Line line : EnergyEstimate.of(audit.clips().getFirst().counts(), model).lines()) {
            final String group = line.operation().isMemoryTraffic() ? "memory"
                : line.operation().isSynaptic() ? "synapses" : "neurons";
            final ObjectNode part = parts.addObject().put("operation", line.operation().key()).put("group", group)
                .put("count", line.count());
            line.energy().ifPresent(energy -> part.put("low", energy.low()).put("high", energy.high()));
        }
    }

    private static void addFrames(final ArrayNode frames, final EventLog log) {
        final StepEvents events = new StepEvents(log.network().input());
        final int count = Math.min(FRAMES, log.steps());
        for (int i = 0; i < count; i++) {
            final int step = count == 1 ? 0 : i * (log.steps() - 1) / (count - 1);
            log.input(step, events);
            frames.addObject().put("step", step).put("events", events.size()).put("png", EventFrame.of(events));
        }
    }

    private static void addOutput(final ObjectNode output, final Network network, final ClipRecording recording) {
        final int last = network.layers().size() - 1;
        if (!(network.layers().get(last) instanceof Layer.Neurons neurons)) {
            return;
        }
        output.put("layer", neurons.name()).put("threshold", neurons.model().vThreshold());
        final ArrayNode groups = output.putArray("groups");
        for (final Voting.Group group : network.voting().map(Voting::groups).orElse(List.of())) {
            groups.addObject().put("label", group.label()).put("from", group.from()).put("to", group.to());
        }
        final ArrayNode spikes = output.putArray("spikes");
        final ArrayNode potentials = output.putArray("potentials");
        for (int step = 0; step < recording.log().steps(); step++) {
            final ArrayNode fired = spikes.addArray();
            final ArrayNode values = potentials.addArray();
            for (int neuron = 0; neuron < network.output().size(); neuron++) {
                if (recording.log().fired(last, step, neuron)) {
                    fired.add(neuron);
                }
                values.add(recording.potentials().get(step)[neuron]);
            }
        }
    }

    /** Running accuracy, and mean squared error of cumulative group rates and the one-hot label. */
    private static void addLearning(final ObjectNode page, final Audit audit) {
        final List<AuditedClip> labelled = audit.clips().stream()
            .filter(clip -> clip.expected().isPresent() && clip.groupVotes().length > 0).toList();
        if (labelled.isEmpty()) {
            return;
        }
        final List<String> labels =
            audit.network().voting().orElseThrow().groups().stream().map(Voting.Group::label).toList();
        final ArrayNode accuracy = page.putArray("runningAccuracy");
        final ArrayNode loss = page.putArray("runningLoss");
        page.put("labelledClips", labelled.size());
        for (int step = 1; step <= audit.steps(); step++) {
            int right = 0;
            double squares = 0.0;
            for (final AuditedClip clip : labelled) {
                final double[] rates = clip.rates(step);
                final int truth = labels.indexOf(clip.expected().orElseThrow());
                boolean wins = true;
                for (int group = 0; group < rates.length; group++) {
                    final double error = rates[group] - (group == truth ? 1.0 : 0.0);
                    squares += error * error / rates.length;
                    wins &= group == truth || rates[group] < rates[truth];
                }
                right += wins ? 1 : 0;
            }
            accuracy.add((double) right / labelled.size());
            loss.add(squares / labelled.size());
        }
    }

    private static String conventionsCsv(final Audit audit) {
        final List<String> lines = new ArrayList<>(List.of("clip,convention,layer,acc,mac"));
        for (final AuditedClip clip : audit.clips()) {
            for (final ConventionResult result : clip.conventions()) {
                for (int layer = 0; layer < audit.network().layers().size(); layer++) {
                    if (result.acc().has(layer)) {
                        lines.add(String.join(",", quoted(clip.name()), result.convention().name(),
                            quoted(audit.network().layers().get(layer).name()), number(result.acc().layer(layer)),
                            number(result.mac() == null ? 0.0 : result.mac().layer(layer))));
                    }
                }
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private static String stepsCsv(final Audit audit) {
        final StringBuilder csv = new StringBuilder("clip,synapses,neurons,step");
        for (final Operation operation : Operation.values()) {
            csv.append(',').append(operation.key());
        }
        csv.append('\n');
        for (final AuditedClip clip : audit.clips()) {
            for (final OperationCounts.Entry entry : clip.counts().entries()) {
                for (int step = 0; step < clip.steps(); step++) {
                    csv.append(quoted(clip.name())).append(',')
                        .append(quoted(audit.network().layers().get(entry.synapticLayer()).name())).append(',')
                        .append(quoted(audit.network().layers().get(entry.outputLayer()).name())).append(',')
                        .append(step);
                    for (final Operation operation : Operation.values()) {
                        csv.append(',').append(entry.counts().get(operation, step));
                    }
                    csv.append('\n');
                }
            }
        }
        return csv.toString();
    }

    private static String number(final double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    private static String quoted(final String text) {
        return text.matches("[\\w .()/-]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
