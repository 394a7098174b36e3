package org.spikemeter.dvs.pixel.v2e;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventOrder;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.pixel.EventSensor;
import org.spikemeter.engine.simulate.RowTeam;

/**
 * v2e's pixel. A frame's events lie in slots, as many as its busiest pixel has events; a pixel with n events fires in
 * the first n slots. v2e shuffles the events of a slot: here they lie row by row, and those of shot noise come last.
 *
 * <p>As in v2e the time of the first frame is not kept: the second one comes after 0, not after the first. Times should
 * therefore begin at 0, as those of {@link org.spikemeter.dvs.frame.FrameSource} do.
 *
 * <p>With the same seed the events are the same for any number of threads. Other than v2e's, times are exact
 * microseconds.
 */
public final class V2eSensor implements EventSensor {
    /** From here on the low-pass filter is another one than the cutoff frequency says; v2e warns there. */
    private static final double INACCURATE_UPDATE = 0.3;
    private static final int MANY_CROSSINGS = 100;

    private final V2eContext context;
    private final SensorSize size;
    private final Scratch[] scratches;
    private final EventOrder order = new EventOrder();
    private final SlotTimes slots = new SlotTimes();
    /** Null for one thread. */
    private final RowTeam team;
    private final RowTeam.RowTask begin = this::begin;
    private final RowTeam.RowTask advance = this::advance;
    private final RowTeam.RowTask fire = this::fire;
    private Pixels pixels;
    private Frame frame;
    private long frames;
    private long previousMicros;
    private double largestUpdate;
    private double largestShotPart;
    private int mostCrossings;

    /**
     * @param context what it is like; later changes to it have no effect
     * @throws IllegalArgumentException where a value is out of range
     */
    public V2eSensor(final SensorSize size, final V2eContext context) {
        this.context = context.copy().conclude();
        this.size = size;
        this.scratches = new Scratch[context.threads()];
        for (int i = 0; i < scratches.length; i++) {
            scratches[i] = new Scratch();
        }
        reset();
        this.team = context.threads() == 1 ? null : new RowTeam(context.threads());
    }

    @Override
    public String name() {
        return "v2e";
    }

    @Override
    public SensorSize size() {
        return size;
    }

    @Override
    public void reset() {
        pixels = new Pixels(context, size.pixels());
        frames = 0;
        previousMicros = 0;
        largestUpdate = 0.0;
        largestShotPart = 0.0;
        mostCrossings = 0;
    }

    @Override
    public void sense(final float[] grey, final long micros, final EventBatch into) {
        EventSensor.checkTime(micros, previousMicros);
        slots.set(previousMicros, micros, 0);
        frame = new Frame(grey, size.width(), frames, slots.seconds());
        if (frames++ == 0) {
            onRows(begin);
            return;
        }
        onRows(advance);
        int count = 0;
        for (final Scratch scratch : scratches) {
            count = Math.max(count, scratch.crossings);
            scratch.events.clear();
        }
        slots.set(previousMicros, micros, count);
        pixels.beginSlots(slots);
        onRows(fire);
        collect(into);
        note(count);
        previousMicros = micros;
    }

    private void onRows(final RowTeam.RowTask task) {
        if (team == null) {
            task.run(0, size.height(), 0);
        } else {
            team.run(task, size.height());
        }
    }

    private void begin(final int fromRow, final int toRow, final int member) {
        final int end = toRow * size.width();
        for (int from = fromRow * size.width(); from < end; from += Scratch.BLOCK) {
            pixels.begin(from, Math.min(Scratch.BLOCK, end - from), frame, scratches[member]);
        }
    }

    private void advance(final int fromRow, final int toRow, final int member) {
        final Scratch scratch = scratches[member];
        final int end = toRow * size.width();
        int crossings = 0;
        for (int from = fromRow * size.width(); from < end; from += Scratch.BLOCK) {
            crossings = Math.max(crossings,
                pixels.advance(from, Math.min(Scratch.BLOCK, end - from), frame, scratch));
        }
        scratch.crossings = crossings;
    }

    private void fire(final int fromRow, final int toRow, final int member) {
        pixels.fire(fromRow, toRow, frame, slots.count(), scratches[member]);
    }

    private void collect(final EventBatch into) {
        EventOrder all = scratches[0].events;
        if (scratches.length > 1) {
            order.clear();
            for (final Scratch scratch : scratches) {
                order.addAll(scratch.events);
            }
            all = order;
        }
        all.sort();
        final int before = into.size();
        final int count = all.size();
        into.ensureCapacity(before + count);
        final long[] times = into.microsArray();
        final int[] words = into.wordArray();
        int slot = -1;
        long micros = 0;
        for (int i = 0; i < count; i++) {
            if (all.key(i) != slot) {
                slot = all.key(i);
                micros = slots.micros(slot);
            }
            times[before + i] = micros;
            words[before + i] = all.word(i);
        }
        into.setSize(before + count);
    }

    private void note(final int crossings) {
        largestUpdate = Math.max(largestUpdate, LowPass.whiteUpdate(context.cutoffHz(), frame.seconds()));
        largestShotPart = Math.max(largestShotPart, context.shotNoiseRateHz() * frame.seconds());
        mostCrossings = Math.max(mostCrossings, crossings);
    }

    @Override
    public List<String> warnings() {
        final List<String> lines = new ArrayList<>();
        if (largestUpdate > INACCURATE_UPDATE) {
            lines.add(String.format(Locale.ROOT, "frames too far apart for the cutoff frequency of %s Hz: a pixel in"
                + " white moves by %.2f of the way in one frame, expected at most %s; give more frames a second",
                context.cutoffHz(), Math.min(1.0, largestUpdate), INACCURATE_UPDATE));
        }
        if (largestShotPart > 1.0) {
            lines.add(String.format(Locale.ROOT, "frames too far apart for the shot noise rate of %s Hz: %.2f events a"
                + " frame, of which a pixel gives at most one; give more frames a second",
                context.shotNoiseRateHz(), largestShotPart));
        }
        if (mostCrossings > MANY_CROSSINGS) {
            lines.add(mostCrossings + " events of one pixel in one frame: expected at most " + MANY_CROSSINGS
                + (mostCrossings < Pixels.MAX_CROSSINGS ? "" : "; what is beyond comes in the frames after it"));
        }
        return lines;
    }

    @Override
    public void close() {
        if (team != null) {
            team.close();
        }
    }
}
