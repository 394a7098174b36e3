package org.spikemeter.engine.synapse;

import org.spikemeter.engine.network.Shape;

/** Synapses from one grid to another. Immutable; safe for use by any number of threads. */
public sealed interface SynapseTable permits ConvolutionTable, CsrTable {
    /** Grid of the sources. */
    Shape input();

    /** Grid of the targets. */
    Shape output();

    /** Synapses that exist: (source, target) pairs, zero weights included. */
    long synapses();

    /** Weights that are stored: shared ones once. */
    int weights();

    /** Bytes that the table takes. */
    long bytes();
}
