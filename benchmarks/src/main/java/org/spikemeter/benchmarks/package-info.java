/**
 * JMH benchmarks. Each checks its own result in its set-up, and has what it is held against beside it in the same run:
 * a plain loop in Java, a kernel in C, ONNX Runtime. One thread drives each, unless its parameters say more.
 */
package org.spikemeter.benchmarks;
