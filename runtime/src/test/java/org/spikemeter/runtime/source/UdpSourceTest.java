package org.spikemeter.runtime.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.dvs.binning.Binning;
import org.spikemeter.dvs.binning.Fit;
import org.spikemeter.dvs.binning.Repeated;
import org.spikemeter.dvs.binning.StreamBinner;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.runtime.pipeline.Pipeline;
import org.spikemeter.runtime.pipeline.PipelineTotals;
import org.spikemeter.runtime.source.datagram.DatagramCounts;
import org.spikemeter.runtime.source.datagram.DatagramForm;
import org.spikemeter.runtime.source.datagram.UdpSender;

/** Datagrams over the loopback device, through a whole pipeline. */
@Timeout(120)
class UdpSourceTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final double RATE = Double.parseDouble(System.getProperty("udp.rate", "1e6"));
    private static final double SECONDS = Double.parseDouble(System.getProperty("udp.seconds", "2"));

    private static Pipeline pipeline(final UdpSource source, final Streams.Steps sink) {
        final Pipeline.Context context = new Pipeline.Context().network(Streams.network()).source(source)
            .binner(new StreamBinner(new Binning.Time(1000), Streams.SENSOR, Streams.INPUT, Repeated.CLAMP,
                Fit.STRETCH));
        return new Pipeline(sink == null ? context : context.sink(sink));
    }

    private static UdpSource source(final String form) throws IOException {
        return new UdpSource(ANY, DatagramForm.parse(form).codec(Streams.SENSOR), 1.0);
    }

    private static void sendBytes(final InetSocketAddress target, final int length) throws IOException {
        try (DatagramChannel channel = DatagramChannel.open()) {
            final byte[] bytes = new byte[length];
            Arrays.fill(bytes, (byte) -1);
            channel.send(ByteBuffer.wrap(bytes), target);
        }
    }

    /** Waits until nothing has come for a while. */
    private static void settle(final Pipeline pipeline, final UdpSource source) throws InterruptedException {
        long before;
        do {
            before = source.counts().datagrams();
            Thread.sleep(200);
        } while (source.counts().datagrams() != before || pipeline.totals().underWay() != 0);
    }

    /** Everything that was sent has come, or is counted as lost; what is malformed does no harm. */
    @ParameterizedTest
    @ValueSource(strings = {"spif", "aeunicast:davis346"})
    void shouldAccountForEveryEventWhenAMillionASecondAreSent(final String form) throws Exception {
        final EventBatch events = new EventBatch();
        for (int i = 0; i < RATE * SECONDS; i++) {
            events.add((long) (i * 1e6 / RATE), i % 34 | i / 34 % 34 << 15 | (i & 1) << 30);
        }
        final Pace pace = new Pace(1.0);
        final double seconds;
        try (UdpSource source = source(form); Pipeline pipeline = pipeline(source, null);
            UdpSender sender = new UdpSender(source.address(), DatagramForm.parse(form).codec(Streams.SENSOR))) {
            pipeline.start();
            sendBytes(source.address(), 3);
            final long start = System.nanoTime();
            EventPlayer.play(Streams.reader(events), pace, sender);
            seconds = (System.nanoTime() - start) / 1e9;
            sendBytes(source.address(), 513);
            sendBytes(source.address(), 64_000);
            settle(pipeline, source);
            final DatagramCounts counts = source.counts();
            final long dropped = source.kernelDrops().orElse(counts.lost());
            System.getLogger("udp").log(System.Logger.Level.INFO, form + ": " + counts.events() + " events of "
                + sender.events() + " in " + seconds + " s, " + counts.datagrams() + " datagrams, lost "
                + counts.lost() + ", dropped " + dropped + ", receive buffer " + source.receiveBufferBytes());
            assertEquals(events.size(), sender.events());
            assertEquals(sender.datagrams() + 3, counts.datagrams() + dropped);
            if (source.knowsLosses()) {
                assertEquals(sender.datagrams(), counts.datagrams() - counts.malformed() + counts.lost());
            }
            if (dropped == 0) {
                assertEquals(events.size(), counts.events());
                assertEquals(3, counts.malformed());
                assertTrue(pipeline.totals().steps() >= 1000 * SECONDS - 1, pipeline.totals().toString());
            }
            assertTrue(counts.events() > events.size() / 2, counts.events() + " events arrived");
            assertEquals(0, counts.outside() + counts.others() + counts.late() + counts.restarts());
            pipeline.stop();
            pipeline.await();
            final PipelineTotals totals = pipeline.totals();
            assertEquals(counts.events(), totals.accepted());
            assertEquals(counts.events(), totals.processed());
        }
    }

    /** Two bursts and silence behind them: steps go on without an event. */
    @Test
    void shouldEndStepsInSilenceWhenNothingArrives() throws Exception {
        final Streams.Steps sink = new Streams.Steps(Streams.INPUT);
        try (UdpSource source = source("spif"); Pipeline pipeline = pipeline(source, sink);
            UdpSender sender = new UdpSender(source.address(), DatagramForm.parse("spif").codec(Streams.SENSOR))) {
            pipeline.start();
            Thread.sleep(50);
            assertEquals(0, pipeline.totals().batches());
            final EventBatch events = new EventBatch();
            events.add(1_000_000, 1);
            sender.send(events, 0, 1);
            final long start = System.nanoTime();
            Thread.sleep(300);
            final long steps = pipeline.totals().steps();
            final long millis = (System.nanoTime() - start) / 1_000_000;
            assertTrue(steps >= 100 && steps <= millis + 1, steps + " steps in " + millis + " ms");
            pipeline.stop();
            pipeline.await();
        }
        assertEquals(1, sink.starts);
        assertEquals(1, sink.steps.getFirst().size());
    }

    @Test
    void shouldSaySoWhenThePortIsTaken() throws IOException {
        try (UdpSource first = source("spif")) {
            final IOException taken = assertThrows(IOException.class, () -> new UdpSource(first.address(),
                DatagramForm.parse("spif").codec(Streams.SENSOR), 1.0));
            assertTrue(taken.getMessage().startsWith("UDP port " + first.address().getPort() + " of "),
                taken.getMessage());
        }
    }

    @Test
    void shouldSaySoWhenTheHostIsUnknown() {
        final IOException unknown = assertThrows(IOException.class, () -> new UdpSource(
            InetSocketAddress.createUnresolved("nowhere.invalid", 1), DatagramForm.parse("spif")
                .codec(Streams.SENSOR), 1.0));
        assertEquals("unknown host 'nowhere.invalid'", unknown.getMessage());
    }

    /** A receiver that nobody empties: what finds no room is counted by Linux. */
    @Test
    void shouldCountWhatTheSystemDropsWhenNobodyReads() throws IOException {
        final UdpSource source = source("spif");
        final long dropped;
        try (source;
            UdpSender sender = new UdpSender(source.address(), DatagramForm.parse("spif").codec(Streams.SENSOR))) {
            Assumptions.assumeTrue(source.kernelDrops().isPresent(), "the system does not say");
            assertEquals(0, source.kernelDrops().getAsLong());
            final EventBatch events = Streams.events(1, 64);
            for (int i = 0; i < 60_000; i++) {
                sender.send(events, 0, 64);
            }
            dropped = source.kernelDrops().getAsLong();
            assertTrue(dropped > 0 && dropped < 60_000, dropped + " dropped");
        }
        assertEquals(dropped, source.kernelDrops().getAsLong());
    }

    /** Of the source's thread, while datagrams come: a few hundred bytes for all, and not some for each. */
    @Test
    void shouldAllocateNothingForADatagramWhenWarm() throws Exception {
        try (UdpSource source = source("aeunicast"); Pipeline pipeline = pipeline(source, null);
            UdpSender sender =
                new UdpSender(source.address(), DatagramForm.parse("aeunicast").codec(Streams.SENSOR))) {
            pipeline.start();
            final long thread = Thread.getAllStackTraces().keySet().stream()
                .filter(each -> each.getName().equals("spikemeter-source")).mapToLong(Thread::threadId).max()
                .orElseThrow();
            long perDatagram = Long.MAX_VALUE;
            for (int round = 0; round < 20 && perDatagram > 0; round++) {
                final long datagrams = source.counts().datagrams();
                final long bytes = THREADS.getThreadAllocatedBytes(thread);
                EventPlayer.playAtRate(Streams.reader(Streams.events(round, 100_000)), 500_000, sender);
                settle(pipeline, source);
                final long arrived = source.counts().datagrams() - datagrams;
                assertFalse(arrived == 0, "nothing arrived");
                perDatagram = (THREADS.getThreadAllocatedBytes(thread) - bytes) / arrived;
            }
            assertEquals(0, perDatagram);
            pipeline.stop();
            pipeline.await();
        }
    }
}
