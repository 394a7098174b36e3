package org.spikemeter.dvs.binning;

import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.network.Shape;

/**
 * Events that arrive, in steps on a network's grid: what {@link EventStepSource} does for recordings, for streams that
 * are pushed and never end. Steps of a fixed time begin with the first event; steps of a fixed number of events end
 * with the last of them.
 *
 * <p>A stream can do what a recording must not. An event outside the sensor, or 146,000 years away, is left out. An
 * event that is earlier than the step under way goes into it. Where time leaps, forward by more than
 * {@value #MAX_EMPTY_STEPS} steps or back by more than {@value #MAX_BACK_MICROS} microseconds (a sender that began
 * anew, a damaged time), the step under way ends and the next one begins there. All of it is counted.
 *
 * <p>Allocates nothing per event or step. Used by one thread.
 */
public final class StreamBinner {
    /** Empty steps in a row that are taken for silence, and not for a leap. */
    static final long MAX_EMPTY_STEPS = 100_000;
    /** How far an event may be behind the step under way and still be taken for a late one. */
    static final long MAX_BACK_MICROS = 1_000_000;
    /** Times beyond it, on either side of 0, are no times; sums and differences of times within do not overflow. */
    static final long TIME_LIMIT = Long.MAX_VALUE / 2;

    private final long stepMicros;
    private final long eventsAStep;
    private final SensorSize sensor;
    private final Repeated repeated;
    private final PixelMapping mapping;
    private final StepGrid grid;
    private final StepEvents step;
    private long maxSilenceMicros = TIME_LIMIT;
    private boolean started;
    /** When the step under way ends: events before that belong to it. */
    private long endMicros;
    private long inStep;
    private long arrivalNanos;
    private long events;
    private long late;
    private long leftOut;
    private long leaps;

    /**
     * Nothing has arrived.
     *
     * @param binning of a fixed time or a fixed number of events
     * @param sensor the area that events come from
     * @param input the grid of the steps: rows, columns, and the channels ON and OFF
     * @throws IllegalArgumentException where a binning needs to know the end, or the grid has other channels
     */
    public StreamBinner(
        final Binning binning, final SensorSize sensor, final Shape input, final Repeated repeated, final Fit fit) {
        StepGrid.requireChannels(input);
        this.stepMicros = switch (binning) {
            case Binning.Time time -> Math.min(time.micros(), TIME_LIMIT);
            case Binning.Count _ -> Long.MAX_VALUE;
            case Binning.Parts _, Binning.Frames _ -> throw new IllegalArgumentException(binning
                + ": a stream has no end that is known, expected time:T or count:N");
        };
        this.eventsAStep = binning instanceof Binning.Count count ? count.events() : Long.MAX_VALUE;
        this.sensor = sensor;
        this.repeated = repeated;
        this.mapping = new PixelMapping(sensor, input, fit);
        this.grid = new StepGrid(input);
        this.step = new StepEvents(input);
    }

    /**
     * Takes a longer silence for a leap; by default only that of more than {@value #MAX_EMPTY_STEPS} steps is one. For
     * streams whose time goes on while nothing comes: there an event that is far ahead has a damaged time.
     *
     * @param micros at least 0
     */
    public void setMaxSilenceMicros(final long micros) {
        maxSilenceMicros = micros;
    }

    /**
     * Takes events.
     *
     * @param arrived when they did, of {@link System#nanoTime}
     * @param receiver is given the steps that end with them
     */
    public void add(final EventBatch batch, final long arrived, final StepReceiver receiver) {
        final long[] micros = batch.microsArray();
        final int[] words = batch.wordArray();
        final int size = batch.size();
        int at = 0;
        while (at < size) {
            if (!isInside(words[at]) || !isTime(micros[at])) {
                leftOut++;
                at++;
                continue;
            }
            reach(micros[at], receiver);
            at = take(micros, words, at, size, arrived);
            if (inStep >= eventsAStep) {
                end(receiver);
            }
        }
    }

    /** Ends steps until the time is in the one under way. */
    private void reach(final long time, final StepReceiver receiver) {
        if (!started) {
            start(time);
            return;
        }
        if (stepMicros == Long.MAX_VALUE) {
            return;
        }
        final long before = endMicros - stepMicros;
        if (time < before - MAX_BACK_MICROS || isFar(time)) {
            leaps++;
            end(receiver);
            start(time);
        } else if (time >= endMicros) {
            advance(time, receiver);
        }
    }

