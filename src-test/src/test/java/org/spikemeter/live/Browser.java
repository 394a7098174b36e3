package org.spikemeter.live;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A headless Chromium with one page, driven through the DevTools protocol. It keeps what the page's console says. */
final class Browser implements AutoCloseable {
    static final List<String> PROGRAMS =
        List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

    private static final long PATIENCE_MILLIS = 30_000;

    private final Process process;
    private final HttpClient client = HttpClient.newHttpClient();
    private final WebSocket socket;
    private final AtomicInteger lastId = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    private Browser(final Process process, final Path profile) throws IOException, InterruptedException {
        this.process = process;
        final String port = portOf(profile);
        final HttpResponse<String> pages = client.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list")).build(),
            HttpResponse.BodyHandlers.ofString());
        String address = null;
        for (final JsonNode page : JsonMapper.shared().readTree(pages.body())) {
            address = page.get("type").stringValue().equals("page")
                ? page.get("webSocketDebuggerUrl").stringValue() : address;
        }
        socket = client.newWebSocketBuilder().buildAsync(URI.create(address), new Listener()).join();
        for (final String domain : List.of("Log", "Runtime", "Page")) {
            call(domain + ".enable", "{}");
        }
    }

    /** The browser that is installed; empty for none. */
    static Optional<String> program() {
        return PROGRAMS.stream().filter(path -> Files.isExecutable(Path.of(path))).findFirst();
    }

    static Browser start(final String program, final Path profile) throws IOException, InterruptedException {
        final Process process = new ProcessBuilder(program, "--headless", "--no-sandbox", "--disable-gpu",
            "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--remote-debugging-port=0", "--user-data-dir=" + profile, "about:blank")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        boolean started = false;
        try {
            final Browser browser = new Browser(process, profile);
            started = true;
            return browser;
        } finally {
            if (!started) {
                process.destroyForcibly();
            }
        }
    }

    private String portOf(final Path profile) throws IOException, InterruptedException {
        final Path file = profile.resolve("DevToolsActivePort");
        final long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (System.nanoTime() < end && process.isAlive()) {
            if (Files.exists(file) && Files.size(file) > 0) {
                return Files.readAllLines(file).getFirst();
            }
            Thread.sleep(50);
        }
        throw new IOException("Chromium did not open its port in time");
    }

    /** Calls a method of the protocol; its result. */
    JsonNode call(final String method, final String parameters) {
        final int id = lastId.incrementAndGet();
        final CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        final ObjectNode message = JsonMapper.shared().createObjectNode().put("id", id).put("method", method);
        message.set("params", JsonMapper.shared().readTree(parameters));
        socket.sendText(message.toString(), true).join();
        try {
            return answer.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).path("result");
        } catch (final InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(method + ": no answer", e);
        }
    }

    void open(final URI page) {
        call("Page.navigate", JsonMapper.shared().createObjectNode().put("url", page.toString()).toString());
    }

    /** The value of an expression in the page; promises are awaited. */
    JsonNode evaluate(final String expression) {
        final ObjectNode parameters = JsonMapper.shared().createObjectNode()
            .put("expression", expression).put("returnByValue", true).put("awaitPromise", true);
        final JsonNode result = call("Runtime.evaluate", parameters.toString());
        if (result.has("exceptionDetails")) {
            throw new IllegalStateException(expression + ": " + result.get("exceptionDetails"));
        }
        return result.path("result").path("value");
    }

    String text(final String id) {
        return evaluate("document.getElementById('" + id + "').textContent").asString();
    }

    /** Waits until the value of an expression is as wanted; the last value where it never is. */
    JsonNode await(final String expression, final Predicate<JsonNode> wanted) throws InterruptedException {
        final long end = System.nanoTime() + Duration.ofMillis(PATIENCE_MILLIS).toNanos();
        JsonNode value = evaluate(expression);
        while (!wanted.test(value) && System.nanoTime() < end) {
            Thread.sleep(50);
            value = evaluate(expression);
        }
        return value;
    }

    /** A key, as if it was pressed. */
    void press(final String key, final String text) {
        final ObjectNode down = JsonMapper.shared().createObjectNode()
            .put("type", "keyDown").put("key", key).put("text", text);
        call("Input.dispatchKeyEvent", down.toString());
        call("Input.dispatchKeyEvent", down.put("type", "keyUp").toString());
    }

    /** What the console said: errors, warnings, exceptions and whatever the page logged. */
    List<String> complaints() {
        return complaints;
    }

    @Override
    public void close() {
        socket.abort();
        client.shutdownNow();
        // its children end with it, and let go of the profile's folder
        final List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly().onExit().join();
        children.forEach(child -> child.onExit().join());
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder message = new StringBuilder();

        @Override
        public CompletionStage<?> onText(final WebSocket from, final CharSequence part, final boolean last) {
            message.append(part);
            if (last) {
                take(JsonMapper.shared().readTree(message.toString()));
                message.setLength(0);
            }
            from.request(1);
            return null;
        }

        private void take(final JsonNode json) {
            if (json.has("id")) {
                answers.remove(json.get("id").intValue()).complete(json);
                return;
            }
            switch (json.path("method").asString()) {
                case "Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown" ->
                    complaints.add(json.get("params").toString());
                default -> {
                    // the page's own business
                }
            }
        }
    }
}
