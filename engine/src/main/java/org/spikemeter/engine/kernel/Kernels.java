package org.spikemeter.engine.kernel;

import org.spikemeter.engine.synapse.SlideWeights;

/**
 * A set of kernels that belong together.
 */
public abstract sealed class Kernels permits ScalarKernels, VectorKernels {
    /** Target pixels of a tile of the dense vector kernel. */
    public static final int DENSE_TILE = 4;
    /** The module that vector kernels need. */
    private static final String VECTOR_MODULE = "jdk.incubator.vector";
    /** The flag that brings it. */
    private static final String VECTOR_FLAG = "--add-modules=" + VECTOR_MODULE;

    Kernels() {
    }

    /** Which kernels to take. */
    public enum Choice {
        /** Vector kernels where this JVM was started with their module, scalar ones where not. */
        AUTO,
        /** Scalar kernels. */
        SCALAR,
        /** Vector kernels. */
        VECTOR
    }

    /**
     * The kernels of a choice.
     *
     * @throws IllegalStateException where vector kernels are wanted and the JVM was started without their module
     */
    public static Kernels of(final Choice choice) {
        final boolean vectorModule = ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent();
        if (choice == Choice.VECTOR && !vectorModule) {
            throw new IllegalStateException("vector kernels need the JVM flag " + VECTOR_FLAG);
        }
        return choice == Choice.SCALAR || !vectorModule ? new ScalarKernels() : new VectorKernels();
    }

    /** One line for people: which kernels these are, and which flag would bring faster ones. */
    public static String describe(final Kernels kernels) {
        if (kernels instanceof ScalarKernels && ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()) {
            return kernels.name() + " kernels; the JVM flag " + VECTOR_FLAG + " brings vector kernels, several times"
                + " as fast, with the same bits";
        }
        return kernels.name() + " kernels";
    }

    /** Name: scalar, or vector with its number of lanes. */
    public abstract String name();

    /** Targets that one addition serves: lanes of a vector, 1 for scalar kernels. */
    public abstract int lanes();

    /** The kernel that delivers events by a strategy. */
    public abstract SynapseKernel synapse(Strategy strategy);

    /** True where there is a {@link #slide}. */
    public abstract boolean slides();

    /** Float32 sums of a convolution whose window slides: scratch of one thread. */
    public abstract FloatSlide slide(SlideWeights weights);

    /** The same for sums in 16 bits. */
    public abstract IntegerSlide integerSlide(SlideWeights weights);

    /** The kernel that updates neurons. */
    public abstract NeuronKernel neurons();

    /** The kernel that pools. */
    public abstract PoolKernel pool();

    /** The kernel that sums up integers. */
    public abstract IntegerGather integerGather();

    /** The kernel that charges, fires and resets integer neurons. */
    public abstract IntegerFire integerFire();
}
