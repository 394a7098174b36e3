package org.spikemeter.dvs.binning;

import java.io.IOException;
import java.util.OptionalLong;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.pixel.DensityMeter;
import org.spikemeter.engine.FormatException;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.aer.StepSource;
import org.spikemeter.engine.network.Shape;

/**
 * A recording as input of a network: its events in steps, on the network's grid, ON in channel 0 and OFF in channel
 * 1, as the simulated sensor has them.
 *
 * <p>Times may go backward: an event that is earlier than the present step goes into it, and is counted as late.
 * Events before the first step, at the recording's beginning, are left out; what is behind the last step is not read.
 * Where the recording does not say its sensor's size, it is taken to be that of the network's input.
 *
 * <p>Allocates nothing per step once the list of events has grown, apart from what the reader does.
 */
public final class EventStepSource implements StepSource {
    /**
     * Empty steps in a row that are taken for a recording, and not for a damaged time. Ten times those of a
     * {@link StreamBinner}: there a leap only begins anew, here it is the end of the run.
     */
    static final int MAX_EMPTY_STEPS = 1_000_000;

    private final EventReader reader;
    private final Context context;
    private final PixelMapping mapping;
    private final SensorSize sensor;
    private final long eventsAStep;
    private final DensityMeter density;
    private final EventBatch batch = new EventBatch();
    private final StepGrid grid;

    private StepEdges edges;
    /** Whether no event has been read yet. */
    private boolean empty = true;
    /** Whether an event has come to the first step. */
    private boolean reached;
    private int step;
    private int at;
    /** Events that the present step can still take. */
    private long room;
    private long events;
    private long late;
    private long leftOut;

    /**
     * Nothing read yet.
     *
     * @throws IllegalArgumentException where the settings make no sense; the reader stays open
     * @throws FormatException where the times of frames make no steps; the reader stays open
     */
    public EventStepSource(final Context context) throws FormatException {
        context.conclude();
        this.context = context;
        this.reader = context.reader;
        final Shape input = context.input;
        this.sensor = reader.size().orElseGet(() -> new SensorSize(input.width(), input.height()));
        this.mapping = new PixelMapping(sensor, input, context.fit);
        this.eventsAStep = context.binning instanceof Binning.Count count ? count.events() : Long.MAX_VALUE;
        this.density = new DensityMeter(input);
        this.grid = new StepGrid(input);
        if (context.binning instanceof Binning.Frames) {
            this.edges = StepEdges.between(reader.name(), context.frames);
        }
    }

    /** Settings: what is read, and how it becomes steps. */
    public static final class Context {
        private EventReader reader;
        private Shape input;
        private Binning binning;
        private Repeated repeated = Repeated.CLAMP;
        private Fit fit = Fit.STRETCH;
        private int maxSteps = Integer.MAX_VALUE;
        private OptionalLong from = OptionalLong.empty();
        private OptionalLong to = OptionalLong.empty();
        private long[] frames;

        /** The recording, closed with the source. */
        public Context reader(final EventReader events) {
            this.reader = events;
            return this;
        }

        /** The grid of the steps: rows, columns, and two channels. */
        public Context input(final Shape shape) {
            this.input = shape;
            return this;
        }

        /** Which events make a step. */
        public Context binning(final Binning how) {
            this.binning = how;
            return this;
        }

        /** What several events of one address in one step become. */
        public Context repeated(final Repeated what) {
            this.repeated = what;
            return this;
        }

        /** How the sensor's area comes onto the grid. */
        public Context fit(final Fit how) {
            this.fit = how;
            return this;
        }

        /** Steps to give at most, at least 1. */
        public Context maxSteps(final int most) {
            this.maxSteps = most;
            return this;
        }

        /** When the first step begins; where that is not said, with the first event. Parts must be told. */
        public Context from(final OptionalLong micros) {
            this.from = micros;
            return this;
        }

        /** When the last step ends; where that is not said, with the last event. Parts must be told. */
        public Context to(final OptionalLong micros) {
            this.to = micros;
            return this;
        }

        /** Times of the recording's image frames, for {@link Binning.Frames}. */
        public Context frames(final long... micros) {
            this.frames = micros;
            return this;
        }

        private void conclude() {
            if (reader == null || input == null || binning == null) {
                throw new IllegalArgumentException("expected a reader, a grid and a binning");
            }
            StepGrid.requireChannels(input);
            if (maxSteps < 1) {
                throw new IllegalArgumentException("at most " + maxSteps + " steps: expected at least 1");
            }
            if (binning instanceof Binning.Parts && (from.isEmpty() || to.isEmpty())) {
                throw new IllegalArgumentException(binning + ": expected the time of the first and of the last event");
            }
            if (binning instanceof Binning.Frames && frames == null) {
                throw new IllegalArgumentException(reader.name() + ": has no image frames, which '" + binning
                    + "' needs: expected another binning");
            }
        }
    }

