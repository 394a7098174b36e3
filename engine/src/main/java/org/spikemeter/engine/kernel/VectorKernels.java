package org.spikemeter.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.spikemeter.engine.synapse.ConvolutionTable;
import org.spikemeter.engine.synapse.SlideWeights;

/** Twins of the scalar kernels on the Vector API, in the widest vectors that the machine prefers. */
final class VectorKernels extends Kernels {
    /** At most as wide as the tables' rows are filled up to. */
    static final VectorSpecies<Float> SPECIES =
        FloatVector.SPECIES_PREFERRED.length() <= ConvolutionTable.LANES
            ? FloatVector.SPECIES_PREFERRED : FloatVector.SPECIES_512;

    @Override
    public String name() {
        return "vector (" + SPECIES.length() + " lanes)";
    }

    @Override
    public int lanes() {
        return SPECIES.length();
    }

    @Override
    public SynapseKernel synapse(final Strategy strategy) {
        return switch (strategy) {
            case SCATTER -> new VectorScatter();
            case GATHER -> new VectorGather();
            case DENSE -> new VectorDense();
        };
    }

    @Override
    public boolean slides() {
        return true;
    }

    @Override
    public FloatSlide slide(final SlideWeights weights) {
        return new VectorSlide(weights);
    }

    @Override
    public IntegerSlide integerSlide(final SlideWeights weights) {
        return new VectorIntegerSlide(weights);
    }

    @Override
    public NeuronKernel neurons() {
        return new VectorNeurons();
    }

    @Override
    public PoolKernel pool() {
        return new VectorPool();
    }

    @Override
    public IntegerGather integerGather() {
        return new VectorIntegerGather();
    }

    @Override
    public IntegerFire integerFire() {
        return new VectorIntegerFire();
    }
}
