package org.spikemeter.runtime.source;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.runtime.pipeline.InputBatch;
import org.spikemeter.runtime.pipeline.Intake;
import org.spikemeter.runtime.pipeline.PipelineSource;
import org.spikemeter.runtime.source.datagram.DatagramCodec;
import org.spikemeter.runtime.source.datagram.DatagramCounts;
import org.spikemeter.runtime.source.datagram.KernelDrops;

/**
 * Events that arrive in datagrams. Whatever is there is handed over at once: no event waits for others. Where nothing
 * comes for {@value #QUIET_MILLIS} ms, the time of the events is taken to go on from that of the last one, so that
 * steps end in silence, too.
 *
 * <p>In steady state nothing is allocated for a datagram. Where the pipeline is behind, datagrams wait in the socket's
 * buffer, and the system drops what finds no room there ({@link #kernelDrops}).
 */
public final class UdpSource implements PipelineSource {
    private static final int RECEIVE_BUFFER_BYTES = 1 << 23;
    private static final long QUIET_MILLIS = 5;
    private static final int MAX_DATAGRAMS_A_BATCH = 1024;
    private static final long NANOS_A_MICRO = 1000;
    private static final Consumer<SelectionKey> NOTHING = _ -> { };

    private final DatagramCodec codec;
    private final double speed;
    private final InetSocketAddress local;
    private final DatagramChannel channel;
    private final Selector selector;
    private final ByteBuffer buffer;
    private final DatagramCounts counts = new DatagramCounts();
    private final int receiveBufferBytes;
    private volatile OptionalLong lastDrops = OptionalLong.empty();
    private volatile boolean closed;
    private long startNanos;
    private boolean hasEvents;
    private long lastMicros;
    private long lastNanos;

    /**
     * Binds the address; what arrives from now on is kept by the system until {@link #run}.
     *
     * @param address that others send to; port 0 for any that is free
     * @param codec of one sender: two at once would look like one that begins anew again and again
     * @param speed recorded seconds a second at which the sender plays, by which time goes on where nothing arrives; 1
     *     for a sensor; 0 where it is to stand still then
     * @throws IOException where the address is not this machine's, or taken
     */
    public UdpSource(final InetSocketAddress address, final DatagramCodec codec, final double speed)
        throws IOException {
        if (address.isUnresolved()) {
            throw new IOException("unknown host '" + address.getHostString() + "'");
        }
        if (!(speed >= 0.0 && speed <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("speed " + speed + ": expected a finite number, at least 0");
        }
        this.codec = codec;
        this.speed = speed;
        // one byte more than is allowed, to see where there are more
        this.buffer = ByteBuffer.allocateDirect(codec.maxBytes() + 1);
        this.channel = DatagramChannel.open(address.getAddress() instanceof Inet4Address
            ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
        this.selector = Selector.open();
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
            this.receiveBufferBytes = channel.getOption(StandardSocketOptions.SO_RCVBUF);
            channel.configureBlocking(false);
            channel.bind(address);
            channel.register(selector, SelectionKey.OP_READ);
            this.local = (InetSocketAddress) channel.getLocalAddress();
        } catch (final IOException failed) {
            channel.close();
            selector.close();
            throw new IOException("UDP port " + address.getPort() + " of " + address.getHostString()
                + " cannot be listened at: " + failed.getMessage(), failed);
        }
    }

    @Override
    public String name() {
        return "UDP " + local.getAddress().getHostAddress() + ":" + local.getPort();
    }

    /** The address that is listened at, with the port that was found where any was asked for. */
    public InetSocketAddress address() {
        return local;
    }

    /** Bytes that the system keeps while nobody takes them, as far as it says. */
    public int receiveBufferBytes() {
        return receiveBufferBytes;
    }

    /** What has come so far. */
    public DatagramCounts counts() {
        return counts;
    }

    /** False where the form of the datagrams has nothing by which a lost one is noticed. */
    public boolean knowsLosses() {
        return codec.knowsLosses();
    }

    /** Datagrams that found no room in the socket's buffer; empty where the system does not say (other than Linux). */
    public OptionalLong kernelDrops() {
        if (channel.isOpen()) {
            final OptionalLong drops = KernelDrops.of(local);
            if (drops.isPresent()) {
                lastDrops = drops;
            }
        }
        return lastDrops;
    }

    @Override
    public void run(final Intake intake) throws IOException, InterruptedException {
        startNanos = System.nanoTime();
        try {
            InputBatch batch = intake.claim();
            while (batch != null && !closed) {
                listen(batch, intake);
                batch = intake.claim();
            }
        } catch (final ClosedChannelException | ClosedSelectorException ended) {
            if (!closed) {
                throw ended;
            }
        }
    }

    private void listen(final InputBatch batch, final Intake intake) throws IOException {
        try {
            drain(batch);
            if (batch.events().isEmpty()) {
                selector.select(NOTHING, QUIET_MILLIS);
                drain(batch);
            }
        } catch (final IOException failed) {
            // what was taken before the end counts
            handOver(batch, intake);
            throw failed;
        }
        handOver(batch, intake);
    }

    private void handOver(final InputBatch batch, final Intake intake) {
        final EventBatch events = batch.events();
        if (!events.isEmpty()) {
            batch.setStartsClip(!hasEvents);
            hasEvents = true;
            lastMicros = events.micros(events.size() - 1);
            intake.accept(batch);
        } else if (hasEvents && speed > 0.0 && !closed) {
            passTime(batch);
            intake.accept(batch);
        } else {
            intake.release(batch);
        }
    }

    /** Takes the datagrams that are there, as far as the batch has room. */
    private void drain(final InputBatch batch) throws IOException {
        final EventBatch events = batch.events();
        // room is left, so that the arrays need not grow for the last datagram
        final int enough = events.capacity() - events.capacity() / 4;
        for (int i = 0; i < MAX_DATAGRAMS_A_BATCH && events.size() < enough; i++) {
            buffer.clear();
            if (channel.receive(buffer) == null) {
                return;
            }
            buffer.flip();
            final long now = System.nanoTime();
            final int before = events.size();
            codec.decode(buffer, (now - startNanos) / NANOS_A_MICRO, events, counts);
            if (events.size() > before) {
                lastNanos = now;
                if (before == 0) {
                    batch.setArrivalNanos(now);
                }
            }
        }
    }

    /** Nothing has come: the time of the events has gone on all the same. */
    private void passTime(final InputBatch batch) {
        final long now = System.nanoTime();
        batch.setArrivalNanos(now);
        batch.setUntilMicros(lastMicros + (long) ((now - lastNanos) * speed / NANOS_A_MICRO));
    }

    @Override
    public void close() throws IOException {
        kernelDrops();
        closed = true;
        channel.close();
        selector.close();
    }
}
