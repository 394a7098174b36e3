package org.spikemeter.engine.kernel;

import org.spikemeter.engine.synapse.Pool;
import org.spikemeter.engine.synapse.SlideWeights;

/** Plain loops: the oracle, and what runs without any JVM flag. */
final class ScalarKernels extends Kernels {
    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public int lanes() {
        return 1;
    }

    @Override
    public SynapseKernel synapse(final Strategy strategy) {
        return switch (strategy) {
            case SCATTER -> new ScalarScatter();
            case GATHER -> new ScalarGather();
            case DENSE -> new ScalarDense();
        };
    }

    @Override
    public boolean slides() {
        return false;
    }

    @Override
    public FloatSlide slide(final SlideWeights weights) {
        throw new UnsupportedOperationException();
    }

    @Override
    public IntegerSlide integerSlide(final SlideWeights weights) {
        throw new UnsupportedOperationException();
    }

    @Override
    public NeuronKernel neurons() {
        return new ScalarNeurons();
    }

    @Override
    public PoolKernel pool() {
        return Pool::poolRow;
    }

    @Override
    public IntegerGather integerGather() {
        return new ScalarIntegerGather();
    }

    @Override
    public IntegerFire integerFire() {
        return new ScalarIntegerFire();
    }
}
