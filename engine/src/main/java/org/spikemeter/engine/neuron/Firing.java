package org.spikemeter.engine.neuron;

/** When a charged potential {@code h} is a spike. */
public enum Firing {
    /** {@code h >= vThreshold}: SpikingJelly, and with it the network file and ONNX. */
    AT_THRESHOLD,
    /** {@code h > vThreshold}: NIR. */
    ABOVE_THRESHOLD
}
