package org.spikemeter.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.StringJoiner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Command {@code send}: what it says, and what arrives. */
@Timeout(60)
class SendTest {
    @TempDir
    private Path folder;
    private Path recording;

    @BeforeEach
    void record() throws IOException {
        recording = folder.resolve("events.csv");
        final StringJoiner text = new StringJoiner("\n", "x,y,p,t\n", "\n");
        for (int i = 0; i < 200; i++) {
            text.add(i % 34 + "," + i / 34 + "," + i % 2 + "," + 1000 * i);
        }
        Files.writeString(recording, text.toString());
    }

    private static DatagramChannel receiver() throws IOException {
        final DatagramChannel channel = DatagramChannel.open();
        channel.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
        channel.configureBlocking(false);
        return channel;
    }

    private static int port(final DatagramChannel channel) throws IOException {
        return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    @ParameterizedTest
    @CsvSource({"spif, 8, 0, ''", "aeunicast, 8, 4, --size 34x34", "aeunicast:davis346, 8, 4, --size 34x34"})
    void shouldSendEveryEventWhenARecordingIsPlayed(
        final String form, final int eventBytes, final int headBytes, final String options) throws IOException {
        try (DatagramChannel channel = receiver()) {
            final String line = "send " + recording + " --to 127.0.0.1:" + port(channel) + " --form " + form
                + " --speed 4 " + options;
            final Programs.Outcome outcome = Programs.spikemeter((Object[]) line.strip().split(" "));
            assertEquals(0, outcome.code(), outcome.err());
            final ByteBuffer bytes = ByteBuffer.allocate(65_536);
            int datagrams = 0;
            int events = 0;
            while (channel.receive(bytes.clear()) != null) {
                datagrams++;
                events += (bytes.flip().remaining() - headBytes) / eventBytes;
            }
            assertEquals(200, events);
            assertTrue(outcome.out().matches("200 events in " + datagrams
                + " datagrams, 0\\.\\d\\d s, \\d+ events/s\\R"), outcome.out());
            // 199 ms at four times the speed, in slices of 4 ms
            assertEquals(50, datagrams);
        }
    }

    @Test
    void shouldSendTheBytesOfAEStreamWhenPlayedAtOnce() throws IOException {
        Files.writeString(recording, "x,y,p,t\n1,2,1,16909060\n");
        try (DatagramChannel channel = receiver()) {
            final Programs.Outcome outcome = Programs.spikemeter(
                "send", recording, "--to", "127.0.0.1:" + port(channel), "--speed", 0);
            assertEquals(0, outcome.code(), outcome.err());
            final ByteBuffer bytes = ByteBuffer.allocate(1000);
            channel.receive(bytes);
            assertEquals("0280010004030201", HexFormat.of().formatHex(bytes.array(), 0, bytes.position()));
        }
    }

    @Test
    void shouldTakeTheTimeThatTheRateAsksFor() throws IOException {
        try (DatagramChannel channel = receiver()) {
            final long start = System.nanoTime();
            final Programs.Outcome outcome = Programs.spikemeter(
                "send", recording, "--to", "127.0.0.1:" + port(channel), "--rate", 1000);
            final double seconds = (System.nanoTime() - start) / 1e9;
            assertEquals(0, outcome.code(), outcome.err());
            assertTrue(outcome.out().startsWith("200 events in 200 datagrams"), outcome.out());
            assertTrue(seconds > 0.199 && seconds < 2.0, seconds + " s");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "EVENTS | Missing required option: '--to=HOST[:PORT]'",
        "EVENTS --to :1 | --to is ':1': expected HOST or HOST:PORT, with a port of 1 to 65535",
        "EVENTS --to localhost:0 | --to is 'localhost:0': expected HOST or HOST:PORT, with a port of 1 to 65535",
        "EVENTS --to localhost:65536 | --to is 'localhost:65536': expected",
        "EVENTS --to localhost:x | --to is 'localhost:x': expected",
        "EVENTS --to localhost --form tcp | --form: 'tcp' is no form of datagrams: expected spif, spif:untimed",
        "EVENTS --to localhost --speed -1 | --speed: speed -1.0: expected a finite number, at least 0",
        "EVENTS --to localhost --rate 0 | --rate is 0.0: expected a finite number above 0",
        "EVENTS --to localhost --rate 1 --speed 1 | --speed and --rate exclude each other",
        "EVENTS --to localhost --form aeunicast | does not say the size of its sensor, which aeunicast needs",
        "EVENTS --to localhost --size 0x0 | --size: "})
    void shouldSayWhatIsWrongWhenItIsUsedWrongly(final String arguments, final String message) {
        final Programs.Outcome outcome = Programs.spikemeter(
            (Object[]) ("send " + arguments.replace("EVENTS", recording.toString())).split(" "));
        assertEquals(2, outcome.code(), outcome.err());
        assertEquals("", outcome.out());
        assertTrue(outcome.err().contains(message), outcome.err());
        assertTrue(outcome.err().endsWith("Try 'spikemeter send --help'.\n"), outcome.err());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "nowhere.csv --to localhost | nowhere.csv: no such file",
        "EVENTS --to nowhere.invalid | unknown host 'nowhere.invalid'",
        "EVENTS --to localhost --form aeunicast:dvs128 --size 200x34 | aeunicast (dvs128) holds sensors of at"})
    void shouldFailInOneLineWhenItCannotBeDone(final String arguments, final String message) {
        final Programs.Outcome outcome = Programs.spikemeter(
            (Object[]) ("send " + arguments.replace("EVENTS", recording.toString())).split(" "));
        assertEquals(1, outcome.code(), outcome.err());
        assertEquals("", outcome.out());
        assertEquals(1, outcome.err().lines().count(), outcome.err());
        assertTrue(outcome.err().contains(message), outcome.err());
    }
}
