/**
 * What is simulated: an immutable graph of layers with shapes, weights and neuron models, and nothing of how.
 */
package org.spikemeter.engine.network;
