package org.spikemeter.endtoend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.EventFormats;
import org.spikemeter.dvs.frame.FrameResizer;
import org.spikemeter.dvs.frame.FrameSource;
import org.spikemeter.dvs.frame.FrameSources;
import org.spikemeter.dvs.frame.GreyMode;
import org.spikemeter.dvs.frame.slomo.SlowMotion;
import org.spikemeter.dvs.pixel.DifferenceEvents;
import org.spikemeter.dvs.pixel.EventSensor;
import org.spikemeter.dvs.pixel.SensorReader;
import org.spikemeter.dvs.pixel.esim.EsimParameters;
import org.spikemeter.dvs.pixel.esim.EsimSensor;
import org.spikemeter.dvs.pixel.v2e.V2eContext;
import org.spikemeter.dvs.pixel.v2e.V2eSensor;
import org.spikemeter.reference.ReferenceData;
import org.spikemeter.reference.Samples;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Commands about recordings of events. */
class RecordingCommandsTest {
    private static final int EVENTS = 4000;
    private static final int RECORD_BYTES = 5;

    @TempDir
    private Path folder;

    /** An N-MNIST recording in the folder: 30 x 20 pixels, 2 s at most, ON events in its last third alone. */
    private Path recording(final String name) throws IOException {
        final SplittableRandom random = new SplittableRandom(name.hashCode());
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int time = 0;
        for (int i = 0; i < EVENTS; i++) {
            time += random.nextInt(1000);
            bytes.write(i == 0 ? 29 : random.nextInt(30));
            bytes.write(i == 0 ? 19 : random.nextInt(20));
            bytes.write((i < 2 * EVENTS / 3 ? 0 : 0x80) | time >> 16);
            bytes.write(time >> 8);
            bytes.write(time);
        }
        return Files.write(folder.resolve(name), bytes.toByteArray());
    }

    private Path text(final String name) throws IOException {
        return Files.writeString(folder.resolve(name), "once upon a time\n");
    }

