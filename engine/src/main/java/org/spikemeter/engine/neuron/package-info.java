/**
 * Neuron models: immutable parameters and the update equations, each in the one float32 form that the numerics contract
 * prescribes (another form of the same equation rounds differently). The scalar methods here are the oracle that the
 * kernels are tested against.
 */
package org.spikemeter.engine.neuron;
