/**
 * An event-driven simulator of spiking neural networks that counts what it does.
 *
 * <p>This root package holds only what all others share: the exception for files that are not what they claim to be.
 */
package org.spikemeter.engine;
