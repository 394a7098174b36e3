/** Running a network on an input, as {@code run} and {@code audit} do it. */
package org.spikemeter.runtime.run;
