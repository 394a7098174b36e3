package org.spikemeter.live;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.reference.ReferenceData;
import org.spikemeter.runtime.cli.Spikemeter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command {@code live}: in this JVM where it ends by itself, in a JVM of its own where it is interrupted. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LiveCommandTest {
    private static final Path SPARSE = ReferenceData.path("emotion-plif-sparse/network.json");

    @TempDir
    private Path folder;

    private record Outcome(int code, String out, String err) {}

    private static Outcome spikemeter(final Object... arguments) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final int code = Spikemeter.execute(new PrintWriter(out), new PrintWriter(err, true),
            Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
        return new Outcome(code, out.toString(), err.toString());
    }

    private static String label(final String out) {
        return out.lines().filter(line -> line.startsWith("label    ")).findFirst().orElseThrow(() ->
            new AssertionError(out));
    }

    @ParameterizedTest
    @CsvSource({"clip-9001.mkv, emotion-plif-sparse", "clip-9004.mkv, emotion-plif-sparse",
        "clip-9003.mp4, emotion-plif"})
    void shouldGiveTheLabelOfRun(final String clip, final String network) {
        final Path file = ReferenceData.path("emotion-plif/clips/" + clip);
        final Path networkFile = ReferenceData.path(network + "/network.json");
        final Outcome run = spikemeter("run", file, "--network", networkFile);
        final Outcome live = spikemeter("live", file, "--network", networkFile, "--no-page", "--speed", 0);
        assertEquals(0, live.code(), live.err());
        assertEquals("", live.err());
        assertEquals(label(run.out()), label(live.out()));
        assertTrue(live.out().contains(" and 68 steps in "), live.out());
        assertTrue(live.out().lines().anyMatch(line -> line.matches(
            "accepted ([0-9,]+) events: processed \\1, dropped 0 \\(in 0 batches\\), abandoned 0")), live.out());
    }

    @ParameterizedTest
    @CsvSource({"spif, unknown", "aeunicast, 0"})
    void shouldTakeWhatIsSentInDatagrams(final String form, final String lost) throws Exception {
        final Path events = events();
        try (Program program = new Program("--network", SPARSE, "--udp", "0:" + form, "--size", "34x34",
            "--bin", "count:100")) {
            final String line = program.out.readLine();
            assertTrue(line.startsWith("events   UDP 127.0.0.1:"), line);
            final Outcome sent = spikemeter("send", events, "--format", "text", "--size", "34x34", "--speed", 1,
                "--form", form, "--to", line.substring("events   UDP ".length()));
            assertEquals(0, sent.code(), sent.err());
            program.awaitState("processedEvents", 2000);
            final Outcome outcome = program.interrupt();
            assertEquals(0, outcome.code(), outcome.err());
            assertTrue(outcome.out().contains("2,000 events and 20 steps in "), outcome.out());
            assertTrue(outcome.out().lines().anyMatch(text -> text.matches(
                "datagrams [0-9]+: 2,000 events, 0 malformed, lost " + lost + ", dropped by the system .*")),
                outcome.out());
        }
    }

    @Test
    void shouldPlayARecordingOfEventsInSteps() throws IOException {
        final Path events = events();
        final Path log = folder.resolve("latencies.hlog");
        final Outcome live = spikemeter("live", events, "--format", "text", "--size", "34x34", "--network", SPARSE,
            "--no-page", "--speed", 0, "--bin", "time:10ms", "--latency-log", log, "--window", 5, "--wait", "sleeping");
        assertEquals(0, live.code(), live.err());
        assertTrue(live.out().contains("2,000 events and 20 steps in "), live.out());
        assertTrue(Files.readString(log).contains("Tag=decision,"), "a log of HdrHistogram");
    }

    /** A recording of 0.2 s. */
    private Path events() throws IOException {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            text.append(i * 100).append(' ').append(i * 7 % 34).append(' ').append(i * 13 % 34).append(' ')
                .append(i % 2).append('\n');
        }
        final Path events = folder.resolve("events.txt");
        Files.writeString(events, text);
        return events;
    }

    @Test
    void shouldSayWhatReadersAndBinnerLeftOut() throws IOException {
        final Path events = events();
        Files.writeString(events, "no event\n", StandardOpenOption.APPEND);
        final Outcome live = spikemeter("live", events, "--format", "text", "--size", "34x20", "--network", SPARSE,
            "--no-page", "--speed", 0, "--repeated", "count");
        assertEquals(0, live.code(), live.err());
        assertTrue(live.err().lines().anyMatch(line -> line.startsWith("warning: " + events)
            && line.contains("line that is no event, left out")), live.err());
        assertTrue(live.out().lines().anyMatch(line -> line.matches(
            "input    size:34x20: 1,[0-9]+ passed, [0-9]+ removed")), live.out());
        assertTrue(live.out().contains(" events in steps: "), live.out());
    }

    @Test
    void shouldReportWhenTheLogCannotBeWritten() throws IOException {
        assumeTrue(Files.exists(Path.of("/dev/full")), "no /dev/full");
        final Outcome live = spikemeter("live", events(), "--format", "text", "--size", "34x34", "--network", SPARSE,
            "--no-page", "--speed", 0, "--latency-log", "/dev/full");
        assertEquals(1, live.code(), live.err());
        assertTrue(live.err().contains("/dev/full"), live.err());
    }

    @Test
    void shouldNotWriteItsLogOverItsInput() throws IOException {
        final Path events = events();
        final byte[] before = Files.readAllBytes(events);
        final Outcome live = spikemeter("live", events, "--format", "text", "--size", "34x34", "--no-page",
            "--latency-log", events);
        assertEquals(2, live.code(), live.err());
        assertTrue(live.err().contains("would write over the input"), live.err());
        assertArrayEquals(before, Files.readAllBytes(events));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "1 | nowhere.mp4 --no-page | nowhere.mp4: no such file",
        "1 | /dev/video77 --no-page | /dev/video77: no such file",
        "2 | --udp 1x --no-page | --udp is '1x': expected PORT or PORT:FORM",
        "2 | --udp 1:sprf --no-page | 'sprf' is no form of datagrams",
        "2 | clip.mp4 --udp 1 --no-page | INPUT and --udp exclude each other",
        "2 | - --size 4x4 --no-page | standard input: expected --format NAME",
        "2 | - --format csv --no-page | standard input: expected --size WxH",
        "2 | --udp 0 --crop 0,0,4,4 --no-page | datagrams are taken as they come",
        "2 | --udp 0 --size 4x4 --filter ba:1ms --no-page | datagrams are taken as they come",
        "2 | --udp 0 --format evt3 --no-page | datagrams are taken as they come",
        "2 | --wait forever | is not one of blocking, busy-spin, sleeping, yielding",
        "2 | --window -1 | --window is -1",
        "2 | --speed -1 | --speed",
        "2 | --bin time:1ms | are about events",
        "1 | --port 70000 | port 70000"})
    void shouldSayWhatIsWrongInOneLine(final int code, final String arguments, final String message) {
        final List<Object> all = new ArrayList<>(List.of("live", "--network", SPARSE));
        all.addAll(List.of(arguments.split(" ")));
        final Outcome live = spikemeter(all.toArray());
        assertEquals(code, live.code(), live.err());
        assertTrue(live.err().contains(message), live.err());
        assertEquals(code, live.err().lines().count(), live.err());
    }

    @Test
    void shouldSayThatThePortIsTaken() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            final Outcome live = spikemeter("live", "--network", SPARSE, "--port", other.getLocalPort());
            assertEquals(1, live.code());
            assertTrue(live.err().startsWith("spikemeter: cannot listen on port " + other.getLocalPort() + " of "),
                live.err());
            assertEquals(1, live.err().lines().count(), live.err());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "pause"})
    void shouldServeItsStateAndSumUpWhenInterrupted(final String command) throws Exception {
        try (Program program = new Program("--network", SPARSE)) {
            final JsonNode first = program.awaitState("step", 3);
            assertEquals("clip-9003.mp4 (comes with the program)", first.get("source").asString());
            program.awaitState("step", first.get("step").asInt() + 5);
            program.awaitState("processedEvents", first.get("processedEvents").asInt() + 5);
            if (!command.isEmpty()) {
                assertEquals(200, program.post("{\"command\": \"" + command + "\"}"));
            }
            final Outcome outcome = program.interrupt();
            assertEquals(0, outcome.code(), outcome.err());
            label(outcome.out());
            assertTrue(outcome.out().contains("accepted "), outcome.out());
            assertEquals(List.of(), program.temporaryFiles());
        }
    }

    @Test
    void shouldBeSeenAndControlledInABrowser() throws Exception {
        final String chromium = Browser.program().orElse(null);
        Assumptions.assumeTrue(chromium != null, "no Chromium: " + Browser.PROGRAMS);
        try (Program program = new Program();
            Browser browser = Browser.start(chromium, folder.resolve("profile"))) {
            browser.open(program.page);
            final String frames = "Number(document.documentElement?.dataset.frames ?? 0)";
            assertTrue(browser.await(frames, value -> value.asInt() >= 20).asInt() >= 20);
            assertEquals("emotion-plif on clip-9003.mp4 (comes with the program)", browser.text("subject"));
            final String label = "document.getElementById('label').textContent";
            assertEquals("positive", browser.await(label, text -> text.asString().equals("positive")).asString());
            final String state = "document.body.dataset.state";
            browser.evaluate("document.getElementById('pause').click()");
            assertEquals("paused", browser.await(state, text -> text.asString().equals("paused")).asString());
            final long step = step(browser);
            browser.evaluate("document.getElementById('single').click()");
            browser.await("document.getElementById('step').textContent",
                text -> !text.asString().replace(",", "").equals(Long.toString(step)));
            assertEquals(step + 1, step(browser));
            browser.evaluate("document.getElementById('pause').click()");
            assertEquals("running", browser.await(state, text -> text.asString().equals("running")).asString());
            assertEquals(List.of(), browser.complaints());
            browser.open(URI.create("about:blank"));
        }
    }

    private static long step(final Browser browser) throws InterruptedException {
        Thread.sleep(300);
        return Long.parseLong(browser.text("step").replace(",", ""));
    }

    /** The command in a JVM of its own, at a free port. */
    private final class Program implements AutoCloseable {
        private final HttpClient client = HttpClient.newHttpClient();
        private final Path temporary = Files.createDirectories(folder.resolve("temporary"));
        private final Path errors = folder.resolve("err.txt");
        private final Process process;
        private final BufferedReader out;
        private final URI page;

        Program(final Object... arguments) throws IOException {
            final List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Djava.io.tmpdir=" + temporary));
            ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--")).forEach(command::add);
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), Spikemeter.class.getName(), "live",
                "--port", "0"));
            Arrays.stream(arguments).map(Object::toString).forEach(command::add);
            process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
            out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            final String line = out.readLine();
            assertTrue(line != null && line.startsWith("page     http://127.0.0.1:"), line);
            page = URI.create(line.substring("page     ".length()));
        }

        JsonNode awaitState(final String number, final int atLeast) throws IOException, InterruptedException {
            final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            JsonNode state;
            do {
                Thread.sleep(50);
                final HttpRequest request = HttpRequest.newBuilder(page.resolve("/state")).build();
                state = JsonMapper.shared().readTree(
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body());
            } while (state.get(number).asInt() < atLeast && System.nanoTime() < end);
            assertFalse(state.get(number).asInt() < atLeast, state::toString);
            return state;
        }

        int post(final String json) throws IOException, InterruptedException {
            return client.send(HttpRequest.newBuilder(page.resolve("/control"))
                .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(json)).build(),
                HttpResponse.BodyHandlers.discarding()).statusCode();
        }

        /** Ends it as Ctrl-C does; SIGTERM takes the same way. */
        Outcome interrupt() throws IOException, InterruptedException {
            process.toHandle().destroy();
            final StringBuilder text = new StringBuilder();
            out.lines().forEach(line -> text.append(line).append('\n'));
            assertTrue(process.waitFor(30, TimeUnit.SECONDS), "it ends");
            return new Outcome(process.exitValue(), text.toString(), Files.readString(errors));
        }

        List<String> temporaryFiles() throws IOException {
            try (var files = Files.list(temporary)) {
                return files.map(file -> file.getFileName().toString()).filter(name -> name.startsWith("spikemeter"))
                    .toList();
            }
        }

        @Override
        public void close() {
            process.destroyForcibly();
            client.shutdownNow();
        }
    }
}