    @Override
    public Shape shape() {
        return context.input;
    }

    @Override
    public boolean next(final StepEvents into) throws IOException {
        into.clear();
        if (edges == null && !begin() || step == context.maxSteps || step == edges.steps() || !fill()) {
            return false;
        }
        grid.drain(context.repeated, into);
        density.add(into);
        step++;
        return true;
    }

    /** Sets the steps' borders, which may depend on the first event; false where they do and there is none. */
    private boolean begin() throws IOException {
        if (context.from.isEmpty() && !read()) {
            return false;
        }
        final long start = context.from.orElseGet(() -> batch.micros(0));
        edges = switch (context.binning) {
            case Binning.Time time when context.to.isPresent() ->
                StepEdges.until(reader.name(), start, time.micros(), context.to.getAsLong());
            case Binning.Time time -> StepEdges.endless(start, time.micros());
            case Binning.Parts parts -> StepEdges.parts(start, context.to.orElseThrow(), parts.parts());
            case Binning.Count _ -> StepEdges.timeless();
            case Binning.Frames _ -> throw new IllegalStateException("frames have borders from the start");
        };
        return true;
    }

    private boolean read() throws IOException {
        at = 0;
        final boolean more = reader.read(batch);
        empty &= !more;
        return more;
    }

    /** Takes the present step's events; false where the recording ended before it. */
    private boolean fill() throws IOException {
        final long first = edges.first(step);
        final long last = edges.last(step);
        room = eventsAStep;
        boolean any = false;
        while (at < batch.size() || read()) {
            if (!reached) {
                skipBefore(first);
            }
            final int from = at;
            take(first, last);
            any |= at > from;
            if (at < batch.size()) {
                checkGap();
                return true;
            }
        }
        return any || edges.steps() != StepEdges.OPEN;
    }

    /** Leaves out events until one has come to the first step. */
    private void skipBefore(final long first) {
        final int size = batch.size();
        while (at < size && batch.micros(at) < first) {
            at++;
            leftOut++;
        }
        reached = at < size;
    }

    /** Adds events from the batch until one is later than the step, or the step is full. */
    private void take(final long first, final long last) throws FormatException {
        final long[] micros = batch.microsArray();
        final int[] words = batch.wordArray();
        final int width = sensor.width();
        final int height = sensor.height();
        final int end = (int) Math.min(batch.size(), at + Math.min(room, batch.size()));
        int early = 0;
        int i = at;
        for (; i < end && micros[i] <= last; i++) {
            early += micros[i] < first ? 1 : 0;
            if (EventWord.x(words[i]) >= width || EventWord.y(words[i]) >= height) {
                throw outside(i);
            }
        }
        final int nowhere = grid.add(words, at, i, mapping);
        late += early;
        leftOut += nowhere;
        events += i - at - nowhere;
        room -= i - at;
        at = i;
    }

    private FormatException outside(final int i) {
        return new FormatException(reader.name() + ": an event at " + batch.micros(i) + " us is at x " + batch.x(i)
            + ", y " + batch.y(i) + ", expected it within " + sensor + (reader.size().isPresent() ? ""
            : ", the network's input: the recording does not say the size of its sensor, --size WxH does"));
    }

    /** One damaged time must not make steps without end. */
    private void checkGap() throws FormatException {
        if (edges.steps() == StepEdges.OPEN && context.maxSteps == Integer.MAX_VALUE
            && edges.stepsBetween(step, batch.micros(at)) > MAX_EMPTY_STEPS) {
            throw new FormatException(reader.name() + ": an event at " + batch.micros(at) + " us is more than "
                + MAX_EMPTY_STEPS + " steps behind step " + step + ", which ends at " + edges.last(step)
                + " us: expected longer steps, or a limit (--steps, --time)");
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    /** The recording that is read. */
    public EventReader reader() {
        return reader;
    }

    /** Which events make a step. */
    public Binning binning() {
        return context.binning;
    }

    /** What several events of one address in one step become. */
    public Repeated repeated() {
        return context.repeated;
    }

    /** How the sensor's area comes onto the grid. */
    public Fit fit() {
        return context.fit;
    }

    /** True as long as no event has been read: at the end, where the recording has none. */
    public boolean isEmpty() {
        return empty;
    }

    /** Steps given so far. */
    public int steps() {
        return step;
    }

    /** Events of the recording that are in these steps. */
    public long events() {
        return events;
    }

    /** Those of them that came to an address where their step had an event already. */
    public long merged() {
        return grid.merged();
    }

    /** Events, left out or not, that were earlier than the step that was under way. */
    public long late() {
        return late;
    }

    /** Events that were read and are in no step: before the first one, or in a part of the sensor that is not taken. */
    public long leftOut() {
        return leftOut;
    }

    /** How dense the steps so far are. */
    public DensityMeter density() {
        return density;
    }
}
