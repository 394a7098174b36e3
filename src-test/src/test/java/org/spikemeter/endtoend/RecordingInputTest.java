package org.spikemeter.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.EventWriter;
import org.spikemeter.dvs.format.EventFormats;
import org.spikemeter.dvs.format.io.EventOutput;
import org.spikemeter.dvs.frame.FrameSources;
import org.spikemeter.dvs.frame.GreyMode;
import org.spikemeter.dvs.pixel.DvsStepSource;
import org.spikemeter.dvs.pixel.FirstFrame;
import org.spikemeter.dvs.pixel.FrameDifferenceSensor;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.reference.ReferenceData;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Recordings as input of the commands: a reference clip's steps as a recording, 10 ms a step, and the clip itself. */
class RecordingInputTest {
    private static final Path SPARSE = ReferenceData.path("emotion-plif-sparse/network.json");
    private static final Path AWKWARD = ReferenceData.path("awkward-net/network.json");
    private static final Path AWKWARD_INPUT = ReferenceData.path("awkward-net/input.npz");
    private static final Path CLIP = ReferenceData.path("emotion-plif/clips/clip-9004.mkv");
    private static final int STEP_MICROS = 10_000;
    private static final List<String> OF_THE_INPUT = List.of("input", "inputDensity", "recording");

    @TempDir
    private static Path folder;
    private static Path recording;
    private static Path other;

    @BeforeAll
    static void record() throws IOException {
        recording = record("clip-9004.mkv");
        other = record("clip-9001.mkv");
    }

    private static Path record(final String clip) throws IOException {
        final Path file = folder.resolve(clip + ".bin");
        try (DvsStepSource source = new DvsStepSource(
            FrameSources.open(ReferenceData.path("emotion-plif/clips/" + clip), GreyMode.FLOAT),
            new FrameDifferenceSensor(128, 128, FrameDifferenceSensor.DEFAULT_SENS, FirstFrame.SPIKES), 68);
            EventOutput out = EventOutput.to(file, file.toString())) {
            final EventWriter writer = EventFormats.named("nmnist").create(out, Optional.empty());
            final StepEvents step = new StepEvents(source.shape());
            final EventBatch batch = new EventBatch();
            for (int k = 0; source.next(step); k++) {
                batch.clear();
                for (int i = 0; i < step.size(); i++) {
                    final int pixel = step.address(i) / 2;
                    batch.add((long) k * STEP_MICROS, EventWord.of(pixel % 128, pixel / 128, 1 - step.address(i) % 2));
                }
                writer.write(batch);
            }
            writer.finish();
        }
        return file;
    }

