package org.spikemeter.runtime.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.filter.FilteredReader;
import org.spikemeter.runtime.source.EventPlayer;
import org.spikemeter.runtime.source.Pace;
import org.spikemeter.runtime.source.datagram.DatagramCodec;
import org.spikemeter.runtime.source.datagram.DatagramForm;
import org.spikemeter.runtime.source.datagram.UdpSender;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Plays a recording to another program, or to another Spikemeter. */
@Command(name = "send", description = "Play a recording of events to a UDP port.")
final class SendCommand implements Callable<Integer> {
    private static final double NANOS_A_SECOND = 1e9;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "EVENTS", description = "Recording of events.")
    private Path recording;

    @Option(names = "--to", paramLabel = "HOST[:PORT]", required = true,
        description = "Where to; the port of spif is 3333, that of aeunicast 8991.")
    private String to;

    @Option(names = "--form", paramLabel = "spif[:untimed]|aeunicast[:CAMERA]",
        description = "What is sent: that of AEStream and SpiNNaker's SPIF, with times or, as AEStream reads it,"
            + " without; or that of jAER, whose addresses are those of a camera as in AEDAT 2: davis, davis346, dvs128,"
            + " ... (spif).")
    private String form = "spif";

    @Option(names = "--speed", paramLabel = "N",
        description = "Recorded seconds a second; 0 for as fast as possible (1).")
    private Double speed;

    @Option(names = "--rate", paramLabel = "N",
        description = "Events a second, whatever their times, instead of --speed.")
    private Double rate;

    @Mixin
    private EventOptions eventOptions;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (speed != null && rate != null) {
            throw wrong("--speed and --rate exclude each other");
        }
        if (rate != null && !(rate > 0.0 && rate <= Double.MAX_VALUE)) {
            throw wrong("--rate is " + rate + ": expected a finite number above 0");
        }
        final Pace pace = pace();
        final DatagramForm datagramForm = datagramForm();
        final InetSocketAddress target = target(datagramForm.defaultPort());
        try (FilteredReader reader = eventOptions.open(recording);
            UdpSender sender = new UdpSender(target, codec(datagramForm, reader))) {
            final long start = System.nanoTime();
            if (rate == null) {
                EventPlayer.play(reader, pace, sender);
            } else {
                EventPlayer.playAtRate(reader, rate, sender);
            }
            report(sender, (System.nanoTime() - start) / NANOS_A_SECOND);
            reader.warnings().forEach(spec.commandLine().getErr()::println);
        }
        return 0;
    }

    private Pace pace() {
        try {
            return new Pace(speed == null ? 1.0 : speed);
        } catch (final IllegalArgumentException notPossible) {
            throw wrong("--speed: " + notPossible.getMessage());
        }
    }

    private DatagramForm datagramForm() {
        try {
            return DatagramForm.parse(form);
        } catch (final IllegalArgumentException unknown) {
            throw wrong("--form: " + unknown.getMessage());
        }
    }

    private DatagramCodec codec(final DatagramForm datagramForm, final FilteredReader reader) {
        if (reader.size().isEmpty() && datagramForm.kind() == DatagramForm.Kind.AEUNICAST) {
            throw wrong(reader.name() + ": does not say the size of its sensor, which " + datagramForm
                + " needs: expected --size WxH");
        }
        return datagramForm.codec(reader.size().orElse(SensorSize.LARGEST));
    }

    /** Host and port; a host with colons of its own is in brackets. */
    private InetSocketAddress target(final int defaultPort) {
        final int colon = to.endsWith("]") ? -1 : to.lastIndexOf(':');
        final String host = (colon < 0 ? to : to.substring(0, colon)).replaceAll("^\\[|]$", "");
        int port = defaultPort;
        try {
            port = colon < 0 ? port : Integer.parseInt(to.substring(colon + 1));
        } catch (final NumberFormatException notANumber) {
            port = 0;
        }
        if (host.isEmpty() || port < 1 || port > 0xffff) {
            throw wrong("--to is '" + to + "': expected HOST or HOST:PORT, with a port of 1 to 65535");
        }
        return new InetSocketAddress(host, port);
    }

    private void report(final UdpSender sender, final double seconds) {
        spec.commandLine().getOut().println(String.format(Locale.ROOT,
            "%d events in %d datagrams, %.2f s, %.0f events/s", sender.events(), sender.datagrams(), seconds,
            sender.events() / seconds));
    }

    private ParameterException wrong(final String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
