package org.spikemeter.runtime.live.run;

import java.util.Arrays;
import java.util.List;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.simulate.LayerStep;
import org.spikemeter.engine.simulate.Simulator;
import org.spikemeter.engine.simulate.StepListener;
import org.spikemeter.runtime.live.LiveDescription;
import org.spikemeter.runtime.live.LiveFrame;
import org.spikemeter.runtime.live.MapSize;
import org.spikemeter.runtime.live.OutputNeurons;

/**
 * What the layers do: maps of their spikes, and membranes and spikes of the neurons that vote, step by step. Hears the
 * simulator in its thread; is sampled by another one. Where nobody looks, maps are made of the first step behind each
 * sample alone, so that there is something to show to whoever comes, and next to no cost.
 */
final class StepView implements StepListener {
    private final OutputNeurons output;
    private final int lastLayer;
    /** By index of the layer in the network: its place among the maps; -1 for none. */
    private final int[] mapOf;
    private final int[][] cells;
    private final float[] membranes;
    private final StepListener next;
    private final Exchange<Interval> exchange;
    private Membranes simulator;
    private final float[] windowMembranes;
    private final byte[] windowSpikes;
    private long steps;
    private volatile boolean watched;

    /** Where potentials are read. */
    @FunctionalInterface
    interface Membranes {
        /** The simulator that is just being listened to. */
        Simulator simulator();
    }

    /** What was heard since the last sample. */
    private static final class Interval {
        private final byte[][] maps;
        private final float[] membranes;
        private final byte[] spikes;
        private long steps;

        Interval(final LiveDescription description) {
            final LiveFrame frame = new LiveFrame(description);
            maps = frame.layers;
            membranes = frame.membranes;
            spikes = frame.spikes;
        }
    }

    /**
     * Nothing heard.
     *
     * @param next hears everything, too; null for none
     */
    StepView(final Network network, final LiveDescription description, final StepListener next) {
        this.output = description.output();
        this.lastLayer = network.layers().size() - 1;
        this.mapOf = new int[network.layers().size()];
        Arrays.fill(mapOf, -1);
        final List<LiveDescription.NeuronLayer> layers = description.layers();
        this.cells = new int[layers.size()][];
        for (int map = 0; map < cells.length; map++) {
            mapOf[network.indexOf(layers.get(map).name())] = map;
            cells[map] = layers.get(map).cells();
        }
        this.membranes = new float[hasMembranes(network.layers().getLast()) ? output.count() : 0];
        this.next = next;
        this.exchange = new Exchange<>(new Interval(description), new Interval(description));
        this.windowMembranes = new float[LiveFrame.MAX_STEPS * output.shown()];
        this.windowSpikes = new byte[windowMembranes.length];
    }

    /** True for a layer of neurons. */
    static boolean hasMembranes(final Layer layer) {
        return layer instanceof Layer.Neurons || layer instanceof Layer.Euler;
    }

    /** Says where potentials are read; before the first step. */
    void listenTo(final Membranes source) {
        simulator = source;
    }

    @Override
    public void onInput(final int step, final StepEvents events) {
        if (next != null) {
            next.onInput(step, events);
        }
    }

    @Override
    public void onLayer(final LayerStep batch) {
        final int map = mapOf[batch.layer()];
        if (map >= 0 || batch.layer() == lastLayer) {
            final StepEvents events = batch.events();
            final long ticket = exchange.enter();
            try {
                final Interval interval = exchange.active();
                if (map >= 0 && (watched || interval.steps == 0)) {
                    count(events, cells[map], interval.maps[map]);
                }
                if (batch.layer() == lastLayer) {
                    addRow(events, interval);
                }
            } finally {
                exchange.exit(ticket);
            }
        }
        if (next != null) {
            next.onLayer(batch);
        }
    }

    /** Channels of a pixel have one cell and come one after the other: they are added at once. */
    private static void count(final StepEvents events, final int[] cellOf, final byte[] map) {
        final int size = events.size();
        int cell = 0;
        int times = 0;
        for (int i = 0; i < size; i++) {
            final int next = cellOf[events.address(i)];
            if (next != cell) {
                MapSize.count(map, cell, times);
                cell = next;
                times = 0;
            }
            times++;
        }
        MapSize.count(map, cell, times);
    }

    /** The step is over: keeps the potentials and the spikes of the last layer. */
    private void addRow(final StepEvents events, final Interval interval) {
        final int shown = output.shown();
        final int row = (int) (interval.steps % LiveFrame.MAX_STEPS) * shown;
        if (membranes.length > 0) {
            simulator.simulator().membrane(output.layer(), membranes);
            System.arraycopy(membranes, 0, interval.membranes, row, shown);
            Arrays.fill(interval.spikes, row, row + shown, (byte) 0);
            for (int i = 0; i < events.size() && events.address(i) < shown; i++) {
                interval.spikes[row + events.address(i)] = 1;
            }
        }
        interval.steps++;
    }

    /**
     * Moves what was heard since the last call into a frame.
     *
     * @param isWatched whether the next one is to have maps of all steps
     */
    void sample(final LiveFrame frame, final boolean isWatched) {
        watched = isWatched;
        final Interval interval = exchange.take();
        for (int map = 0; map < interval.maps.length; map++) {
            System.arraycopy(interval.maps[map], 0, frame.layers[map], 0, interval.maps[map].length);
            Arrays.fill(interval.maps[map], (byte) 0);
        }
        final int shown = output.shown();
        final long kept = Math.min(interval.steps, LiveFrame.MAX_STEPS);
        for (long step = interval.steps - kept; step < interval.steps; step++) {
            final int from = (int) (step % LiveFrame.MAX_STEPS) * shown;
            final int to = (int) ((steps + step) % LiveFrame.MAX_STEPS) * shown;
            System.arraycopy(interval.membranes, from, windowMembranes, to, shown);
            System.arraycopy(interval.spikes, from, windowSpikes, to, shown);
        }
        steps += interval.steps;
        interval.steps = 0;
        copyWindow(frame, shown);
    }

    private void copyWindow(final LiveFrame frame, final int shown) {
        frame.step = steps;
        frame.windowSteps = (int) Math.min(steps, LiveFrame.MAX_STEPS);
        frame.windowFirstStep = steps - frame.windowSteps;
        for (int i = 0; i < frame.windowSteps; i++) {
            final int from = (int) ((frame.windowFirstStep + i) % LiveFrame.MAX_STEPS) * shown;
            System.arraycopy(windowMembranes, from, frame.membranes, i * shown, shown);
            System.arraycopy(windowSpikes, from, frame.spikes, i * shown, shown);
        }
    }
}
