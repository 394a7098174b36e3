package org.spikemeter.runtime.live.server;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.spikemeter.runtime.live.LiveControls;
import org.spikemeter.runtime.live.LiveFeed;

/**
 * Serves the page of a live run until it is closed; the feed and the controls outlive it.
 *
 * <pre>{@code
 * try (LiveServer server = LiveServer.start(feed, controls, null, LiveServer.DEFAULT_PORT)) {
 *     out.println(server.address());
 *     pipeline.join();
 * }
 * }</pre>
 */
public final class LiveServer implements AutoCloseable {
    /** The port where none is given. */
    public static final int DEFAULT_PORT = 8080;
    /** Pages that may be open at a time. */
    public static final int MAX_VIEWERS = 16;

    private static final int MAX_PORT = 65_535;
    /** Seconds within which a request must have come; what a handler does is watched by {@link Deadlines}. */
    private static final String REQUEST_SECONDS = "10";

    private final HttpServer server;
    private final ExecutorService executor;
    private final Sampler sampler;

    private LiveServer(final HttpServer server, final ExecutorService executor, final Sampler sampler) {
        this.server = server;
        this.executor = executor;
        this.sampler = sampler;
    }

    /**
     * Starts a server.
     *
     * @param bind name or address to listen on; null for this machine alone (loopback)
     * @param port 0 for any free one, see {@link #port()}
     * @throws IllegalArgumentException where the port is none
     * @throws IOException where it cannot listen there, such as where another program does; with a message for people
     */
    public static LiveServer start(
        final LiveFeed feed, final LiveControls controls, final String bind, final int port) throws IOException {
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("port " + port + ": expected 0 to " + MAX_PORT);
        }
        // the JDK's server reads these once, when it is first used; without the first, the end of a frame would wait
        // for the acknowledgement of its beginning
        setUnlessGiven("sun.net.httpserver.nodelay", "true");
        setUnlessGiven("sun.net.httpserver.maxReqTime", REQUEST_SECONDS);
        final Deadlines deadlines = new Deadlines();
        final Sampler sampler = new Sampler(feed, controls, deadlines);
        final RequestHandler handler =
            new RequestHandler(PageFiles.load(), new Origins(bind), sampler, controls, deadlines);
        final HttpServer server = listen(bind, port);
        final ExecutorService executor =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("spikemeter-live-", 0).factory());
        server.setExecutor(executor);
        server.createContext("/", handler);
        server.start();
        sampler.start();
        return new LiveServer(server, executor, sampler);
    }

    private static void setUnlessGiven(final String property, final String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    private static HttpServer listen(final String bind, final int port) throws IOException {
        final InetAddress address;
        try {
            address = bind == null ? InetAddress.getLoopbackAddress() : InetAddress.getByName(bind);
        } catch (final UnknownHostException e) {
            throw new IOException("cannot listen on '" + bind + "': no such name or address", e);
        }
        try {
            return HttpServer.create(new InetSocketAddress(address, port), 0);
        } catch (final BindException e) {
            throw new IOException("cannot listen on port " + port + " of " + address.getHostAddress() + " ("
                + e.getMessage() + "): where another program has it, choose another port, or 0 for any free one", e);
        }
    }

    /** The port it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Where a browser on this machine finds the page. */
    public URI address() {
        final InetAddress address = server.getAddress().getAddress();
        final String host = (address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address).getHostAddress();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port() + "/");
    }

    /** Ends the streams and closes the port. Does not wait for viewers. */
    @Override
    public void close() {
        sampler.close();
        server.stop(0);
        executor.shutdownNow();
    }
}