    private static ObjectNode json(final Object... arguments) {
        final List<Object> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of("--json", "-"));
        final Programs.Outcome outcome = Programs.spikemeter(all.toArray());
        assertEquals(0, outcome.code(), outcome.err());
        assertEquals("", outcome.err());
        return (ObjectNode) JsonMapper.shared().readTree(outcome.out());
    }

    /** Label, spikes and every count, however the same steps are cut out of the recording. */
    @ParameterizedTest
    @ValueSource(strings = {"--bin time:10ms --origin 0", "--bin time:10ms --time 0:680ms",
        "--bin parts:68 --time 0:0.68s", "--time 0:680000", "--bin time:10ms --time 0:680ms --repeated count",
        "--bin time:10ms --origin 0 --steps 68 --size 128x128 --fit crop --format nmnist",
        "--bin time:10ms --origin 0 --flip xy --transpose --size 128x128 --execution pipeline --crop 0,0,128,128"})
    void shouldGiveTheResultsOfTheClipWhenItsStepsAreRecorded(final String how) throws IOException {
        final Path ofClip = folder.resolve("clip.npz");
        final Path ofRecording = folder.resolve("recording.npz");
        Path input = recording;
        if (how.contains("--flip")) {
            input = turned();
        }
        final ObjectNode clip = json("run", CLIP, "--network", SPARSE, "--first-frame", "spikes", "--spikes", ofClip);
        final List<Object> arguments =
            new ArrayList<>(List.of("run", input, "--network", SPARSE, "--spikes", ofRecording));
        arguments.addAll(Arrays.asList(how.split(" ")));
        final ObjectNode recorded = json(arguments.toArray());
        final JsonNode binning = recorded.get("recording").get("binning");
        assertEquals(68, binning.get("steps").intValue());
        assertEquals(0, binning.get("merged").longValue());
        assertEquals(0, binning.get("leftOut").longValue());
        assertEquals(0, binning.get("late").longValue());
        assertEquals(recorded.get("inputEvents").valueStream().mapToLong(JsonNode::asLong).sum(),
            binning.get("events").longValue());
        OF_THE_INPUT.forEach(clip::remove);
        OF_THE_INPUT.forEach(recorded::remove);
        clip.remove("execution");
        recorded.remove("execution");
        assertEquals(clip, recorded);
        assertEquals(-1, Files.mismatch(ofClip, ofRecording));
    }

    /** The recording on its side, so that flipping and transposing give it back. */
    private static Path turned() throws IOException {
        final Path file = folder.resolve("turned.bin");
        final EventBatch events = EventFormats.open(recording).readAll();
        final EventBatch turned = new EventBatch(events.size());
        for (int i = 0; i < events.size(); i++) {
            turned.add(events.micros(i), EventWord.of(127 - events.y(i), 127 - events.x(i), events.polarity(i)));
        }
        try (EventOutput out = EventOutput.to(file, file.toString())) {
            final EventWriter writer = EventFormats.named("nmnist").create(out, Optional.empty());
            writer.write(turned);
            writer.finish();
        }
        return file;
    }

    @Test
    void shouldMakePartsOfTheWholeByDefault() {
        final ObjectNode run = json("run", recording, "--network", SPARSE);
        assertEquals("parts:68", run.get("recording").get("binning").get("name").stringValue());
        assertEquals(68, run.get("steps").intValue());
        assertEquals("parts:9", json("run", recording, "--network", SPARSE, "--steps", 9).get("recording")
            .get("binning").get("name").stringValue());
    }

    @Test
    void shouldMultiplyOnlyWhereRepeatedEventsAreCounted() {
        final ObjectNode clamped = json("run", recording, "--network", SPARSE, "--bin", "time:20ms");
        final ObjectNode counted =
            json("run", recording, "--network", SPARSE, "--bin", "time:20ms", "--repeated", "count");
        final JsonNode binning = clamped.get("recording").get("binning");
        assertTrue(binning.get("merged").longValue() > 1_000, binning.toString());
        assertEquals(binning.get("merged"), counted.get("recording").get("binning").get("merged"));
        assertEquals(clamped.get("inputEvents"), counted.get("inputEvents"));
        assertEquals(binning.get("events").longValue() - binning.get("merged").longValue(),
            clamped.get("inputEvents").valueStream().mapToLong(JsonNode::asLong).sum());
        final JsonNode first = clamped.get("layers").get(0);
        assertEquals(0, first.get("mac").valueStream().mapToLong(JsonNode::asLong).sum());
        assertTrue(counted.get("layers").get(0).get("mac").valueStream().mapToLong(JsonNode::asLong).sum() > 0);
        assertEquals(clamped.get("inputDensity"), clamped.get("recording").get("density"));
    }

    @Test
    void shouldSayWhatEachChangeLetPass() throws IOException {
        final ObjectNode run = json("run", recording, "--network", SPARSE, "--origin", "first", "--time", ":0.3s",
            "--crop", "10,20,100,80", "--filter", "ba:15ms,refractory:15ms,hot:40:100ms,rate:100k");
        final List<JsonNode> changes = run.get("recording").get("changes").valueStream().toList();
        assertEquals(List.of("origin:first,time::300ms", "crop:10,20,100,80", "ba:15ms", "refractory:15ms",
            "hot:40:100ms", "rate:100k:1ms"),
            changes.stream().map(change -> change.get("name").stringValue()).toList());
        long passed = count(recording);
        for (final JsonNode change : changes) {
            assertEquals(passed, change.get("passed").longValue() + change.get("removed").longValue());
            assertTrue(change.get("removed").longValue() > 0, change.toString());
            passed = change.get("passed").longValue();
        }
        assertEquals(passed, run.get("recording").get("binning").get("events").longValue());
        assertEquals("{\"width\":100,\"height\":80}", run.get("recording").get("size").toString());
        final Programs.Outcome text = Programs.spikemeter("run", recording, "--network", SPARSE, "--filter", "ba:15ms",
            "--bin", "count:20k");
        assertEquals(0, text.code(), text.err());
        assertTrue(text.out().contains("\nevents   N-MNIST, a sensor of unknown size, taken to be that of the input"
            + " (--size says it)\n         ba:15ms: "), text.out());
        assertTrue(text.out().contains("\nbinning  count:20k, clamp, stretch: "), text.out());
        assertTrue(text.out().contains("(all steps)"), text.out());
    }

    @Test
    void shouldVerifyARecordingAgainstItsOwnSpikes() {
        final Path spikes = folder.resolve("own.npz");
        assertEquals(0, Programs.spikemeter("run", recording, "--network", SPARSE, "--bin", "time:25ms", "--steps", 8,
            "--spikes", spikes).code());
        final Programs.Outcome outcome = Programs.spikemeter("verify", SPARSE, recording, "--bin", "time:25ms",
            "--steps", 8, "--reference", spikes, "--tolerance", 0);
        assertEquals(0, outcome.code(), outcome.out() + outcome.err());
    }

    @Test
    void shouldAuditRecordings() throws IOException {
        final ObjectNode audit = json("audit", recording, other, "--network", SPARSE, "--steps", 6);
        final List<JsonNode> clips = audit.get("clips").valueStream().toList();
        long events = 0;
        for (final JsonNode clip : clips) {
            assertEquals("parts:6", clip.get("recording").get("binning").get("name").stringValue());
            events += clip.get("recording").get("binning").get("events").longValue();
        }
        assertEquals(2, clips.size());
        assertEquals(count(recording) + count(other), events);
        final Programs.Outcome text = Programs.spikemeter("audit", recording, "--network", SPARSE, "--steps", 6);
        assertTrue(text.out().contains("\nbinning  parts:6, clamp, stretch: 6 steps, "), text.out());
    }

    @Test
    void shouldWarnOfWhatIsWrongInTheRecording() throws IOException {
        final Path cut = folder.resolve("cut.bin");
        final byte[] bytes = Files.readAllBytes(recording);
        Files.write(cut, Arrays.copyOf(bytes, bytes.length - 2));
        final Programs.Outcome outcome =
            Programs.spikemeter("run", cut, "--format", "nmnist", "--network", SPARSE, "--steps", 2);
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(outcome.err().startsWith("warning: " + cut + ": byte "), outcome.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--sens 0.1", "--grey float", "--first-frame spikes", "--window", "--bin time:10",
        "--bin 5", "--bin frames:3", "--repeated sum", "--fit squeeze", "--filter ba", "--filter ba:5ms,hot:none",
        "--origin last", "--flip z", "--crop 1,2,3", "--time 2:1", "--size 128", "--format mnist",
        "--format nmnist:zstd", "--steps 0"})
    void shouldExplainWhenUsageIsWrong(final String options) {
        final List<Object> arguments = new ArrayList<>(List.of("run", recording, "--network", SPARSE));
        arguments.addAll(Arrays.asList(options.split(" ")));
        explains(2, arguments);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--bin time:10ms", "--repeated clamp", "--fit crop", "--filter ba:5ms", "--origin 0",
        "--flip x", "--transpose", "--crop 0,0,1,1", "--time 0:1s", "--size 32x32"})
    void shouldExplainWhenTheInputIsNoRecording(final String options) {
        final List<Object> ofArray = new ArrayList<>(List.of("run", AWKWARD_INPUT, "--network", AWKWARD));
        ofArray.addAll(Arrays.asList(options.split(" ")));
        explains(2, ofArray, "recordings of events", "input.npz is none");
        final List<Object> ofClip = new ArrayList<>(List.of("audit"));
        ofClip.addAll(Arrays.asList(options.split(" ")));
        explains(2, ofClip, "recordings of events", "is none");
    }

    private static void explains(final int code, final List<Object> arguments, final String... mentioned) {
        final Programs.Outcome outcome = Programs.spikemeter(arguments.toArray());
        assertEquals(code, outcome.code(), outcome.out() + outcome.err());
        assertEquals("", outcome.out());
        assertFalse(outcome.err().contains("Exception") || outcome.err().contains("internal error"), outcome.err());
        for (final String text : mentioned) {
            assertTrue(outcome.err().contains(text), outcome.err());
        }
    }

    @Test
    void shouldFailWhenTheRecordingDoesNotFit() {
        final List<Object> run = List.of("run", recording, "--network", SPARSE);
        explains(1, with(run, "--bin", "frames"), "clip-9004.mkv.bin", "no image frames");
        explains(1, with(run, "--time", "10s:11s"), "time:10s:11s removed");
        explains(1, List.of("audit", recording, "--network", SPARSE, "--time", "10s:11s", "--bin", "time:500ms"),
            "time:10s:11s removed");
        explains(1, with(run, "--bin", "time:1s", "--time", "10s:"), "found no event", "time:10s: removed");
        explains(1, with(run, "--flip", "x"), "--size WxH");
        explains(1, with(run, "--size", "64x64", "--crop", "60,0,8,8"), "64 x 64");
        explains(1, List.of("run", recording, "--network", AWKWARD), "--size WxH");
    }

    private static List<Object> with(final List<Object> arguments, final Object... more) {
        final List<Object> all = new ArrayList<>(arguments);
        all.addAll(Arrays.asList(more));
        return all;
    }

    private static long count(final Path file) throws IOException {
        try (EventReader reader = EventFormats.open(file)) {
            return reader.readAll().size();
        }
    }
}
