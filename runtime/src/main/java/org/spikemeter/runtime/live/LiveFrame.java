package org.spikemeter.runtime.live;

import java.util.List;

/**
 * The state of a live run at one moment. Allocated early, for one description, and filled again and again
 * by {@link LiveFeed#sample}. It belongs to the thread that samples.
 *
 * <p>Maps hold what came since the sample before: a byte without sign a cell, which stays at 255
 * ({@link MapSize#count}). All else is the present state, or the last part of a history; a viewer that misses a frame
 * misses nothing but maps.
 */
public final class LiveFrame {
    /** Steps of membranes and spikes that a frame holds at most. */
    public static final int MAX_STEPS = 200;
    /** Changes of the label that a frame holds at most. */
    public static final int MAX_LABEL_CHANGES = 128;
    /** What {@link #latencyMicros} holds of each stage. */
    public static final List<String> PERCENTILES = List.of("p50", "p90", "p99", "p99.9", "max");
    /** Stands for a label while no group is ahead of all others. */
    public static final int TIE = -1;
    /** Stands for a label before the first vote. */
    public static final int NO_LABEL = -2;

    /** Running, paused, ended or failed. */
    public LiveState state = LiveState.RUNNING;
    /** Why the run failed; null while it has not. */
    public LiveFailure failure;
    /** Steps that are done. */
    public long step;
    /** Time in the stream, in microseconds: that of the latest event which is processed. */
    public long timeMicros;
    /** Events that the source gave and the pipeline took. */
    public long acceptedEvents;
    /** Events that have been through the whole pipeline. */
    public long processedEvents;
    /** Events that were given up because the pipeline was behind, or because it failed. */
    public long goneEvents;
    /** Batches that were given up because the pipeline was behind. */
    public long droppedBatches;
    /** Input events a second. */
    public double eventsPerSecond;
    /** Spikes of all layers a second. */
    public double spikesPerSecond;
    /** Accumulations a second. */
    public double accPerSecond;
    /** Multiply-accumulations a second. */
    public double macPerSecond;
    /** Power at the chosen prices, in microwatts, the least where their sources disagree; NaN where one is missing. */
    public double powerMicrowatts;
    /** The most where sources of prices disagree, else the same as {@link #powerMicrowatts}. */
    public double powerHighMicrowatts;

    /** ON events a cell of {@link LiveDescription#inputMap()}. */
    public final byte[] on;
    /** OFF events a cell of {@link LiveDescription#inputMap()}. */
    public final byte[] off;
    /** Spikes a cell of each layer's {@link LiveDescription.NeuronLayer#map()}. */
    public final byte[][] layers;

    /** The first step of {@link #membranes} and {@link #spikes}. */
    public long windowFirstStep;
    /** Steps in {@link #membranes} and {@link #spikes}: the latest ones, oldest first. */
    public int windowSteps;
    /** Membrane potentials after each step: {@code [step in the window * shown neurons + neuron]}. */
    public final float[] membranes;
    /** 1 where a neuron fired in a step, else 0; laid out as {@link #membranes}. */
    public final byte[] spikes;

    /** The present label: a group, {@link #TIE} or {@link #NO_LABEL}. */
    public int label = NO_LABEL;
    /** Spikes a neuron and step of each group. */
    public final double[] groupRates;
    /** Changes of the label in {@link #labelMicros} and {@link #labels}: the latest ones, oldest first. */
    public int labelChanges;
    /** Times in the stream from which the labels hold, in microseconds. */
    public final long[] labelMicros = new long[MAX_LABEL_CHANGES];
    /** Labels, as {@link #label}. */
    public final int[] labels = new int[MAX_LABEL_CHANGES];

    /**
     * Latencies of the last ten seconds in which there were any, in microseconds: {@link #PERCENTILES} of the whole
     * pipeline, then of each stage; NaN while there are none.
     */
    public final double[] latencyMicros;

    /** A frame for runs of a description. */
    public LiveFrame(final LiveDescription description) {
        final int cells = description.inputMap().cells();
        on = new byte[cells];
        off = new byte[cells];
        layers = new byte[description.layers().size()][];
        for (int layer = 0; layer < layers.length; layer++) {
            layers[layer] = new byte[description.layers().get(layer).map().cells()];
        }
        membranes = new float[MAX_STEPS * description.output().shown()];
        spikes = new byte[membranes.length];
        groupRates = new double[description.output().groups().size()];
        latencyMicros = new double[PERCENTILES.size() * (1 + description.stages().size())];
    }
}
