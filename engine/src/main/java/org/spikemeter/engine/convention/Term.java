package org.spikemeter.engine.convention;

/** Why a convention's count differs from the operations that were executed. */
public enum Term {
    /** Synapses that stand for none: neurons, pools or batch norm that the events reach one to one. */
    ONE_TO_ONE("one-to-one synapses", "not counted: no layer with weights"),
    /** Pooled values. */
    POOLED_VALUES("pooled values", "a pooled value counts once, not each spike in its window"),
    /** Events of -1. */
    SIGNED_EVENTS("signed events", "an event of -1 is an accumulate"),
    /** Two levels. */
    TWO_LEVELS("two-level values", "at most two distinct values from 0 to 1 count as spikes"),
    /** Events weighed by their value. */
    REAL_VALUES("values as weights", "an event counts as much as its value"),
    /** Rounding of averages. */
    ROUNDING("rounding", "averages are rounded to float32 before they are multiplied up again"),
    /** One analog value decides for the call. */
    POISONED_FRAMES("poisoned frames", "one value that is no spike makes the whole call multiply-accumulates"),
    /** Zeros billed. */
    SILENT_INPUTS("silent inputs", "a multiply-accumulate call is billed densely, zeros too"),
    /** Padding billed. */
    PADDED_TAPS("padded taps", "taps that lie in the padding are counted"),
    /** Zero weights left out. */
    ZERO_WEIGHTS("zero weights", "weights that are 0 are not counted"),
    /** Weights of 0 and 1. */
    BINARY_WEIGHTS("binary weights", "weights that are all 0 or 1 make accumulates of any input"),
    /** Rates. */
    MEAN_RATE("rate times size", "mean input times dense size, not each spike's own fan-out"),
    /** One density for all layers. */
    INPUT_DENSITY("input density", "the density of the input's events is taken for every layer"),
    /** Closed-form fan-out. */
    FAN_OUT("ideal fan-out",
        "every event reaches ceil(k/stride)^2 pixels of all channels; borders, groups and values are ignored"),
    /** Additions of pools. */
    POOLING("pooling", "additions inside pools"),
    /** Batch norm. */
    BATCH_NORM("batch norm", "batch norm is counted as it was trained, not folded into the weights"),
    /** Bias. */
    BIAS("bias", "bias additions"),
    /** Leak. */
    LEAK("leak", "the leak of each neuron in each step"),
    /** Charge and threshold. */
    NEURON_UPDATES("neuron updates", "charge and threshold of each neuron in each step"),
    /** Resets. */
    RESETS("resets", "resets");

    private final String title;
    private final String reason;

    Term(final String title, final String reason) {
        this.title = title;
        this.reason = reason;
    }

    /** Short name. */
    public String title() {
        return title;
    }

    /** What the convention does. */
    public String reason() {
        return reason;
    }
}
