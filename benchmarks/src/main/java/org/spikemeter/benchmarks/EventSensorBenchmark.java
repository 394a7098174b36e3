package org.spikemeter.benchmarks;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.pixel.DifferenceEvents;
import org.spikemeter.dvs.pixel.EventSensor;
import org.spikemeter.dvs.pixel.esim.EsimParameters;
import org.spikemeter.dvs.pixel.esim.EsimSensor;
import org.spikemeter.dvs.pixel.v2e.V2eContext;
import org.spikemeter.dvs.pixel.v2e.V2eSensor;

/** Sensors that give events with times, on frames of 240 x 180 in memory, a millisecond apart; one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EventSensorBenchmark {
    private static final SensorSize SIZE = new SensorSize(240, 180);
    private static final long FRAME_MICROS = 1_000;

    /** The pixel. */
    public enum Model {
        /** The paper's: what any sensor does at least, and the baseline. */
        DIFFERENCE {
            @Override
            EventSensor sensor() {
                return new DifferenceEvents(SIZE, 0.001f);
            }
        },
        /** Crossings on straight lines. */
        ESIM {
            @Override
            EventSensor sensor() {
                return new EsimSensor(SIZE, EsimParameters.DEFAULTS);
            }
        },
        /** Mismatch of thresholds only. */
        V2E_CLEAN {
            @Override
            EventSensor sensor() {
                return new V2eSensor(SIZE, V2eContext.clean());
            }
        },
        /** Low-pass filter, leak and shot noise. */
        V2E_NOISY {
            @Override
            EventSensor sensor() {
                return new V2eSensor(SIZE, V2eContext.noisy());
            }
        };

        abstract EventSensor sensor();
    }

    /** Percentage of the pixels that change from frame to frame. */
    @Param({"1", "10", "50"})
    private double percent;

    /** The pixel. */
    @Param
    private Model model;

    private final float[][] frames = new float[2][SIZE.pixels()];
    private final EventBatch events = new EventBatch();
    private EventSensor sensor;
    private long frame;

    /** Makes two frames of 8-bit grey that take turns, and checks that those that change, and they alone, fire. */
    @Setup
    public void setUp() {
        final SplittableRandom random = new SplittableRandom(1);
        int changed = 0;
        for (int pixel = 0; pixel < SIZE.pixels(); pixel++) {
            final boolean changes = random.nextDouble() < percent / 100;
            // half or twice the light: ln 2 is three thresholds of 0.2
            final int number = random.nextInt(40, 120);
            frames[0][pixel] = number / 255.0f;
            frames[1][pixel] = (changes ? 2 * number : number) / 255.0f;
            changed += changes ? 1 : 0;
        }
        sensor = model.sensor();
        frame(new Work());
        frame(new Work());
        final int found = events.size();
        final boolean possible = switch (model) {
            case DIFFERENCE -> found == changed;
            case ESIM, V2E_CLEAN -> found > 2 * changed && found < 4 * changed;
            case V2E_NOISY -> found > 0;
        };
        if (!possible) {
            throw new IllegalStateException(model + " gives " + found + " events of " + changed + " pixels");
        }
    }

    /** Ends the sensor. */
    @TearDown
    public void tearDown() {
        sensor.close();
    }

    /** One frame; the work is its events. */
    @Benchmark
    public Object frame(final Work work) {
        events.clear();
        sensor.sense(frames[(int) (frame & 1)], frame * FRAME_MICROS, events);
        frame++;
        work.work = events.size();
        return events;
    }
}
