package org.spikemeter.live;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.runtime.live.ControlRefusedException;
import org.spikemeter.runtime.live.LiveDescription;
import org.spikemeter.runtime.live.LiveFailure;
import org.spikemeter.runtime.live.LiveFeed;
import org.spikemeter.runtime.live.LiveFrame;
import org.spikemeter.runtime.live.LiveState;
import org.spikemeter.runtime.live.server.LiveServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The server of the live page, over HTTP. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LiveServerTest {
    private static final long SEED = 41;

    private final HttpClient client = HttpClient.newHttpClient();
    private SyntheticFeed feed;
    private LiveServer server;

    @BeforeEach
    void start() throws IOException {
        feed = new SyntheticFeed(SEED);
        server = LiveServer.start(feed, feed, null, 0);
    }

    @AfterEach
    void stop() {
        server.close();
        client.shutdownNow();
    }

    @Test
    void shouldSendBothViewersTheFramesAsSampled() throws IOException, InterruptedException {
        final SyntheticFeed twin = new SyntheticFeed(SEED);
        final LiveFrame expected = new LiveFrame(twin.description());
        long sampled = 0;
        try (StreamReader one = viewer(); StreamReader two = viewer()) {
            final long start = System.nanoTime();
            for (int i = 0; i < 50; i++) {
                final LiveFrame frame = one.next();
                for (; sampled < one.sequence(); sampled++) {
                    twin.sample(expected);
                }
                assertSame(expected, frame);
                two.next();
            }
            final double seconds = (System.nanoTime() - start) / 1e9;
            assertTrue(seconds > 1.5 && seconds < 4, () -> "50 frames took " + seconds + " s");
            LiveFrame other = two.next();
            while (two.sequence() < one.sequence()) {
                other = two.next();
            }
            for (; sampled < two.sequence(); sampled++) {
                twin.sample(expected);
            }
            assertSame(expected, other);
        }
    }

    private static void assertSame(final LiveFrame expected, final LiveFrame frame) {
        assertEquals(expected.state, frame.state);
        assertNull(frame.failure);
        assertArrayEquals(
            new long[] {expected.step, expected.timeMicros, expected.acceptedEvents, expected.processedEvents,
                expected.goneEvents, expected.droppedBatches, expected.windowFirstStep, expected.windowSteps,
                expected.label},
            new long[] {frame.step, frame.timeMicros, frame.acceptedEvents, frame.processedEvents,
                frame.goneEvents, frame.droppedBatches, frame.windowFirstStep, frame.windowSteps, frame.label});
        assertArrayEquals(
            new double[] {expected.eventsPerSecond, expected.spikesPerSecond, expected.accPerSecond,
                expected.macPerSecond, expected.powerMicrowatts, expected.powerHighMicrowatts},
            new double[] {frame.eventsPerSecond, frame.spikesPerSecond, frame.accPerSecond, frame.macPerSecond,
                frame.powerMicrowatts, frame.powerHighMicrowatts});
        assertArrayEquals(floats(expected.latencyMicros), frame.latencyMicros);
        assertArrayEquals(floats(expected.groupRates), frame.groupRates);
        assertEquals(expected.labelChanges, frame.labelChanges);
        final int changes = expected.labelChanges;
        assertArrayEquals(Arrays.copyOf(expected.labelMicros, changes), Arrays.copyOf(frame.labelMicros, changes));
        assertArrayEquals(Arrays.copyOf(expected.labels, changes), Arrays.copyOf(frame.labels, changes));
        final int values = expected.windowSteps * 20;
        assertArrayEquals(Arrays.copyOf(expected.membranes, values), Arrays.copyOf(frame.membranes, values));
        assertArrayEquals(Arrays.copyOf(expected.spikes, values), Arrays.copyOf(frame.spikes, values));
        assertArrayEquals(expected.on, frame.on);
        assertArrayEquals(expected.off, frame.off);
        assertArrayEquals(expected.layers, frame.layers);
    }

    private static double[] floats(final double[] values) {
        return Arrays.stream(values).map(value -> (float) value).toArray();
    }

    @Test
    void shouldLetALateViewerCatchUp() throws IOException, InterruptedException {
        final JsonNode history;
        try (StreamReader early = viewer()) {
            assertTrue(early.description().get("history").get("events").size() <= 2);
            LiveFrame frame = early.next();
            while (frame.labelChanges < 3 || frame.windowSteps < LiveFrame.MAX_STEPS) {
                frame = early.next();
            }
            try (StreamReader late = viewer()) {
                history = late.description().get("history");
                final LiveFrame first = late.next();
                assertEquals(LiveFrame.MAX_STEPS, first.windowSteps);
                assertTrue(first.labelChanges >= 3);
            }
            assertEquals((early.sequence() - 1) / 12 + 1, history.get("events").size(), 1);
        }
        assertEquals(history.get("events").size(), history.get("power").size());
        // the feed's first rate, at the end of its first sample
        final LiveFrame first = new LiveFrame(feed.description());
        new SyntheticFeed(SEED).sample(first);
        assertEquals(first.eventsPerSecond, history.get("events").get(0).doubleValue());
    }

    @Test
    void shouldShowTheLastMapsToWhoComesDuringAPause()
        throws IOException, InterruptedException, ControlRefusedException {
        feed.pause();
        while (!state(server).get("state").stringValue().equals("paused")) {
            Thread.sleep(20);
        }
        final long steps = state(server).get("step").longValue();
        final SyntheticFeed twin = new SyntheticFeed(SEED);
        final LiveFrame expected = new LiveFrame(twin.description());
        while (expected.step < steps) {
            twin.sample(expected);
        }
        try (StreamReader late = viewer()) {
            for (int i = 0; i < 3; i++) {
                final LiveFrame frame = late.next();
                assertEquals(LiveState.PAUSED, frame.state);
                assertArrayEquals(expected.on, frame.on);
                assertArrayEquals(expected.off, frame.off);
                assertArrayEquals(expected.layers, frame.layers);
            }
        }
    }

    @Test
    void shouldDescribeTheRunFirst() throws IOException, InterruptedException {
        try (StreamReader viewer = viewer()) {
            final JsonNode json = viewer.description();
            assertEquals("spikemeter-live/1", json.get("format").stringValue());
            assertEquals(6, json.get("layers").size());
            assertEquals("8 x 126 x 126", json.get("layers").get(0).get("shape").stringValue());
            assertEquals(63, json.get("layers").get(0).get("width").intValue());
            assertEquals(4, json.get("output").get("groups").size());
            assertEquals(SyntheticFeed.NO_SENS, json.get("controls").get("sens").get("refusal").stringValue());
            assertTrue(json.get("controls").get("speed").get("refusal").isNull());
            assertEquals(16.0, json.get("controls").get("speed").get("high").doubleValue());
            assertEquals(SyntheticFeed.PRICES.size(), json.get("priceModels").size());
        }
    }

    @Test
    void shouldDropAViewerThatStopsReadingAndDisturbNoOther() throws IOException, InterruptedException {
        // so many events that frames are 180 kB, and fill the sockets' buffers soon
        final SyntheticFeed busy = new SyntheticFeed(SEED, new SensorSize(346, 260), 0.9);
        try (LiveServer crowded = LiveServer.start(busy, busy, null, 0);
            StreamReader good = new StreamReader(crowded.address(), busy.description())) {
            good.next();
            final long before = usedHeap();
            final List<Socket> stalled = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                stalled.add(stalledViewer(crowded.port()));
            }
            final long start = System.nanoTime();
            long longest = 0;
            long last = start;
            int frames = 0;
            int viewers = 5;
            while (viewers > 1 && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(30)) {
                good.next();
                frames++;
                longest = Math.max(longest, System.nanoTime() - last);
                last = System.nanoTime();
                viewers = frames % 25 == 0 ? state(crowded).get("viewers").intValue() : viewers;
                assertTrue(frames != 50 || viewers == 5, "all viewers are there at first");
            }
            assertEquals(1, viewers, "viewers that are left");
            final double rate = frames / ((last - start) / 1e9);
            assertTrue(rate > 18 && rate < 32, "frames a second: " + rate);
            final long gap = longest;
            assertTrue(gap < 1_000_000_000L, () -> "a gap of " + gap / 1e6 + " ms");
            final long grown = usedHeap() - before;
            assertTrue(grown < 10 << 20, "the heap grew by " + grown);
            for (final Socket socket : stalled) {
                socket.close();
            }
        }
    }

    private static Socket stalledViewer(final int port) throws IOException {
        final Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        socket.getOutputStream().write(request("GET /stream HTTP/1.1", "", ""));
        return socket;
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void shouldRefuseMoreViewersThanThereIsRoomFor() throws IOException, InterruptedException {
        final List<StreamReader> viewers = new ArrayList<>();
        try {
            for (int i = 0; i < LiveServer.MAX_VIEWERS; i++) {
                viewers.add(viewer());
            }
            assertEquals(LiveServer.MAX_VIEWERS, state(server).get("viewers").intValue());
            assertEquals("503 16 pages are open already: close one of them\n",
                assertThrows(IOException.class, this::viewer).getMessage());
            viewers.removeLast().close();
            while (state(server).get("viewers").intValue() == LiveServer.MAX_VIEWERS) {
                Thread.sleep(20);
            }
            viewers.add(viewer());
            viewers.getLast().next();
        } finally {
            viewers.forEach(StreamReader::close);
        }
    }

    @Test
    void shouldSayThatThePortIsTaken() {
        final IOException taken =
            assertThrows(IOException.class, () -> LiveServer.start(feed, feed, null, server.port()));
        assertTrue(taken.getMessage().contains("cannot listen on port " + server.port()), taken.getMessage());
        assertTrue(taken.getMessage().contains("choose another port, or 0"), taken.getMessage());
        final IOException nowhere =
            assertThrows(IOException.class, () -> LiveServer.start(feed, feed, "no-such-name.invalid", 0));
        assertTrue(nowhere.getMessage().contains("no-such-name.invalid"), nowhere.getMessage());
        assertThrows(IllegalArgumentException.class, () -> LiveServer.start(feed, feed, null, 65_536));
    }

    @Test
    void shouldListenOnThisMachineAlone() {
        assertEquals("127.0.0.1", server.address().getHost());
        assertTrue(server.port() > 0);
    }

    @Test
    void shouldGiveTheStateToScripts() throws IOException, InterruptedException, ControlRefusedException {
        feed.pause();
        feed.drop();
        while (!state(server).get("state").stringValue().equals("paused")) {
            Thread.sleep(20);
        }
        final JsonNode state = state(server);
        final LiveFrame frame = new LiveFrame(feed.description());
        feed.sample(frame);
        assertEquals(frame.step, state.get("step").longValue());
        assertEquals(frame.processedEvents, state.get("processedEvents").longValue());
        assertEquals(1, state.get("droppedBatches").longValue());
        assertEquals(frame.labelChanges, state.get("labels").size());
        assertEquals(5, state.get("latencyMicros").size());
        assertEquals("readout", state.get("latencyMicros").get(4).get("stage").stringValue());
        assertTrue(state.get("failure").isNull());
        assertTrue(state.get("controls").get("sens").isNull());
    }

    @Test
    void shouldTellWhatFailed() throws IOException, InterruptedException {
        feed.fail(new LiveFailure("network", 17, "value is not finite"));
        try (StreamReader viewer = viewer()) {
            final LiveFrame frame = viewer.next();
            assertEquals(LiveState.FAILED, frame.state);
            assertTrue(frame.failure.toString().endsWith("stage network, batch 17: value is not finite"));
        }
        assertEquals("stage network, batch 17: value is not finite", state(server).get("failure").stringValue());
    }

    @Test
    void shouldTellTheFeedWhetherAnybodyWatches() throws IOException, InterruptedException {
        final SyntheticFeed own = new SyntheticFeed(SEED);
        try (LiveServer other = LiveServer.start(own, own, null, 0)) {
            try (StreamReader viewer = new StreamReader(other.address(), own.description())) {
                viewer.next();
                viewer.next();
                assertEquals(List.of(false, true), own.watched());
            }
            for (int i = 0; i < 2000 && own.watched().size() < 3; i++) {
                Thread.sleep(5);
            }
            assertEquals(List.of(false, true, false), own.watched());
        }
    }

    @Test
    void shouldTellThatAFeedBroke() throws IOException, InterruptedException {
        final LiveFeed broken = new LiveFeed() {
            @Override
            public LiveDescription description() {
                return feed.description();
            }

            @Override
            public void sample(final LiveFrame frame) {
                throw new IllegalStateException("out of order");
            }
        };
        try (LiveServer other = LiveServer.start(broken, feed, null, 0);
            StreamReader viewer = new StreamReader(other.address(), feed.description())) {
            for (int i = 0; i < 5; i++) {
                final LiveFrame frame = viewer.next();
                assertEquals(LiveState.FAILED, frame.state);
                assertTrue(frame.failure.message().contains("out of order"));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"/,text/html", "/live.css,text/css", "/live.js,text/javascript", "/stream.js,text/javascript",
        "/icon.svg,image/svg+xml", "/state,application/json"})
    void shouldServeThePage(final String path, final String type) throws IOException {
        final String answer = ask(request("GET " + path + " HTTP/1.1", "", ""));
        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
        assertTrue(answer.toLowerCase().contains("content-type: " + type), answer);
        assertTrue(answer.toLowerCase().contains("content-security-policy: default-src 'none'"), answer);
        final String head = ask(request("HEAD " + path + " HTTP/1.1", "", ""));
        assertTrue(head.startsWith("HTTP/1.1 200 "), head);
        assertTrue(head.endsWith("\r\n\r\n"), head);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/../pom.xml", "/%2e%2e/%2e%2e/etc/passwd", "/live.css/../../LiveServer.class",
        "//etc/passwd", "/LiveServer.class", "/live.css%00", "/stream/", "/state/x", "/favicon.ico", "/..%5c..%5cx",
        "/org/spikemeter/runtime/live/server/live.html"})
    void shouldFindNothingElse(final String path) throws IOException {
        assertAnswer(404, "nothing here", ask(request("GET " + path + " HTTP/1.1", "", "")));
    }

    @ParameterizedTest
    @CsvSource({"POST,/,'GET, HEAD'", "DELETE,/state,'GET, HEAD'", "PUT,/live.js,'GET, HEAD'", "HEAD,/stream,GET",
        "POST,/stream,GET", "GET,/control,POST", "OPTIONS,/control,POST"})
    void shouldNameTheMethodsThatThereAre(final String method, final String path, final String allowed)
        throws IOException {
        final String answer = ask(request(method + " " + path + " HTTP/1.1", "Content-Length: 0\r\n", ""));
        assertTrue(answer.startsWith("HTTP/1.1 405 "), answer);
        assertTrue(answer.contains("Allow: " + allowed + "\r\n"), answer);
    }

    @Test
    void shouldRefuseWhatIsTooLarge() throws IOException {
        final String large = "x".repeat(20_000);
        assertAnswer(400, "at most 16384", ask(request("GET /?" + large + " HTTP/1.1", "", "")));
        assertAnswer(400, "at most 16384", ask(request("GET / HTTP/1.1", "Cookie: " + large + "\r\n", "")));
        assertAnswer(413, "at most 4096 bytes", post("", "{\"command\": \"" + "x".repeat(10_000_000) + "\"}"));
        assertAnswer(413, "at most 4096 bytes", ask(request("POST /control HTTP/1.1",
            "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n",
            "1388\r\n" + "x".repeat(0x1388) + "\r\n0\r\n\r\n")));
        // so many headers that the JDK's server closes the connection
        final String closed = ask(request("GET / HTTP/1.1", ("Cookie: " + large + "\r\n").repeat(30), ""));
        assertTrue(closed.isEmpty() || closed.startsWith("HTTP/1.1 4"), closed);
        assertTrue(ask(request("GET /state HTTP/1.1", "", "")).startsWith("HTTP/1.1 200 "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "GET /", "\0\0\0\0", "GET /%zz HTTP/1.1"})
    void shouldRefuseWhatIsNoRequest(final String line) throws IOException {
        final String answer = ask(request(line, "", ""));
        assertTrue(answer.isEmpty() || answer.startsWith("HTTP/1.1 4"), answer);
        assertFalse(answer.contains("at org."), answer);
    }

    @Test
    void shouldGiveUpARequestThatIsNeverSentToItsEnd() throws IOException {
        final long start = System.nanoTime();
        ask(request("POST /control HTTP/1.1", "Content-Type: application/json\r\nContent-Length: 100\r\n", "{"));
        final double seconds = (System.nanoTime() - start) / 1e9;
        assertTrue(seconds > 3 && seconds < 20, () -> "given up after " + seconds + " s");
    }

    @Test
    void shouldGiveUpAHeadThatIsNeverSentToItsEnd() throws IOException, InterruptedException {
        try (StreamReader viewer = viewer()) {
            final long start = System.nanoTime();
            ask("GET /state HTTP/1.1\r\nHost: 127.0.0.1\r\n".getBytes(StandardCharsets.UTF_8));
            final double seconds = (System.nanoTime() - start) / 1e9;
            assertTrue(seconds > 5 && seconds < 18, () -> "given up after " + seconds + " s");
            // a stream is no request that takes long
            for (long last = 0; last < 25 * 14; last = viewer.sequence()) {
                viewer.next();
            }
        }
    }

    @Test
    void shouldDoWhatControlsSay() throws IOException, InterruptedException {
        try (StreamReader viewer = viewer()) {
            viewer.next();
            assertEquals(200, command("{\"command\": \"pause\"}").statusCode());
            LiveFrame frame = next(viewer, LiveState.PAUSED);
            final long step = frame.step;
            assertEquals(200, command("{\"command\": \"step\"}").statusCode());
            while (frame.step == step) {
                frame = viewer.next();
            }
            assertEquals(step + 1, frame.step);
            assertEquals(200, command("{\"command\": \"resume\"}").statusCode());
            next(viewer, LiveState.RUNNING);
            final JsonNode values =
                JsonMapper.shared().readTree(command("{\"command\": \"speed\", \"value\": 2.5}").body());
            assertEquals(2.5, values.get("speed").doubleValue());
            while (viewer.speed() != 2.5) {
                viewer.next();
            }
            command("{\"command\": \"priceModel\", \"value\": \"unpriced\"}");
            while (!Double.isNaN(frame.powerMicrowatts)) {
                frame = viewer.next();
            }
            assertEquals(2, viewer.prices());
            assertTrue(state(server).get("powerMicrowatts").isNull());
        }
    }

    private static LiveFrame next(final StreamReader viewer, final LiveState wanted) throws IOException {
        LiveFrame frame = viewer.next();
        while (frame.state != wanted) {
            frame = viewer.next();
        }
        return frame;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "409 | {\"command\": \"step\"} | a single step needs a paused run",
        "409 | {\"command\": \"sens\", \"value\": 0.2} | a recording of events has no Sens",
        "409 | {\"command\": \"speed\", \"value\": 17} | speed 17.0: expected 0.0625 to 16.0",
        "409 | {\"command\": \"speed\", \"value\": -1} | expected 0.0625 to 16.0",
        "409 | {\"command\": \"priceModel\", \"value\": \"gold\"} | no price model 'gold'",
        "400 | {\"command\": \"speed\", \"value\": \"fast\"} | expected a number as 'value'",
        "400 | {\"command\": \"speed\"} | expected a number as 'value'",
        "400 | {\"command\": \"priceModel\", \"value\": 3} | expected a text as 'value'",
        "400 | {\"command\": \"explode\"} | no command 'explode': expected pause, resume, step",
        "400 | {\"command\": 7} | expected an object with a field 'command'",
        "400 | [] | expected an object with a field 'command'",
        "400 | {\"command\": | not JSON",
        "400 | `` | expected an object with a field 'command'"})
    void shouldSayWhyAControlIsRefused(final int status, final String json, final String message) throws IOException {
        assertAnswer(status, message, post("", json));
        assertEquals(1.0, feed.speed().value());
    }

    @Test
    void shouldNotObeyOtherSites() throws IOException {
        final String pause = "{\"command\": \"pause\"}";
        assertAnswer(403, "other sites", post("Origin: http://evil.example\r\n", pause));
        assertAnswer(403, "other sites", post("Origin: null\r\n", pause));
        assertAnswer(403, "'evil.example' is not served", ask(("GET /state HTTP/1.1\r\nHost: evil.example\r\n"
            + "Connection: close\r\n\r\n").getBytes(StandardCharsets.UTF_8)));
        assertAnswer(403, "is not served", ask(("GET /stream HTTP/1.1\r\nConnection: close\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8)));
        assertAnswer(415, "expected application/json", ask(request("POST /control HTTP/1.1",
            "Content-Type: text/plain\r\nContent-Length: " + pause.length() + "\r\n", pause)));
        assertEquals("running", JsonMapper.shared().readTree(
            ask(request("GET /state HTTP/1.1", "", "")).split("\r\n\r\n")[1]).get("state").stringValue());
        final String own = post("Origin: http://127.0.0.1\r\n", pause);
        assertTrue(own.startsWith("HTTP/1.1 200 "), own);
    }

    @Test
    void shouldEndTheStreamsWhenItCloses() throws IOException, InterruptedException {
        try (StreamReader viewer = viewer()) {
            viewer.next();
            server.close();
            assertThrows(IOException.class, () -> {
                for (int i = 0; i < 10_000; i++) {
                    viewer.next();
                }
            });
        }
        // the port is free again
        LiveServer.start(feed, feed, null, server.port()).close();
    }

    private StreamReader viewer() throws IOException, InterruptedException {
        return new StreamReader(server.address(), feed.description());
    }

    private JsonNode state(final LiveServer from) throws IOException, InterruptedException {
        return JsonMapper.shared().readTree(client.send(
            HttpRequest.newBuilder(from.address().resolve("/state")).build(),
            HttpResponse.BodyHandlers.ofString()).body());
    }

    private HttpResponse<String> command(final String json) throws IOException, InterruptedException {
        final URI address = server.address().resolve("/control");
        return client.send(HttpRequest.newBuilder(address).header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private String post(final String header, final String json) throws IOException {
        return ask(request("POST /control HTTP/1.1",
            header + "Content-Type: application/json\r\nContent-Length: " + json.length() + "\r\n", json));
    }

    private static byte[] request(final String line, final String headers, final String body) {
        return (line + "\r\nHost: 127.0.0.1\r\nConnection: close\r\n" + headers + "\r\n" + body)
            .getBytes(StandardCharsets.UTF_8);
    }

    /** What the server answers until it closes the connection; nothing where it closes at once. */
    private String ask(final byte[] request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(20_000);
            try {
                socket.getOutputStream().write(request);
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (final SocketException e) {
                return "";
            }
        }
    }

    private static void assertAnswer(final int status, final String message, final String answer) {
        assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
        assertTrue(answer.split("\r\n\r\n", 2)[1].contains(message), answer);
        assertFalse(answer.contains("Exception") || answer.contains("at org."), answer);
    }
}
