package org.spikemeter.runtime.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.filter.Quantities;
import org.spikemeter.dvs.frame.FrameClock;
import org.spikemeter.dvs.frame.FrameLimits;
import org.spikemeter.dvs.frame.FrameSource;
import org.spikemeter.dvs.frame.FrameSources;
import org.spikemeter.dvs.frame.GreyMode;
import org.spikemeter.dvs.frame.slomo.SlowMotion;
import org.spikemeter.dvs.pixel.DifferenceEvents;
import org.spikemeter.dvs.pixel.EventSensor;
import org.spikemeter.dvs.pixel.FrameDifferenceSensor;
import org.spikemeter.dvs.pixel.SensorReader;
import org.spikemeter.dvs.pixel.esim.EsimParameters;
import org.spikemeter.dvs.pixel.esim.EsimSensor;
import org.spikemeter.dvs.pixel.v2e.V2eContext;
import org.spikemeter.dvs.pixel.v2e.V2eSensor;
import org.spikemeter.engine.simulate.Simulator;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options about a simulated sensor that gives events with times. Null where they were not given. */
final class SensorOptions {
    private static final Pattern SLOMO = Pattern.compile("(\\d{1,6})(?::(linear|motion))?");

    /** Models of the pixel. */
    enum Model { PAPER, V2E, ESIM }

