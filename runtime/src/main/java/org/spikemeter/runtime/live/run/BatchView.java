package org.spikemeter.runtime.live.run;

import java.util.Arrays;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.runtime.live.LiveDescription;
import org.spikemeter.runtime.live.LiveFrame;
import org.spikemeter.runtime.live.MapSize;
import org.spikemeter.runtime.metering.RateMeter;
import org.spikemeter.runtime.pipeline.Decision;
import org.spikemeter.runtime.pipeline.InputBatch;
import org.spikemeter.runtime.pipeline.PipelineBatch;
import org.spikemeter.runtime.pipeline.PipelineSink;
import org.spikemeter.runtime.pipeline.StepList;

/**
 * What came in and what was decided: maps of input events, sums of what was done, the label and its changes. The sink's
 * thread adds; another one samples. Maps are made from the first sample on.
 *
 * <p>Time in the stream goes on where a clip begins: it is the sum of the times of the clips.
 */
final class BatchView implements PipelineSink {
    private final RateMeter rates;
    private final SensorSize sensor;
    private final int[] columns;
    private final int[] rows;
    private final int[] cellOf;
    private final boolean hasPolarities;
    private final StepEvents step;
    private final Exchange<Interval> exchange;
    /** Of the sink's thread: where the present clip began, in the stream and by its own times. */
    private long clipStart;
    private long clipMicros = InputBatch.UNKNOWN;
    private long timeMicros;
    private int label = LiveFrame.NO_LABEL;
    /** Of the thread that samples. */
    private final LabelHistory history = new LabelHistory();
    private final double[] groupRates;
    private int presentLabel = LiveFrame.NO_LABEL;
    private long presentMicros;
    private volatile boolean watched;

    /** What was seen since the last sample. */
    private static final class Interval {
        private final byte[] on;
        private final byte[] off;
        private final double[] groupRates;
        private final LabelHistory labels = new LabelHistory();
        private long batches;
        private int label;
        private long timeMicros;

        Interval(final LiveDescription description) {
            on = new byte[description.inputMap().cells()];
            off = new byte[on.length];
            groupRates = new double[description.output().groups().size()];
        }
    }

    /**
     * Nothing seen.
     *
     * @param input grid of steps that come in as such
     * @param rates is told every batch, too
     */
    BatchView(final LiveDescription description, final Shape input, final RateMeter rates) {
        this.rates = rates;
        this.sensor = description.sensor();
        final MapSize map = description.inputMap();
        this.columns = new int[sensor.width()];
        this.rows = new int[sensor.height()];
        for (int x = 0; x < columns.length; x++) {
            columns[x] = map.index(x, 0);
        }
        for (int y = 0; y < rows.length; y++) {
            rows[y] = map.index(0, y);
        }
        this.cellOf = new int[input.size()];
        for (int address = 0; address < cellOf.length; address++) {
            final int pixel = address / input.channels();
            cellOf[address] = columns[(int) ((long) (pixel % input.width()) * sensor.width() / input.width())]
                + rows[(int) ((long) (pixel / input.width()) * sensor.height() / input.height())];
        }
        this.hasPolarities = input.channels() == 2;
        this.step = new StepEvents(input);
        this.exchange = new Exchange<>(new Interval(description), new Interval(description));
        this.groupRates = new double[description.output().groups().size()];
    }

    @Override
    public String name() {
        return "view";
    }

    @Override
    public void onBatch(final PipelineBatch batch, final boolean endOfBurst) {
        rates.onBatch(batch, endOfBurst);
        takeTime(batch.input());
        final long ticket = exchange.enter();
        try {
            final Interval interval = exchange.active();
            if (watched) {
                count(batch.events(), interval);
                count(batch.input().steps(), interval);
            }
            decide(batch.decision(), interval);
            interval.timeMicros = timeMicros;
            interval.batches++;
        } finally {
            exchange.exit(ticket);
        }
    }

    private void takeTime(final InputBatch input) {
        if (input.startsClip()) {
            clipStart = timeMicros;
            clipMicros = InputBatch.UNKNOWN;
        }
        final EventBatch events = input.events();
        final long latest = events.isEmpty() ? input.untilMicros() : events.micros(events.size() - 1);
        if (latest == InputBatch.UNKNOWN) {
            return;
        }
        if (clipMicros == InputBatch.UNKNOWN) {
            clipMicros = events.isEmpty() ? latest : events.micros(0);
        }
        timeMicros = clipStart + latest - clipMicros;
    }

    private void count(final EventBatch events, final Interval interval) {
        final int[] words = events.wordArray();
        final int size = events.size();
        for (int i = 0; i < size; i++) {
            final int x = EventWord.x(words[i]);
            final int y = EventWord.y(words[i]);
            if (x < columns.length && y < rows.length) {
                MapSize.count(EventWord.polarity(words[i]) == 1 ? interval.on : interval.off, rows[y] + columns[x]);
            }
        }
    }

    private void count(final StepList steps, final Interval interval) {
        for (int entry = 0; entry < steps.entries(); entry++) {
            steps.get(entry, step);
            final int size = step.size();
            for (int i = 0; i < size; i++) {
                final int address = step.address(i);
                final boolean isOn = hasPolarities ? (address & 1) == 0 : step.value(i) > 0.0f;
                MapSize.count(isOn ? interval.on : interval.off, cellOf[address]);
            }
        }
    }

    private void decide(final Decision decision, final Interval interval) {
        final int now = decision.groups() == 0 || decision.steps() == 0 ? LiveFrame.NO_LABEL : decision.winner();
        for (int group = 0; group < interval.groupRates.length; group++) {
            interval.groupRates[group] = decision.rate(group);
        }
        if (now != label) {
            interval.labels.add(timeMicros, now);
            label = now;
        }
        interval.label = now;
    }

    /** Moves what was seen since the last call into a frame. */
    void sample(final LiveFrame frame) {
        watched = true;
        final Interval interval = exchange.take();
        System.arraycopy(interval.on, 0, frame.on, 0, frame.on.length);
        System.arraycopy(interval.off, 0, frame.off, 0, frame.off.length);
        Arrays.fill(interval.on, (byte) 0);
        Arrays.fill(interval.off, (byte) 0);
        history.addAll(interval.labels);
        interval.labels.clear();
        if (interval.batches > 0) {
            presentLabel = interval.label;
            presentMicros = interval.timeMicros;
            System.arraycopy(interval.groupRates, 0, groupRates, 0, groupRates.length);
            interval.batches = 0;
        }
        frame.label = presentLabel;
        frame.timeMicros = presentMicros;
        System.arraycopy(groupRates, 0, frame.groupRates, 0, groupRates.length);
        history.copyTo(frame);
    }
}
