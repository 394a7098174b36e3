/**
 * The inner loops. Every kernel sums a neuron's input over its sources in ascending address order, multiply then add,
 * so all of them give the same bits; they differ in time alone. Scalar kernels are the oracle; their vector twins use
 * the incubating Vector API, which this package alone may name, and are loaded only where the module is there.
 *
 * <p>Kernels are stateless, but for scratch that each thread brings (a slide is scratch, in native memory), and
 * allocate nothing in a step.
 */
package org.spikemeter.engine.kernel;
