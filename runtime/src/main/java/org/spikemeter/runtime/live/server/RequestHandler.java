package org.spikemeter.runtime.live.server;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.spikemeter.runtime.live.ControlRefusedException;
import org.spikemeter.runtime.live.LiveControls;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Answers every request: the page, the stream, the state and commands; all else with what is wrong with it. */
final class RequestHandler implements HttpHandler {
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int CONFLICT = 409;
    private static final int TOO_LARGE = 413;
    private static final int WRONG_TYPE = 415;
    private static final int UNAVAILABLE = 503;

    private static final int MAX_HEAD = 16 << 10;
    private static final int MAX_COMMAND = 4 << 10;
    /** What is read of a request that is too large, so that its sender comes to see the answer. */
    private static final long MAX_SKIPPED = 16L << 20;
    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Map<String, PageFiles.PageFile> files;
    private final Origins origins;
    private final Sampler sampler;
    private final Viewers viewers;
    private final LiveControls controls;
    private final Deadlines deadlines;
    private final ReentrantLock commands = new ReentrantLock(true);

    RequestHandler(
        final Map<String, PageFiles.PageFile> files, final Origins origins, final Sampler sampler,
        final LiveControls controls, final Deadlines deadlines) {
        this.files = files;
        this.origins = origins;
        this.sampler = sampler;
        this.controls = controls;
        this.deadlines = deadlines;
        viewers = new Viewers(sampler, deadlines);
    }

    @Override
    public void handle(final HttpExchange exchange) throws IOException {
        final Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Security-Policy", POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cache-Control", "no-store");
        try {
            route(exchange);
        } catch (final RequestRefusedException e) {
            try (Deadlines.Deadline _ = deadlines.begin()) {
                exchange.getRequestBody().skip(MAX_SKIPPED);
                send(exchange, e.status(), TEXT, (e.getMessage() + "\n").getBytes(StandardCharsets.UTF_8));
            }
        } finally {
            exchange.close();
        }
    }

    private void route(final HttpExchange exchange) throws IOException, RequestRefusedException {
        checkHead(exchange);
        final String path = exchange.getRequestURI().getRawPath();
        if (path.equals("/stream")) {
            requireMethod(exchange, "GET");
            stream(exchange);
            return;
        }
        try (Deadlines.Deadline _ = deadlines.begin()) {
            if (path.equals("/control")) {
                requireMethod(exchange, "POST");
                send(exchange, OK, JSON, control(exchange));
            } else if (path.equals("/state")) {
                requireMethod(exchange, "GET", "HEAD");
                send(exchange, OK, JSON, JsonMapper.shared().writeValueAsBytes(sampler.state()));
            } else if (files.containsKey(path)) {
                requireMethod(exchange, "GET", "HEAD");
                send(exchange, OK, files.get(path).type(), files.get(path).bytes());
            } else {
                throw new RequestRefusedException(NOT_FOUND, "nothing here; the page is at /");
            }
        }
    }

    private void checkHead(final HttpExchange exchange) throws RequestRefusedException {
        long size = exchange.getRequestURI().toString().length();
        for (final Map.Entry<String, List<String>> header : exchange.getRequestHeaders().entrySet()) {
            for (final String value : header.getValue()) {
                size += header.getKey().length() + value.length();
            }
        }
        if (size > MAX_HEAD) {
            throw new RequestRefusedException(BAD_REQUEST,
                "address and headers have " + size + " characters: expected at most " + MAX_HEAD);
        }
        final String host = exchange.getRequestHeaders().getFirst("Host");
        if (!origins.isHost(host)) {
            throw new RequestRefusedException(FORBIDDEN,
                "host '" + host + "' is not served here: use the address that was printed at the start");
        }
    }

    private static void requireMethod(final HttpExchange exchange, final String... allowed)
        throws RequestRefusedException {
        if (!Arrays.asList(allowed).contains(exchange.getRequestMethod())) {
            final String list = String.join(", ", allowed);
            exchange.getResponseHeaders().set("Allow", list);
            throw new RequestRefusedException(METHOD_NOT_ALLOWED,
                "method " + exchange.getRequestMethod() + ": expected " + list);
        }
    }

    private void stream(final HttpExchange exchange) throws IOException, RequestRefusedException {
        if (!viewers.enter()) {
            throw new RequestRefusedException(UNAVAILABLE,
                LiveServer.MAX_VIEWERS + " pages are open already: close one of them");
        }
        try {
            exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
            exchange.sendResponseHeaders(OK, 0);
            viewers.stream(exchange.getResponseBody());
        } finally {
            viewers.leave();
        }
    }

    /** Does a command; the answer is the values of the controls behind it. */
    private byte[] control(final HttpExchange exchange) throws IOException, RequestRefusedException {
        final Headers headers = exchange.getRequestHeaders();
        if (!Origins.isOrigin(headers.getFirst("Origin"), headers.getFirst("Host"))) {
            throw new RequestRefusedException(FORBIDDEN, "commands of other sites are not obeyed");
        }
        // other sites' forms cannot send it
        final String type = headers.getFirst("Content-Type");
        if (type == null || !type.split(";")[0].strip().equalsIgnoreCase(JSON)) {
            throw new RequestRefusedException(WRONG_TYPE, "content type " + type + ": expected " + JSON);
        }
        try {
            final Command command = Command.parse(body(exchange));
            commands.lock();
            try {
                command.apply(controls);
            } finally {
                commands.unlock();
            }
        } catch (final IllegalArgumentException e) {
            throw new RequestRefusedException(BAD_REQUEST, e.getMessage());
        } catch (final ControlRefusedException e) {
            throw new RequestRefusedException(CONFLICT, e.getMessage());
        }
        final ObjectNode json = JsonMapper.shared().createObjectNode();
        LiveJson.addValues(json, controls);
        return JsonMapper.shared().writeValueAsBytes(json);
    }

    private static byte[] body(final HttpExchange exchange) throws IOException, RequestRefusedException {
        final InputStream in = exchange.getRequestBody();
        final byte[] bytes = in.readNBytes(MAX_COMMAND + 1);
        if (bytes.length > MAX_COMMAND) {
            throw new RequestRefusedException(TOO_LARGE, "a command has at most " + MAX_COMMAND + " bytes");
        }
        return bytes;
    }

    private static void send(
        final HttpExchange exchange, final int status, final String type, final byte[] bytes) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(bytes.length));
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
