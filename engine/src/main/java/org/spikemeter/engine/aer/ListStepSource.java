package org.spikemeter.engine.aer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.spikemeter.engine.network.Shape;

/** Steps that are at hand: to run the same events again, on other networks or in other ways. */
public final class ListStepSource implements StepSource {
    private final Shape shape;
    private final List<StepEvents> steps;
    private int next;

    /**
     * The steps of a list, from the first.
     *
     * @param shape the grid of all steps
     * @param steps not copied
     */
    public ListStepSource(final Shape shape, final List<StepEvents> steps) {
        this.shape = shape;
        this.steps = steps;
    }

    /**
     * All steps that a source still has.
     *
     * @param source not closed
     * @throws IOException where it cannot be read
     */
    public static List<StepEvents> drain(final StepSource source) throws IOException {
        final List<StepEvents> steps = new ArrayList<>();
        StepEvents events = new StepEvents(source.shape());
        while (source.next(events)) {
            steps.add(events);
            events = new StepEvents(source.shape());
        }
        return steps;
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public boolean next(final StepEvents into) {
        into.clear();
        if (next == steps.size()) {
            return false;
        }
        final StepEvents step = steps.get(next);
        for (int i = 0; i < step.size(); i++) {
            into.add(step.address(i), step.value(i));
        }
        next++;
        return true;
    }

    @Override
    public void close() {
        // nothing is open
    }
}
