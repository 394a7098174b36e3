package org.spikemeter.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.spikemeter.benchmarks.BatchBenchmark.Arrangement;
import org.spikemeter.benchmarks.CsrBenchmark;
import org.spikemeter.benchmarks.EventFormatBenchmark;
import org.spikemeter.benchmarks.EventScene;
import org.spikemeter.benchmarks.EventSensorBenchmark.Model;
import org.spikemeter.benchmarks.KernelBenchmark.Delivery;
import org.spikemeter.benchmarks.KernelBenchmark.Form;
import org.spikemeter.benchmarks.LayerBenchmark.Contender;
import org.spikemeter.benchmarks.NetworkBenchmark.Execution;
import org.spikemeter.benchmarks.NetworkBenchmark.Fed;
import org.spikemeter.benchmarks.NeuronBenchmark.Neuron;
import org.spikemeter.benchmarks.NeuronBenchmark.Update;
import org.spikemeter.benchmarks.RingBenchmark.Transfer;
import org.spikemeter.benchmarks.SensorBenchmark.Pixels;
import org.spikemeter.benchmarks.VideoBenchmark.Stage;
import org.spikemeter.benchmarks.baseline.Reference;

/** Sets of benchmarks, by how much time there is. */
enum BenchSet {
    /** One or two figures of each subject. */
    QUICK(2) {
        @Override
        List<Selection> everything() {
            final List<Selection> all = new ArrayList<>(layer(List.of("8", "20", "50"), Contender.AUTO, Contender.C));
            all.add(network(Fed.CLIP, Execution.SEQUENCE_1)
                .with("network", Reference.EMOTION, Reference.EMOTION_SPARSE));
            all.add(network(Fed.CLIP, Execution.ONNX, Execution.SEQUENCE_2, Execution.PIPELINE_2));
            all.add(network(Fed.ONE_PERCENT_NO_BIAS, Execution.SEQUENCE_1));
            all.add(batch(Arrangement.SIDE_BY_SIDE));
            all.add(kernel("10", Delivery.SCATTER, Delivery.GATHER, Delivery.DENSE).with("form", Form.CHANNELS_32));
            all.add(neuron(Update.NAIVE, Update.VECTOR).with("neuron", Neuron.PLIF));
            all.add(small(Subject.RING).with("percent", "10").with("transfer", Transfer.values()));
            all.add(small(Subject.CSR).with("neurons", "1000").with("percent", "10")
                .with("delivery", CsrBenchmark.Delivery.values()));
            all.add(small(Subject.SENSOR).with("side", "128").with("percent", "10").with("pixels", Pixels.SENSOR));
            all.add(small(Subject.DVS).with("percent", "10").with("model", Model.V2E_CLEAN));
            all.add(small(Subject.VIDEO).with("clip", Reference.CLIP).with("stage", Stage.DECODE));
            all.add(format(EventScene.CLUSTERS, List.of("evt3"), EventFormatBenchmark.Stage.EVENTS));
            return all;
        }
    },
    /** All that the page on performance shows. */
    STANDARD(10) {
        @Override
        List<Selection> everything() {
            final List<Selection> all = new ArrayList<>(layer(
                List.of("0", "0.01", "0.03", "0.1", "0.3", "1", "3", "8", "20", "50", "70", "100"),
                Contender.AUTO, Contender.SCATTER, Contender.GATHER, Contender.DENSE, Contender.C));
            all.addAll(layer(List.of("8", "20", "50"), Contender.UNMETERED, Contender.INT8));
            all.addAll(layer(List.of("20"), Contender.NAIVE, Contender.ONNX));
            all.add(network(Fed.CLIP, Execution.NAIVE, Execution.SEQUENCE_1, Execution.UNMETERED_1,
                Execution.SEQUENCE_2, Execution.PIPELINE_2, Execution.ONNX));
            all.add(network(Fed.CLIP, Execution.SEQUENCE_1, Execution.UNMETERED_1, Execution.SEQUENCE_2,
                Execution.PIPELINE_2).with("network", Reference.EMOTION_SPARSE));
            all.add(network(Fed.CLIP, Execution.DENSE_1));
            for (final Fed fed : List.of(
                Fed.ONE_PERCENT_NO_BIAS, Fed.TENTH_PERCENT_NO_BIAS, Fed.NOTHING_NO_BIAS, Fed.NOTHING)) {
                all.add(network(fed, Execution.SEQUENCE_1)
                    .with("network", Reference.EMOTION, Reference.EMOTION_SPARSE));
            }
            all.add(batch(Arrangement.values()));
            all.add(kernel("10", Delivery.SCATTER, Delivery.GATHER, Delivery.DENSE).with("form", Form.values()));
            all.add(kernel("1", Delivery.SCATTER, Delivery.GATHER, Delivery.DENSE).with("form", Form.CHANNELS_32));
            all.add(kernel("50", Delivery.values()).with("form", Form.CHANNELS_32));
            all.add(neuron(Update.NAIVE, Update.VECTOR).with("neuron", Neuron.values()));
            all.add(small(Subject.RING).with("percent", "1", "10", "50").with("transfer", Transfer.values()));
            all.add(small(Subject.CSR).with("neurons", "1000", "4000").with("percent", "1", "10")
                .with("delivery", CsrBenchmark.Delivery.values()));
            all.add(small(Subject.SENSOR).with("side", "128").with("percent", "1", "10", "50")
                .with("pixels", Pixels.values()));
            all.add(small(Subject.DVS).with("percent", "10").with("model", Model.values()));
            all.add(small(Subject.DVS).with("percent", "1", "50").with("model", Model.V2E_CLEAN));
            all.add(small(Subject.VIDEO).with("clip", Reference.CLIP, "clip-9001.mkv")
                .with("stage", Stage.values()));
            all.add(format(EventScene.CLUSTERS, EventFormatBenchmark.formats(), EventFormatBenchmark.Stage.EVENTS));
            all.add(format(EventScene.CLUSTERS, List.of("aedat4", "evt3"), EventFormatBenchmark.Stage.BYTES));
            all.add(format(EventScene.ROWS, List.of("evt21", "evt3"), EventFormatBenchmark.Stage.EVENTS));
            return all;
        }
    };

