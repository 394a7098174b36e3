/** Reader of ONNX models: networks of rectified units, each of which becomes a spiking neuron. */
package org.spikemeter.engine.importer.onnx;
