/**
 * Random numbers of simulated sensors: each is a function of seed, source, frame and pixel, so that it depends neither
 * on the order in which pixels are visited nor on the number of threads.
 *
 * <p>Everything here is static or immutable; nothing is allocated per number.
 */
package org.spikemeter.dvs.pixel.random;
