/**
 * From an artificial network of rectified units to a spiking one, by data-based weight normalisation (Rueckauer et al.
 * 2017, "Conversion of continuous-valued deep networks to efficient event-driven networks for image classification").
 * Networks are immutable; {@link org.spikemeter.engine.convert.ActivationRange} belongs to the thread that runs the
 * simulator that it listens to.
 */
package org.spikemeter.engine.convert;
