package org.spikemeter.runtime.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.spikemeter.dvs.binning.Binning;
import org.spikemeter.dvs.binning.StreamBinner;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.filter.FilteredReader;
import org.spikemeter.dvs.format.io.EventInput;
import org.spikemeter.dvs.frame.FrameSources;
import org.spikemeter.dvs.frame.VideoFrameSource;
import org.spikemeter.dvs.pixel.FrameDifferenceSensor;
import org.spikemeter.engine.importer.ArrayStepSource;
import org.spikemeter.engine.network.Network;
import org.spikemeter.runtime.input.Embedded;
import org.spikemeter.runtime.input.Inputs;
import org.spikemeter.runtime.pipeline.PipelineSource;
import org.spikemeter.runtime.source.ClipSource;
import org.spikemeter.runtime.source.Pace;
import org.spikemeter.runtime.source.RecordingSource;
import org.spikemeter.runtime.source.StreamSource;
import org.spikemeter.runtime.source.UdpSource;
import org.spikemeter.runtime.source.VideoSource;
import org.spikemeter.runtime.source.datagram.DatagramForm;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options about what a live run is fed with. */
final class LiveInputOptions {
    private static final String DEVICES = "/dev/";
    private static final String STANDARD_INPUT = "-";
    private static final double STEP_MICROS = 1e6 / 30;
    private static final int MAX_PORT = 65_535;
    private static final long MAX_UDP_SILENCE_MICROS = 1_000_000;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--udp", paramLabel = "PORT[:FORM]",
        description = "Listen for events at a UDP port of the address of --bind; FORM is spif, or aeunicast[:CAMERA]"
            + " (spif).")
    private String udp;

    @Option(names = "--speed", paramLabel = "N",
        description = "Recorded seconds a second; 0 for as fast as possible (1).")
    private Double speed;

    @Option(names = "--repeat", description = "Begin anew at the end of INPUT.")
    private boolean repeat;

    @Option(names = "--bin", paramLabel = "time:T|count:N",
        description = "Events: what makes a step: a time, or a number of events (time:33333us).")
    private String bin;

    @Mixin
    private FrameOptions frameOptions;

    @Mixin
    private GridOptions gridOptions;

    @Mixin
    private EventOptions eventOptions;

    /** What its readers say, when they have ended. */
    private final ReaderRemarks remarks = new ReaderRemarks();

    ReaderRemarks remarks() {
        return remarks;
    }

    /**
     * An input that is ready to run.
     *
     * @param name for people
     * @param source gives batches
     * @param binner makes steps of events; null where steps come
     * @param area that events come from
     * @param pace null where the source has none
     * @param sensor null where there is none
     */
    record LiveInput(
        String name, PipelineSource source, StreamBinner binner, SensorSize area, Pace pace,
        FrameDifferenceSensor sensor) {}

    /**
     * Makes the source.
     *
     * @param input null for the clip that comes with the program, which is repeated
     * @param bind where datagrams are listened for; null for this machine alone
     * @throws ParameterException where options do not go with the input
     */
    LiveInput open(final String input, final Network network, final String bind) throws IOException {
        frameOptions.check();
        if (udp != null) {
            return openUdp(input, network, bind);
        }
        if (STANDARD_INPUT.equals(input)) {
            return openStream(network);
        }
        final Path path = input == null ? null : Path.of(input);
        if (path != null && !Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        final Inputs.Kind kind = path == null ? Inputs.Kind.FRAMES
            : eventOptions.hasFormat() ? Inputs.Kind.RECORDING : Inputs.kind(path);
        if (kind == Inputs.Kind.RECORDING) {
            return openRecording(path, network);
        }
        if (bin != null || gridOptions.isAnyGiven() || eventOptions.isAnyGiven()) {
            throw wrong("--bin, --repeated, --fit, --format, --size, --origin, --time, --crop, --flip, --transpose and"
                + " --filter are about events; " + (path == null ? "the clip of the program" : path) + " has frames or"
                + " steps");
        }
        return kind == Inputs.Kind.ARRAY ? openArray(path, network) : openFrames(path, network);
    }

    private LiveInput openFrames(final Path path, final Network network) throws IOException {
        Inputs.requirePolarities(network, "sensors give");
        final Inputs.Sensor settings = frameOptions.sensor();
        final SensorSize area = areaOf(network);
        final FrameDifferenceSensor sensor =
            new FrameDifferenceSensor(area.width(), area.height(), settings.sens(), settings.firstFrame());
        if (path != null && path.startsWith(DEVICES)) {
            if (speed != null || repeat) {
                throw wrong("--speed and --repeat are about recordings; " + path + " is a camera");
            }
            return new LiveInput(path.toString(), new VideoSource(path.toString(),
                () -> VideoFrameSource.openCamera(path, settings.grey()), sensor, new Pace(Pace.UNPACED), false), null,
                area, null, sensor);
        }
        final Pace pace = pace();
        final Path video = path == null ? Embedded.clip() : path;
        final String name = path == null ? Embedded.CLIP + " (comes with the program)" : path.toString();
        return new LiveInput(name, new VideoSource(name, () -> FrameSources.open(video, settings.grey()), sensor, pace,
            repeat || path == null), null, area, pace, sensor);
    }

    private LiveInput openArray(final Path path, final Network network) {
        frameOptions.refuse(path, "is fed as it is");
        if (repeat) {
            throw wrong("--repeat is about frames and recordings; " + path + " is fed as it is");
        }
        final Pace pace = pace();
        final ClipSource source = new ClipSource(
            List.of(() -> ArrayStepSource.open(path, network.input(), Integer.MAX_VALUE)), STEP_MICROS, pace);
        return new LiveInput(path.toString(), source, null,
            areaOf(network), pace, null);
    }

    private LiveInput openRecording(final Path path, final Network network) throws IOException {
        frameOptions.refuse(path, "is a recording of events");
        Inputs.requirePolarities(network, "sensors give");
        final SensorSize area;
        try (FilteredReader reader = eventOptions.open(path)) {
            // as run does: of a recording that does not say its sensor's size, it is that of the input
            area = reader.size().orElse(areaOf(network));
        }
        final Pace pace = pace();
        return new LiveInput(path.toString(),
            new RecordingSource(path.toString(), () -> remarks.around(eventOptions.open(path)), pace, repeat),
            binner(area, network), area, pace, null);
    }

    private LiveInput openStream(final Network network) {
        frameOptions.refuse("standard input", "is a recording of events");
        Inputs.requirePolarities(network, "sensors give");
        if (speed != null || repeat) {
            throw wrong("--speed and --repeat are about recordings; standard input is taken as it comes");
        }
        if (!eventOptions.hasFormat()) {
            throw wrong("standard input: expected --format NAME");
        }
        // known before anything comes, which may be long
        final SensorSize area = eventOptions.changes().area().orElseThrow(() -> wrong(
            "standard input: expected --size WxH, the size of the sensor"));
        return new LiveInput("standard input", new StreamSource("standard input", System.in,
            (final EventInput in) -> remarks.around(eventOptions.open(in))), binner(area, network), area, null, null);
    }

    private LiveInput openUdp(final String input, final Network network, final String bind) throws IOException {
        if (input != null) {
            throw wrong("INPUT and --udp exclude each other");
        }
        frameOptions.refuse("--udp", "gives events");
        if (speed != null || repeat) {
            throw wrong("--speed and --repeat are about recordings; datagrams are taken as they come");
        }
        if (eventOptions.hasMoreThanSize()) {
            throw wrong("--format, --origin, --time, --crop, --flip, --transpose and --filter are about recordings;"
                + " datagrams are taken as they come");
        }
        Inputs.requirePolarities(network, "sensors give");
        final SensorSize area =
            eventOptions.size().orElse(areaOf(network));
        final int colon = udp.indexOf(':');
        final DatagramForm form;
        try {
            form = DatagramForm.parse(colon < 0 ? "spif" : udp.substring(colon + 1));
        } catch (final IllegalArgumentException unknown) {
            throw wrong("--udp: " + unknown.getMessage());
        }
        final UdpSource source = new UdpSource(new InetSocketAddress(address(bind),
            udpPort(colon < 0 ? udp : udp.substring(0, colon))), form.codec(area), 1.0);
        final StreamBinner binner = binner(area, network);
        // the time of datagrams goes on while none come
        binner.setMaxSilenceMicros(MAX_UDP_SILENCE_MICROS);
        return new LiveInput(source.name(), source, binner, area, null, null);
    }

    /** The area where the input does not say its own. */
    private static SensorSize areaOf(final Network network) {
        return new SensorSize(network.input().width(), network.input().height());
    }

    private int udpPort(final String text) {
        try {
            final int port = Integer.parseInt(text);
            if (port >= 0 && port <= MAX_PORT) {
                return port;
            }
        } catch (final NumberFormatException notANumber) {
            // said below
        }
        throw wrong("--udp is '" + udp + "': expected PORT or PORT:FORM, with a port of 0 to " + MAX_PORT);
    }

    private static InetAddress address(final String bind) throws IOException {
        try {
            return bind == null ? InetAddress.getLoopbackAddress() : InetAddress.getByName(bind);
        } catch (final UnknownHostException e) {
            throw new IOException("cannot listen on '" + bind + "': no such name or address", e);
        }
    }

    private StreamBinner binner(final SensorSize area, final Network network) {
        try {
            return new StreamBinner(bin == null ? new Binning.Time(Math.round(STEP_MICROS)) : Binning.parse(bin), area,
                network.input(), gridOptions.repeated(), gridOptions.fit());
        } catch (final IllegalArgumentException e) {
            throw wrong("--bin: " + e.getMessage());
        }
    }

    private Pace pace() {
        try {
            return new Pace(speed == null ? 1.0 : speed);
        } catch (final IllegalArgumentException notPossible) {
            throw wrong("--speed: " + notPossible.getMessage());
        }
    }

    private ParameterException wrong(final String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