    /** What v2e's pixel is like. */
    enum Preset { USUAL, CLEAN, NOISY }

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--sensor", paramLabel = "paper|v2e|esim", defaultValue = "paper",
        converter = Choices.SensorConverter.class,
        description = "Model of the pixel: the paper's frame difference, v2e's, ESIM's (${DEFAULT-VALUE}).")
    private Model model;

    @Option(names = "--sens", paramLabel = "D",
        description = "paper: change of grey that makes an event, where white is 1 (0.001).")
    private Float sens;

    @Option(names = "--threshold", paramLabel = "ON[,OFF]",
        description = "v2e, esim: change of ln intensity that makes an event (0.2).")
    private String threshold;

    @Option(names = "--sigma", paramLabel = "S",
        description = "v2e, esim: spread of thresholds (v2e: 0.03 or the preset's; esim: 0).")
    private Double sigma;

    @Option(names = "--refractory", paramLabel = "TIME",
        description = "v2e, esim: how long a pixel is dead after an event, with its unit, or 0 (v2e: 500us or the"
            + " preset's; esim: 0).")
    private String refractory;

    @Option(names = "--preset", paramLabel = "usual|clean|noisy", converter = Choices.PresetConverter.class,
        description = "v2e: what its command line takes without options, or what it calls clean or noisy (usual).")
    private Preset preset;

    @Option(names = "--cutoff", paramLabel = "HZ", description = "v2e: bandwidth of the photoreceptor, 0: no limit.")
    private Double cutoffHz;

    @Option(names = "--leak", paramLabel = "HZ", description = "v2e: ON events a second of a pixel by its leak.")
    private Double leakHz;

    @Option(names = "--shot", paramLabel = "HZ", description = "v2e: noise events a second of a pixel in the dark.")
    private Double shotHz;

    @Option(names = "--photoreceptor-noise", description = "v2e: noise of the photoreceptor makes the noise events.")
    private boolean photoreceptorNoise;

    @Option(names = "--seed", paramLabel = "N", description = "v2e, esim: where random numbers begin (0).")
    private Long seed;

    @Option(names = "--threads", paramLabel = "N", description = "v2e: threads; the events are the same (1).")
    private Integer threads;

    @Option(names = "--grey", paramLabel = "float|8bit", converter = Choices.GreyConverter.class,
        description = "Resolution of grey (float).")
    private GreyMode grey;

    @Option(names = "--size", paramLabel = "WxH", description = "Columns and rows of the sensor (the video's).")
    private String size;

    @Option(names = "--fps", paramLabel = "N",
        description = "Frames a second of images and arrays (30); video has times of its own.")
    private Double fps;

    @Option(names = "--slomo", paramLabel = "N[:linear|motion]",
        description = "N frames for each, so that times do not clump: cross-faded, or along the motion that FFmpeg"
            + " finds (linear).")
    private String slomo;

    /** All values, checked. */
    private record Settings(SensorSize size, int slomo, SlowMotion slowMotion, FrameClock clock) {}

    /**
     * Checks what can be known before a video is opened.
     *
     * @throws ParameterException where an option makes no sense
     */
    void check() {
        checkModel("--sens", sens != null, Model.PAPER);
        checkModel("--threshold", threshold != null, Model.V2E, Model.ESIM);
        checkModel("--sigma", sigma != null, Model.V2E, Model.ESIM);
        checkModel("--refractory", refractory != null, Model.V2E, Model.ESIM);
        checkModel("--preset", preset != null, Model.V2E);
        checkModel("--cutoff", cutoffHz != null, Model.V2E);
        checkModel("--leak", leakHz != null, Model.V2E);
        checkModel("--shot", shotHz != null, Model.V2E);
        checkModel("--photoreceptor-noise", photoreceptorNoise, Model.V2E);
        checkModel("--seed", seed != null, Model.V2E, Model.ESIM);
        checkModel("--threads", threads != null, Model.V2E);
        FrameOptions.checkSens(spec.commandLine(), sens);
        if (threads != null && (threads < 1 || threads > Simulator.Context.MAX_THREADS)) {
            throw wrong("--threads is " + threads + ": expected 1 to " + Simulator.Context.MAX_THREADS);
        }
        settings();
        try {
            checkParameters();
        } catch (final IllegalArgumentException e) {
            throw wrong("--sensor " + word(model) + ": " + e.getMessage());
        }
    }

    /** Throws where the model's parameters make no sense; without a sensor, whose memory would be for nothing. */
    private void checkParameters() {
        if (model == Model.V2E) {
            v2e().conclude();
        } else if (model == Model.ESIM) {
            esim();
        }
    }

    private void checkModel(final String option, final boolean given, final Model... models) {
        if (given && !List.of(models).contains(model)) {
            throw wrong(option + " is about --sensor " + String.join(" and ",
                List.of(models).stream().map(SensorOptions::word).toList()) + ", this is " + word(model));
        }
    }

    private static String word(final Model model) {
        return Choices.word(model);
    }

    private Settings settings() {
        final Matcher slow = SLOMO.matcher(slomo == null ? "1" : slomo);
        if (!slow.matches() || Integer.parseInt(slow.group(1)) < 1
            || Integer.parseInt(slow.group(1)) > SlowMotion.MAX_FACTOR) {
            throw wrong("--slomo is " + slomo + ": expected 1 to " + SlowMotion.MAX_FACTOR
                + ", with or without :linear or :motion");
        }
        final FrameClock clock;
        try {
            clock = fps == null ? FrameClock.DEFAULT : new FrameClock(fps);
        } catch (final IllegalArgumentException e) {
            throw wrong("--fps: " + e.getMessage());
        }
        return new Settings(size == null ? null : size(), Integer.parseInt(slow.group(1)),
            "motion".equals(slow.group(2)) ? SlowMotion.MOTION : SlowMotion.LINEAR, clock);
    }

    private SensorSize size() {
        final SensorSize area;
        try {
            area = SensorSize.parse(size);
        } catch (final IllegalArgumentException e) {
            throw wrong("--size: " + e.getMessage());
        }
        if (area.pixels() > FrameLimits.MAX_PIXELS) {
            throw wrong("--size is " + size + ": expected at most " + FrameLimits.MAX_PIXELS + " pixels");
        }
        return area;
    }

    private EventSensor sensor(final SensorSize area) {
        return switch (model) {
            case PAPER -> new DifferenceEvents(area, sens == null ? FrameDifferenceSensor.DEFAULT_SENS : sens);
            case V2E -> new V2eSensor(area, v2e().conclude());
            case ESIM -> new EsimSensor(area, esim());
        };
    }

    private V2eContext v2e() {
        final V2eContext context = switch (preset == null ? Preset.USUAL : preset) {
            case USUAL -> new V2eContext();
            case CLEAN -> V2eContext.clean();
            case NOISY -> V2eContext.noisy();
        };
        if (threshold != null) {
            context.onThreshold(threshold(0)).offThreshold(threshold(1));
        }
        if (sigma != null) {
            context.thresholdSigma(sigma);
        }
        if (refractory != null) {
            context.refractorySeconds(refractoryMicros() / 1e6);
        }
        if (cutoffHz != null) {
            context.cutoffHz(cutoffHz);
        }
        if (leakHz != null) {
            context.leakRateHz(leakHz);
        }
        if (shotHz != null) {
            context.shotNoiseRateHz(shotHz);
        }
        return context.photoreceptorNoise(photoreceptorNoise).seed(seed == null ? 0 : seed)
            .threads(threads == null ? 1 : threads);
    }

    private EsimParameters esim() {
        final EsimParameters usual = EsimParameters.DEFAULTS;
        return new EsimParameters(threshold == null ? usual.onThreshold() : threshold(0),
            threshold == null ? usual.offThreshold() : threshold(1), sigma == null ? usual.thresholdSigma() : sigma,
            refractory == null ? usual.refractoryMicros() : refractoryMicros(), usual.logOffset(),
            seed == null ? usual.seed() : seed);
    }

    /** One number is for both polarities. */
    private double threshold(final int polarity) {
        final String[] numbers = threshold.split(",", -1);
        try {
            if (numbers.length <= 2) {
                return Double.parseDouble(numbers[Math.min(polarity, numbers.length - 1)]);
            }
        } catch (final NumberFormatException e) {
            // said below
        }
        throw wrong("--threshold is " + threshold + ": expected a number, or two with a comma between");
    }

    private long refractoryMicros() {
        try {
            return Quantities.parsePause(refractory);
        } catch (final IllegalArgumentException e) {
            throw wrong("--refractory: " + e.getMessage());
        }
    }

    private ParameterException wrong(final String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /**
     * Opens a video as events.
     *
     * @throws IOException where it is no video, or cannot be read
     */
    EventReader open(final Path video) throws IOException {
        if (!Files.exists(video)) {
            throw new NoSuchFileException(video.toString());
        }
        final Settings settings = settings();
        FrameSource frames = FrameSources.open(video, grey == null ? GreyMode.FLOAT : grey, settings.clock);
        boolean opened = false;
        try {
            frames = settings.slowMotion.of(frames, settings.slomo);
            final SensorSize area = settings.size == null ? new SensorSize(frames.width(), frames.height())
                : settings.size;
            final EventReader reader = new SensorReader(frames, sensor(area));
            opened = true;
            return reader;
        } finally {
            if (!opened) {
                frames.close();
            }
        }
    }
}
