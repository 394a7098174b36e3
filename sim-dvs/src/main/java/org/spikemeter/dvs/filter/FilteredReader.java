package org.spikemeter.dvs.filter;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.FrameTimes;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.event.WrappedReader;

/** A reader whose events are changed on their way. Frames, where the recording has some, move with the events' time. */
public final class FilteredReader extends WrappedReader {
    private final TimeFilter time;
    private final List<CountingFilter> filters = new ArrayList<>();
    private Optional<SensorSize> size;
    /** Time of the first event before any change. */
    private OptionalLong firstMicros = OptionalLong.empty();
    private boolean ended;

    /**
     * Nothing read yet.
     *
     * @param reader closed with this one
     * @param changes what is done to its events
     * @throws IllegalArgumentException where the changes need the size of the sensor, and neither they nor the
     *     recording say it, or where the crop is not in it; the reader stays open
     */
    public FilteredReader(final EventReader reader, final EventChanges changes) {
        super(reader);
        this.size = reader.size();
        changes.size().ifPresent(this::resize);
        this.time = new TimeFilter(changes.origin(), changes.time());
        if (!changes.origin().equals(EventChanges.Origin.RECORDED)
            || !changes.time().equals(EventChanges.TimeWindow.ALL)) {
            filters.add(time);
        }
        changes.crop().ifPresent(this::crop);
        if (changes.flip() != EventChanges.Flip.NONE || changes.transpose()) {
            turn(changes.flip(), changes.transpose());
        }
        if (!changes.filters().isEmpty()) {
            filters.addAll(EventFilters.parse(changes.filters(), name()));
        }
    }

    private void resize(final SensorSize given) {
        filters.add(new CropFilter("size:" + given.width() + "x" + given.height(),
            new EventChanges.Crop(0, 0, given.width(), given.height())));
        size = Optional.of(given);
    }

    private void crop(final EventChanges.Crop crop) {
        if (size.isPresent() && !crop.isIn(size.get())) {
            throw new IllegalArgumentException(name() + ": crop of " + crop.size() + " at x " + crop.x() + ", y "
                + crop.y() + ": expected it within the sensor's " + size.get());
        }
        filters.add(new CropFilter("crop:" + crop, crop));
        size = Optional.of(crop.size());
    }

    private void turn(final EventChanges.Flip flip, final boolean transpose) {
        if (flip != EventChanges.Flip.NONE && size.isEmpty()) {
            throw new IllegalArgumentException(name() + ": does not say the size of its sensor, without which nothing"
                + " can be flipped: expected --size WxH");
        }
        filters.add(new OrientationFilter(flip, transpose, size.orElse(SensorSize.LARGEST)));
        if (transpose) {
            size = size.map(sides -> new SensorSize(sides.height(), sides.width()));
        }
    }

    /** The area after the changes. */
    @Override
    public Optional<SensorSize> size() {
        return size;
    }

    @Override
    public boolean read(final EventBatch into) throws IOException {
        while (reader.read(into)) {
            if (firstMicros.isEmpty()) {
                firstMicros = OptionalLong.of(into.micros(0));
            }
            for (int i = 0; i < filters.size(); i++) {
                filters.get(i).apply(into);
            }
            if (!into.isEmpty()) {
                return true;
            }
        }
        ended = true;
        return false;
    }

    @Override
    public List<String> warnings() {
        final List<String> warnings = new ArrayList<>(reader.warnings());
        if (ended && firstMicros.isPresent() && !filters.isEmpty() && filters.getLast().passed() == 0) {
            warnings.add(name() + ": no event is left of what was read; the first one is at " + firstMicros.getAsLong()
                + " us" + (filters.contains(time) ? " (--origin first counts from there)" : ""));
        }
        return warnings;
    }

    /** Those of the recording, and what each change has let pass and removed so far. */
    @Override
    public List<String> notes() {
        final List<String> notes = new ArrayList<>(reader.notes());
        for (final CountingFilter filter : filters) {
            notes.add(String.format(Locale.ROOT, "%s: %,d passed, %,d removed", filter.describe(), filter.passed(),
                filter.removed()));
        }
        return notes;
    }

    @Override
    public FrameTimes frameTimes() {
        final FrameTimes recorded = reader.frameTimes();
        return new FrameTimes() {
            @Override
            public int frames() {
                return recorded.frames();
            }

            @Override
            public long frameMicros(final int index) {
                return recorded.frameMicros(index) - time.shiftMicros();
            }
        };
    }

    /** What is done, in order, with what it has let pass and removed so far. */
    public List<CountingFilter> filters() {
        return List.copyOf(filters);
    }
}