    /** True where so many steps would be empty until a time that it is a leap. */
    private boolean isFar(final long time) {
        return time / stepMicros - endMicros / stepMicros > MAX_EMPTY_STEPS || time - endMicros > maxSilenceMicros;
    }

    private void start(final long time) {
        started = true;
        endMicros = stepMicros == Long.MAX_VALUE ? Long.MAX_VALUE : time + stepMicros;
    }

    /** Adds events from one on that belong to the step under way; the place behind them. */
    private int take(final long[] micros, final int[] words, final int from, final int size, final long arrived) {
        final long end = stepMicros == Long.MAX_VALUE ? TIME_LIMIT + 1 : endMicros;
        final long begin = stepMicros == Long.MAX_VALUE ? Long.MIN_VALUE : end - stepMicros;
        final long lateLimit = stepMicros == Long.MAX_VALUE ? -TIME_LIMIT : begin - MAX_BACK_MICROS;
        final int limit = (int) Math.min(size, from + Math.min(eventsAStep - inStep, size));
        int early = 0;
        int i = from;
        while (i < limit && micros[i] < end && micros[i] >= lateLimit && isInside(words[i])) {
            early += micros[i] < begin ? 1 : 0;
            i++;
        }
        if (inStep == 0 && i > from) {
            arrivalNanos = arrived;
        }
        final int nowhere = grid.add(words, from, i, mapping);
        late += early;
        leftOut += nowhere;
        events += i - from - nowhere;
        inStep += i - from;
        return i;
    }

    private boolean isInside(final int word) {
        return EventWord.x(word) < sensor.width() && EventWord.y(word) < sensor.height();
    }

    private static boolean isTime(final long time) {
        return time >= -TIME_LIMIT && time <= TIME_LIMIT;
    }

    /**
     * Says that no event before a time is still to come: steps that end by then end now. Where that would be more empty
     * steps than a silence has, time has leapt there.
     */
    public void advance(final long untilMicros, final StepReceiver receiver) {
        if (!started || stepMicros == Long.MAX_VALUE || untilMicros < endMicros || !isTime(untilMicros)) {
            return;
        }
        end(receiver);
        if (isFar(untilMicros)) {
            leaps++;
            start(untilMicros);
            return;
        }
        if (untilMicros >= endMicros) {
            final long silent = (untilMicros - endMicros) / stepMicros + 1;
            receiver.onSilence(silent);
            endMicros += silent * stepMicros;
        }
    }

    /** Ends the step under way, where it has an event: nothing is to come. */
    public void finish(final StepReceiver receiver) {
        if (inStep > 0) {
            end(receiver);
        }
    }

    /** Ends the step under way, where it has an event; the next one begins with the next event, whenever that is. */
    public void skip(final StepReceiver receiver) {
        finish(receiver);
        leaps += started ? 1 : 0;
        started = false;
    }

    private void end(final StepReceiver receiver) {
        if (inStep == 0) {
            receiver.onSilence(1);
        } else {
            step.clear();
            grid.drain(repeated, step);
            receiver.onStep(step, arrivalNanos);
        }
        inStep = 0;
        if (stepMicros != Long.MAX_VALUE) {
            endMicros += stepMicros;
        }
    }

    /** Forgets the step under way and when steps begin; counts stay. */
    public void reset() {
        step.clear();
        grid.drain(repeated, step);
        started = false;
        inStep = 0;
    }

    /** The grid of the steps. */
    public Shape input() {
        return step.shape();
    }

    /** Events in steps so far, or in the one under way. */
    public long events() {
        return events;
    }

    /** Those of them that came to an address where their step had an event already. */
    public long merged() {
        return grid.merged();
    }

    /** Events that were earlier than the step that was under way, and went into it. */
    public long late() {
        return late;
    }

    /** Events outside the sensor, or in a part of it that is not taken. */
    public long leftOut() {
        return leftOut;
    }

    /** How often time leapt. */
    public long leaps() {
        return leaps;
    }
}
