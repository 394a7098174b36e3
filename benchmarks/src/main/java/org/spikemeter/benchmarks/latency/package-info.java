/** How long decisions take behind a stream at a fixed rate: a schedule, not a loop, so not a matter for JMH. */
package org.spikemeter.benchmarks.latency;