    private List<String> files(final Path in) throws IOException {
        try (Stream<Path> files = Files.list(in)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static Programs.Outcome done(final Object... arguments) {
        final Programs.Outcome outcome = Programs.spikemeter(arguments);
        assertEquals(0, outcome.code(), outcome.out() + outcome.err());
        return outcome;
    }

    private static String failed(final Object... arguments) {
        final Programs.Outcome outcome = Programs.spikemeter(arguments);
        assertEquals(1, outcome.code(), outcome.out() + outcome.err());
        assertEquals("", outcome.out());
        assertEquals(1, outcome.err().lines().count(), outcome.err());
        assertTrue(outcome.err().startsWith("spikemeter: "), outcome.err());
        assertFalse(outcome.err().contains("Exception") || outcome.err().contains("internal error"), outcome.err());
        return outcome.err();
    }

    private static String refused(final Object... arguments) {
        final Programs.Outcome outcome = Programs.spikemeter(arguments);
        assertEquals(2, outcome.code(), outcome.out() + outcome.err());
        assertEquals("", outcome.out());
        assertTrue(outcome.err().startsWith("spikemeter "), outcome.err());
        return outcome.err();
    }

    private static JsonNode info(final Object... arguments) {
        final Object[] all = Stream.of(new Object[] {"info"}, arguments, new Object[] {"--json", "-"})
            .flatMap(Arrays::stream).toArray();
        return JsonMapper.shared().readTree(done(all).out());
    }

    @Test
    void shouldCopyEventsAndSayHowMany() throws IOException {
        final Path in = recording("a.bin");
        final Path out = Files.writeString(folder.resolve("b.bin"), "before");
        final Programs.Outcome outcome = done("convert", in, "-o", out);
        assertEquals(-1, Files.mismatch(in, out));
        assertEquals("", outcome.err());
        assertTrue(outcome.out().strip().matches(
            ".*b\\.bin: 4,000 events, [12]\\.\\d\\d s, 20\\.0 kB, [\\d.]+ [kMG]?events/s"), outcome.out());
        done("convert", in, "-o", folder.resolve("c.dat"), "--to", "nmnist");
        assertEquals(-1, Files.mismatch(in, folder.resolve("c.dat")));
        done("convert", Files.copy(in, folder.resolve("x")), "--format", "nmnist", "-o", folder.resolve("d.bin"));
        assertEquals(-1, Files.mismatch(in, folder.resolve("d.bin")));
    }

    @Test
    void shouldPutManyIntoAFolderAndGoOnWhenOneIsBad() throws IOException {
        final Path a = recording("a.bin");
        final Path b = recording("b.events.bin");
        final Path out = folder.resolve("out");
        final Programs.Outcome outcome = Programs.spikemeter(
            "convert", a, text("bad.bin"), folder.resolve("none.bin"), b, "-o", out, "--to", "nmnist");
        assertEquals(1, outcome.code());
        final List<String> told = outcome.err().lines().toList();
        assertEquals(2, told.size(), outcome.err());
        assertTrue(told.getFirst().contains("bad.bin") && told.getLast().contains("none.bin: no such file"));
        assertEquals(List.of("a.bin", "b.events.bin"), files(out));
        assertEquals(-1, Files.mismatch(a, out.resolve("a.bin")));
        assertEquals(-1, Files.mismatch(b, out.resolve("b.events.bin")));
        assertEquals(1, outcome.lines().size(), outcome.out());
        assertTrue(outcome.out().contains("2 of 4 recordings in " + out + ": 8,000 events"), outcome.out());
        // into a folder that is there, one alone
        done("convert", b, "-o", out, "--to", "nmnist");
        assertEquals(List.of("a.bin", "b.events.bin"), files(out));
    }

    @Test
    void shouldKeepTheTargetWhenTheInputIsBad() throws IOException {
        final Path target = Files.writeString(folder.resolve("t.bin"), "before");
        final Path bad = text("bad.bin");
        assertTrue(failed("convert", bad, "-o", target).contains("bad.bin"));
        assertTrue(failed("convert", folder, "-o", target).contains(folder.toString()));
        assertTrue(failed("dvs", bad, "-o", target).contains("bad.bin"));
        assertTrue(failed("dvs", folder.resolve("none.mp4"), "-o", target).contains("none.mp4: no such file"));
        assertTrue(failed("dvs", ReferenceData.path("emotion-plif/clips/clip-9003.mp4"), "--size", "300x10",
            "-o", target).contains("N-MNIST holds x of at most 255"));
        assertTrue(failed("info", bad).contains("bad.bin"));
        assertTrue(failed("info", recording("a.bin"), "--json", folder.resolve("none/x.json")).contains("none"));
        final Path none = Files.createFile(folder.resolve("empty.bin"));
        for (final String name : List.of("p.png", "p.mp4")) {
            final Path picture = Files.writeString(folder.resolve(name), "before");
            assertTrue(failed("preview", bad, "-o", picture).contains("bad.bin"));
            assertTrue(failed("preview", none, "--format", "nmnist", "-o", picture).contains("empty.bin: no events"));
            assertEquals("before", Files.readString(picture));
        }
        assertEquals("before", Files.readString(target));
        assertEquals(List.of("a.bin", "bad.bin", "empty.bin", "p.mp4", "p.png", "t.bin"), files(folder));
    }

    @Test
    void shouldNotWriteOverWhatItReads() throws IOException {
        final Path a = recording("a.bin");
        final Path b = recording("b.bin");
        final byte[] before = Files.readAllBytes(a);
        final Path link = Files.createSymbolicLink(folder.resolve("link.bin"), a);
        assertTrue(refused("convert", a, "-o", a).contains("would write over the input"));
        assertTrue(refused("convert", a, "-o", link).contains("would write over the input"));
        assertTrue(refused("convert", a, b, "-o", folder, "--to", "nmnist").contains("would write over the input"));
        final Path picture = Files.copy(a, folder.resolve("a.png"));
        assertTrue(refused("preview", picture, "--format", "nmnist", "-o", picture).contains("over the input"));
        final Path other = Files.createDirectory(folder.resolve("other"));
        Files.copy(a, other.resolve("a.txt"));
        assertTrue(refused("convert", a, other.resolve("a.txt"), "-o", folder.resolve("out"), "--to", "nmnist")
            .contains("would both be written to"));
        assertArrayEquals(before, Files.readAllBytes(a));
        assertArrayEquals(before, Files.readAllBytes(picture));
        assertEquals(List.of("a.bin", "a.png", "b.bin", "link.bin", "other"), files(folder));
    }

    @ParameterizedTest
    @ValueSource(strings = {"convert", "convert EVENTS", "convert -o x.bin", "convert EVENTS -o x.what",
        "convert EVENTS -o x.bin --to fly", "convert EVENTS -o x.bin --to nmnist:fast", "convert EVENTS EVENTS -o y",
        "convert EVENTS -o -", "convert EVENTS -o FOLDER", "convert EVENTS EVENTS -o - --to nmnist",
        "convert EVENTS EVENTS -o FOLDER/out --to nmnist", "convert EVENTS -o x.bin --format fly",
        "info", "info EVENTS EVENTS --picture x.png", "info EVENTS --format fly",
        "info EVENTS --json EVENTS", "info EVENTS --picture EVENTS", "info EVENTS --picture x.jpg",
        "info EVENTS --json x.png --picture x.png", "run EVENTS --json EVENTS", "run EVENTS --spikes EVENTS",
        "run EVENTS --events-log EVENTS", "audit EVENTS --json EVENTS", "preview EVENTS -o EVENTS",

        "preview EVENTS", "preview EVENTS -o x.avi", "preview EVENTS -o x.mp4 --fps 0",
        "preview EVENTS -o x.mp4 --fps x",
        "preview EVENTS -o x.mp4 --speed -1", "preview EVENTS -o x.mp4 --speed NaN", "preview EVENTS -o x.mp4 --at 1s",
        "preview EVENTS -o x.png --fps 3", "preview EVENTS -o x.png --window 1ms",
        "preview EVENTS -o x.mp4 --window 1h",
        "preview EVENTS -o x.mp4 --window 0", "preview EVENTS -o x.png --scale 0", "preview EVENTS -o x.png --at -1",
        "preview EVENTS EVENTS -o x.mp4", "dvs", "dvs VIDEO", "dvs VIDEO -o x.what", "dvs VIDEO -o x.bin --size 3",
        "dvs VIDEO -o x.bin --size 0x3", "dvs VIDEO -o x.bin --size 99999x3", "dvs VIDEO -o x.bin --sens -1",
        "dvs VIDEO -o x.bin --sensor eye", "dvs VIDEO -o x.bin --preset clean",
        "dvs VIDEO -o x.bin --sensor v2e --sens 1", "dvs VIDEO -o x.bin --sensor v2e --threshold 0.2,x",
        "dvs VIDEO -o x.bin --sensor v2e --threads 0", "dvs VIDEO -o x.bin --sensor esim --threshold 0.001",
        "dvs VIDEO -o x.bin --sensor v2e --leak -1", "dvs VIDEO -o x.bin --slomo 0",
        "dvs VIDEO -o x.bin --slomo 2:fast", "dvs VIDEO -o x.bin --sensor esim --refractory soon",
        "dvs VIDEO -o x.bin --sensor v2e --refractory 500", "dvs VIDEO -o x.bin --sensor v2e --size 32768x32768",
        "dvs VIDEO -o x.bin --fps 0", "dvs VIDEO VIDEO -o FOLDER"})
    void shouldExplainWhenUsageIsWrong(final String arguments) throws IOException {
        final Path events = recording("a.bin");
        final Object[] words = Arrays.stream(arguments.split(" ")).map(word -> word
            .replace("FOLDER", folder.toString()).replace("EVENTS", events.toString())
            .replace("VIDEO", ReferenceData.path("emotion-plif/clips/clip-9003.mp4").toString())).toArray();
        final String told = refused(words);
        assertFalse(told.contains("Exception"), told);
        assertEquals(List.of("a.bin"), files(folder));
    }

    @ParameterizedTest
    @ValueSource(strings = {"convert", "info", "preview", "dvs"})
    void shouldHelp(final String command) {
        done(command, "--help").lines().forEach(line -> assertTrue(line.length() <= 80, line));
    }

    @Test
    void shouldWriteNothingButEventsToStandardOutput() throws IOException, InterruptedException {
        final Path in = recording("a.bin");
        final Path out = folder.resolve("out");
        final Path err = folder.resolve("err");
        final Process process = Programs.ownJvm(List.of(), "convert", in, "-o", "-", "--to", "nmnist")
            .redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        assertEquals(0, process.waitFor(), () -> "see " + err);
        assertEquals(-1, Files.mismatch(in, out));
        assertTrue(Files.readString(err).contains("a.bin: 4,000 events"), Files.readString(err));
    }

    /** A pipe that stays open keeps the program reading. */
    @Test
    void shouldLeaveNothingWhenInterrupted() throws IOException, InterruptedException {
        final Path pipe = folder.resolve("pipe");
        assertEquals(0, Programs.process(folder, new ProcessBuilder("mkfifo", pipe.toString())).code());
        final Path out = Files.createDirectory(folder.resolve("out"));
        final Process process = Programs.ownJvm(List.of(), "convert", pipe, "--format", "nmnist", "-o",
            out.resolve("x.bin")).redirectErrorStream(true).redirectOutput(folder.resolve("told.txt").toFile()).start();
        try (OutputStream events = Files.newOutputStream(pipe)) {
            events.write(new byte[RECORD_BYTES]);
            events.flush();
            final long end = System.nanoTime() + 60_000_000_000L;
            while (files(out).isEmpty() && process.isAlive() && System.nanoTime() < end) {
                Thread.sleep(20);
            }
            assertEquals(1, files(out).size(), () -> "still " + process.isAlive());
            assertTrue(files(out).getFirst().endsWith(".tmp"));
            process.destroy();
            process.waitFor();
        } finally {
            process.destroyForcibly();
        }
        assertEquals(List.of(), files(out));
    }

    @Test
    void shouldTellWhatARecordingHolds() throws IOException {
        final Path file = recording("a.bin");
        final JsonNode info = info(file);
        assertEquals("spikemeter-info/1", info.get("format").stringValue());
        assertEquals("N-MNIST", info.get("fileFormat").stringValue());
        assertEquals(30, info.get("width").asInt());
        assertEquals(20, info.get("height").asInt());
        assertFalse(info.get("sizeStated").booleanValue());
        final EventBatch events;
        try (EventReader reader = EventFormats.open(file)) {
            events = reader.readAll();
        }
        assertEquals(EVENTS, info.get("events").asLong());
        assertEquals(EVENTS - 2 * EVENTS / 3, info.get("on").asLong());
        assertEquals(2 * EVENTS / 3, info.get("off").asLong());
        assertEquals(events.micros(0), info.get("firstMicros").asLong());
        assertEquals(events.micros(EVENTS - 1), info.get("lastMicros").asLong());
        assertEquals(0, info.get("backward").asLong());
        for (final String part : List.of("on", "off")) {
            assertEquals(info.get(part).asLong(),
                info.get("history").get(part).valueStream().mapToLong(JsonNode::asLong).sum());
        }
        assertTrue(info.get("peak").get("rate").asDouble() > info.get("meanRate").asDouble());
        final List<String> text = done("info", file).lines();
        assertEquals("events     4,000: 1,334 ON (33.35 %), 2,666 OFF", text.get(2));
        assertTrue(text.get(1).startsWith("size       30 x 20 (not stated"), text.get(1));
        assertTrue(text.stream().anyMatch(line -> line.contains("█")), text.toString());
        text.forEach(line -> assertTrue(line.length() <= 100 || line.startsWith("recording"), line));
    }

    @Test
    void shouldTellOfSeveralRecordingsWhatItTellsOfEach() throws IOException {
        final Path a = recording("a.bin");
        final Path b = recording("b.bin");
        final JsonNode both = info(a, b);
        assertEquals("spikemeter-info/1", both.get("format").stringValue());
        assertEquals(2, both.get("recordings").size());
        for (int i = 0; i < 2; i++) {
            final JsonNode alone = info(i == 0 ? a : b);
            for (final String field : both.get("recordings").get(i).propertyNames()) {
                assertEquals(alone.get(field), both.get("recordings").get(i).get(field), field);
            }
        }
        final Programs.Outcome outcome =
            Programs.spikemeter("info", a, text("bad.bin"), b, "--json", folder.resolve("info.json"));
        assertEquals(1, outcome.code());
        assertTrue(outcome.err().lines().count() == 1 && outcome.err().contains("bad.bin"), outcome.err());
        assertEquals(3, outcome.lines().size(), outcome.out());
        assertEquals(both, JsonMapper.shared().readTree(Files.readString(folder.resolve("info.json"))));
    }

    @Test
    void shouldWarnOnStandardErrorAlone() throws IOException {
        final Path file = recording("a.bin");
        Files.write(file, new byte[] {1, 2, 3}, StandardOpenOption.APPEND);
        for (final String command : List.of("info FILE --json -", "convert FILE -o OUT.bin", "preview FILE -o OUT.png",
            "preview FILE -o OUT.mp4")) {
            final Programs.Outcome outcome = done(Arrays.stream(command.split(" ")).map(word -> word
                .replace("FILE", file.toString()).replace("OUT", folder.resolve("out").toString()))
                .flatMap(word -> word.equals("info") || word.equals("convert") || word.equals("preview")
                    ? Stream.of(word, "--format", "nmnist") : Stream.of(word)).toArray());
            assertEquals(1, outcome.err().lines().count(), outcome.err());
            assertTrue(outcome.err().startsWith("warning: " + file), outcome.err());
            assertTrue(outcome.err().contains("the last record is cut"), outcome.err());
            assertFalse(outcome.out().contains("warning: "), outcome.out());
        }
    }

    @Test
    void shouldSayNoTimesWhenThereAreNoEvents() throws IOException {
        final Path none = Files.createFile(folder.resolve("empty.bin"));
        final JsonNode info = info(none, "--format", "nmnist");
        assertEquals(0, info.get("events").asLong());
        for (final String field : List.of("width", "height", "firstMicros", "lastMicros", "meanRate", "pixels")) {
            assertTrue(info.get(field).isNull(), field);
        }
        assertTrue(done("info", none, "--format", "nmnist").out().contains("events     none"));
    }

    @Test
    void shouldDescribeEveryFieldInTheDocumentation() throws IOException {
        final String documentation = Files.readString(Programs.root().resolve("docs/json.md"));
        final JsonNode info = info(recording("a.bin"));
        final List<String> fields = new ArrayList<>(info.propertyNames());
        for (final String part : List.of("peak", "history", "pixels")) {
            fields.addAll(info.get(part).propertyNames());
        }
        fields.forEach(field -> assertTrue(documentation.contains("`" + field + "`"), field));
    }

    @Test
    void shouldDrawPictures() throws IOException {
        final Path file = recording("a.bin");
        final Path picture = folder.resolve("p.png");
        done("info", file, "--picture", picture);
        final BufferedImage map = ImageIO.read(picture.toFile());
        assertEquals(30 * 16, map.getWidth());
        assertTrue(map.getHeight() > 20 * 16, "with the rate beneath");
        final Programs.Outcome all = done("preview", file, "-o", picture);
        assertTrue(all.out().contains("480 x 320, 4,000 events"), all.out());
        final BufferedImage preview = ImageIO.read(picture.toFile());
        assertEquals(480, preview.getWidth());
        assertEquals(320, preview.getHeight());
        final Programs.Outcome moment =
            done("preview", file, "-o", picture, "--at", "100ms", "--window", "50ms", "--scale", 2);
        assertTrue(moment.out().matches("(?s).*: 60 x 40, \\d\\d\\d? events\\s*"), moment.out());
        assertTrue(failed("preview", file, "-o", picture, "--at", "60s").contains("no events to show in that time"));
        assertTrue(failed("preview", file, "-o", picture, "--scale", 8000).contains("scale 8000"));
        assertEquals(60, ImageIO.read(picture.toFile()).getWidth());
    }

    @Test
    void shouldMakeVideo() throws IOException {
        final Path file = recording("a.bin");
        final Path video = folder.resolve("v.mp4");
        final long lengthMicros = info(file).get("durationMicros").asLong();
        final Programs.Outcome outcome = done("preview", file, "-o", video, "--fps", 20, "--speed", 0.5, "--scale", 3);
        final int frames = (int) (lengthMicros / 25_000) + 1;
        assertTrue(outcome.out().contains(frames + " frames of 90 x 60, 4,000 events"), outcome.out());
        try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(video.toFile())) {
            grabber.start();
            assertEquals(avcodec.AV_CODEC_ID_H264, grabber.getVideoCodec());
            assertEquals(90, grabber.getImageWidth());
            assertEquals(60, grabber.getImageHeight());
            assertEquals(20, grabber.getFrameRate(), 1e-6);
            int read = 0;
            while (grabber.grabImage() != null) {
                read++;
            }
            assertEquals(frames, read);
        }
        final String refused = failed("preview", file, "-o", video, "--speed", 1e-7);
        assertTrue(refused.contains("more than 100000 frames"), refused);
        assertEquals(List.of("a.bin", "v.mp4"), files(folder));
    }

    /** Frames of the clip, resized, one by one. */
    @Test
    void shouldSimulateASensor() throws IOException {
        final Path clip = ReferenceData.path("emotion-plif/clips/clip-9003.mp4");
        final Path file = folder.resolve("e.bin");
        final Programs.Outcome outcome =
            done("dvs", clip, "-o", file, "--size", "48x40", "--sens", "0.02");
        final List<Integer> words = new ArrayList<>();
        final List<Long> times = new ArrayList<>();
        try (FrameSource source = FrameSources.open(clip, GreyMode.FLOAT)) {
            final FrameResizer resizer = new FrameResizer(source.width(), source.height(), 48, 40);
            final float[] frame = new float[source.width() * source.height()];
            float[] before = null;
            while (source.next(frame)) {
                final float[] grey = new float[48 * 40];
                resizer.resize(frame, grey);
                for (int i = 0; before != null && i < grey.length; i++) {
                    if (Math.abs(grey[i] - before[i]) > 0.02f) {
                        words.add(EventWord.of(i % 48, i / 48, grey[i] > before[i] ? 1 : 0));
                        times.add(source.micros());
                    }
                }
                before = grey;
            }
        }
        final EventBatch events;
        try (EventReader reader = EventFormats.open(file)) {
            events = reader.readAll();
        }
        assertTrue(words.size() > 1000, "something moves: " + words.size());
        assertTrue(outcome.out().contains(String.format("%,d events", words.size())), outcome.out());
        assertEquals(words.size(), events.size());
        for (int i = 0; i < events.size(); i++) {
            assertEquals(words.get(i), events.word(i), "event " + i);
            assertEquals(times.get(i), events.micros(i), "event " + i);
        }
    }

    /** What the command adds to a sensor is a file: its options must reach the model, and threads change nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"--sensor v2e --preset clean --seed 3", "--sensor v2e --preset noisy --seed 3 --threads 2",
        "--sensor v2e --threshold 0.3,0.15 --sigma 0 --cutoff 0 --leak 0 --shot 0 --refractory 2ms",
        "--sensor esim --threshold 0.25 --refractory 100us --slomo 3", "--sensor paper --grey 8bit --slomo 2:motion"})
    void shouldGiveEventsOfTheModelWhenAsked(final String options) throws IOException {
        final Path clip = ReferenceData.path("emotion-plif/clips/clip-9003.mp4");
        final Path file = folder.resolve("e.dat");
        final List<Object> arguments = new ArrayList<>(List.of("dvs", clip, "-o", file, "--size", "64x48"));
        arguments.addAll(List.of(options.split(" ")));
        done(arguments.toArray());
        final EventBatch expected;
        try (EventReader reader = new SensorReader(frames(clip, options), sensor(options))) {
            expected = reader.readAll();
        }
        final EventBatch found;
        try (EventReader reader = EventFormats.open(file)) {
            found = reader.readAll();
        }
        assertTrue(expected.size() > 1000, "events: " + expected.size());
        assertEquals(expected.size(), found.size());
        for (int i = 0; i < found.size(); i++) {
            assertEquals(expected.word(i), found.word(i), "event " + i);
            assertEquals(expected.micros(i), found.micros(i), "event " + i);
        }
    }

    private static EventSensor sensor(final String options) {
        final SensorSize size = new SensorSize(64, 48);
        return switch (options.split(" --", 2)[1]) {
            case "preset clean --seed 3" -> new V2eSensor(size, V2eContext.clean().seed(3));
            case "preset noisy --seed 3 --threads 2" -> new V2eSensor(size, V2eContext.noisy().seed(3));
            case "threshold 0.25 --refractory 100us --slomo 3" ->
                new EsimSensor(size, new EsimParameters(0.25, 0.25, 0, 100, 1e-3, 0));
            case "grey 8bit --slomo 2:motion" -> new DifferenceEvents(size, 0.001f);
            default -> new V2eSensor(size, new V2eContext().onThreshold(0.3).offThreshold(0.15).thresholdSigma(0)
                .cutoffHz(0).leakRateHz(0).shotNoiseRateHz(0).refractorySeconds(0.002));
        };
    }

    private static FrameSource frames(final Path clip, final String options) throws IOException {
        if (options.contains("slomo 3")) {
            return SlowMotion.LINEAR.of(FrameSources.open(clip, GreyMode.FLOAT), 3);
        }
        return options.contains("motion") ? SlowMotion.MOTION.of(FrameSources.open(clip, GreyMode.EIGHT_BIT), 2)
            : FrameSources.open(clip, GreyMode.FLOAT);
    }

    /** Figures on which other decoders agree: samples/events/MANIFEST.tsv. */
    @Test
    void shouldAgreeWithOthersAboutASample() {
        final JsonNode info = info(Samples.path("events/tonic_nmnist_sample.bin"));
        assertEquals(4325, info.get("events").asLong());
        assertEquals(2145, info.get("on").asLong());
        assertEquals(654, info.get("firstMicros").asLong());
        assertEquals(311_175, info.get("lastMicros").asLong());
        assertEquals(34, info.get("width").asInt());
        assertEquals(34, info.get("height").asInt());
    }
}
