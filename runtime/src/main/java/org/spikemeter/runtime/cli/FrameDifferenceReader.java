package org.spikemeter.runtime.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.frame.FrameSource;
import org.spikemeter.dvs.pixel.DvsStepSource;
import org.spikemeter.dvs.pixel.FirstFrame;
import org.spikemeter.dvs.pixel.FrameDifferenceSensor;
import org.spikemeter.engine.aer.StepEvents;

/** The paper's sensor as a recording: every event has the time of its frame. */
final class FrameDifferenceReader implements EventReader {
    private static final double MICROS = 1e6;

    private final String name;
    private final SensorSize size;
    private final double framesPerSecond;
    private final DvsStepSource source;
    private final StepEvents step;
    private long frames;
    private int taken;

    FrameDifferenceReader(
        final FrameSource source, final SensorSize size, final float sens, final double framesPerSecond) {
        this.name = source.name();
        this.size = size;
        this.framesPerSecond = framesPerSecond;
        this.source = new DvsStepSource(source,
            new FrameDifferenceSensor(size.width(), size.height(), sens, FirstFrame.SPIKES), Integer.MAX_VALUE);
        this.step = new StepEvents(this.source.shape());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String format() {
        return "frame difference";
    }

    @Override
    public Optional<SensorSize> size() {
        return Optional.of(size);
    }

    @Override
    public boolean read(final EventBatch into) throws IOException {
        into.clear();
        while (into.size() < into.capacity()) {
            if (taken == step.size()) {
                // behind the last frame the step is empty
                taken = 0;
                if (!source.next(step)) {
                    break;
                }
                frames++;
            }
            take(into);
        }
        return !into.isEmpty();
    }

    private void take(final EventBatch into) {
        final long micros = Math.round((frames - 1) * MICROS / framesPerSecond);
        final int end = Math.min(step.size(), taken + into.capacity() - into.size());
        for (; taken < end; taken++) {
            final int pixel = step.address(taken) >> 1;
            into.add(micros, EventWord.of(pixel % size.width(), pixel / size.width(), 1 - (step.address(taken) & 1)));
        }
    }

    @Override
    public double progress() {
        return Double.NaN;
    }

    @Override
    public List<String> warnings() {
        return List.of();
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