    /** What starting a JVM and setting up takes, on average. */
    private static final double SET_UP_SECONDS = 1.5;
    private static final double SECONDS_A_MINUTE = 60;
    private static final double LEAST_FACTOR = 0.05;

    private final int minutes;

    BenchSet(final int minutes) {
        this.minutes = minutes;
    }

    /** About how long it takes. */
    int minutes() {
        return minutes;
    }

    /** What is in it. */
    abstract List<Selection> everything();

    /** By how much times must be longer for the set to take so many minutes. */
    static double factor(final List<Selection> selections, final double minutes) {
        double seconds = minutes * SECONDS_A_MINUTE;
        double measuring = 0;
        for (final Selection selection : selections) {
            final int count = selection.combinations().size();
            seconds -= count * SET_UP_SECONDS;
            measuring += count * selection.totalSeconds();
        }
        return Math.max(LEAST_FACTOR, seconds / measuring);
    }

    /** One selection a density: what is compared runs one after the other. */
    private static List<Selection> layer(final List<String> percents, final Contender... contenders) {
        return percents.stream().map(percent -> Selection.of(Subject.LAYER, 1.2, 0.8, 9).with("percent", percent)
            .with("side", "128").with("contender", contenders)).toList();
    }

    private static Selection network(final Fed fed, final Execution... executions) {
        return Selection.of(Subject.NETWORK, 2.5, 2.5, 9).with("network", Reference.EMOTION).with("fed", fed)
            .with("execution", executions);
    }

    private static Selection batch(final Arrangement... arrangements) {
        return Selection.of(Subject.BATCH, 3, 3, 5).with("threads", "2").with("arrangement", arrangements);
    }

    private static Selection kernel(final String percent, final Delivery... deliveries) {
        return small(Subject.KERNEL).with("percent", percent).with("delivery", deliveries);
    }

    private static Selection neuron(final Update... updates) {
        return small(Subject.NEURON).with("update", updates);
    }

    private static Selection format(
        final EventScene scene, final List<String> formats, final EventFormatBenchmark.Stage... stages) {
        return Selection.of(Subject.FORMAT, 0.9, 0.9, 9).with("scene", scene)
            .with("format", formats.toArray(String[]::new)).with("stage", stages);
    }

    private static Selection small(final Subject subject) {
        return Selection.of(subject, 0.8, 0.6, 9);
    }

    /** For options: how the set is called. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The set without contenders that this machine cannot run. */
    List<Selection> selections(final boolean compiler) {
        return everything().stream().map(selection -> compiler ? selection : withoutC(selection)).toList();
    }

    private static Selection withoutC(final Selection selection) {
        final List<String> contenders = selection.parameters().get("contender");
        return contenders == null ? selection : selection.with("contender", contenders.stream()
            .filter(name -> !name.equals(Contender.C.name())).toArray(String[]::new));
    }
}
