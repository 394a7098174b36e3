/**
 * Networks and inputs made at random from a seed: the same seed gives the same bits. For examples, benchmarks and
 * studies of random networks. Inputs are used by one thread and allocate nothing in a step.
 */
package org.spikemeter.engine.generate;
