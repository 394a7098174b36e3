package org.spikemeter.runtime.source.datagram;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.spikemeter.dvs.event.EventBatch;

/** Sends events as datagrams. Allocates nothing for a datagram; used by one thread. */
public final class UdpSender implements AutoCloseable {
    private static final int SEND_BUFFER_BYTES = 1 << 20;

    private final InetSocketAddress target;
    private final DatagramCodec codec;
    private final DatagramChannel channel;
    private final ByteBuffer buffer;
    private long events;
    private long datagrams;

    /**
     * Nothing sent yet.
     *
     * @throws IOException where there is no socket to be had, or the host of the target is not known
     */
    public UdpSender(final InetSocketAddress target, final DatagramCodec codec) throws IOException {
        if (target.isUnresolved()) {
            throw new IOException("unknown host '" + target.getHostString() + "'");
        }
        this.target = target;
        this.codec = codec;
        this.channel = DatagramChannel.open();
        this.buffer = ByteBuffer.allocateDirect(codec.maxBytes());
        channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER_BYTES);
    }

    /**
     * Sends events, all that are given: the last datagram may be a small one.
     *
     * @param from the first event
     * @param to behind the last one
     * @throws IllegalArgumentException where an event is outside the sensor
     * @throws IOException where it cannot be sent
     */
    public void send(final EventBatch batch, final int from, final int to) throws IOException {
        int at = from;
        while (at < to) {
            final int next = codec.encode(batch, at, to, buffer);
            transmit();
            events += next - at;
            datagrams++;
            at = next;
        }
    }

    private void transmit() throws IOException {
        try {
            channel.send(buffer, target);
        } catch (final SocketException refused) {
            throw new IOException(target.getHostString() + ":" + target.getPort() + ": cannot be sent to: "
                + refused.getMessage(), refused);
        }
    }

    /** Events sent so far. */
    public long events() {
        return events;
    }

    /** Datagrams sent so far. */
    public long datagrams() {
        return datagrams;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
