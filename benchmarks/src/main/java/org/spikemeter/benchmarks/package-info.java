/** JMH benchmarks; each checks its own result in its set-up and holds it against a plain dense loop in the same run. */
package org.spikemeter.benchmarks;
