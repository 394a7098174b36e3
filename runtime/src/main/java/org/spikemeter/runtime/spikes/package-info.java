/** Spikes of a whole run: recorded as files, and compared with a reference. */
package org.spikemeter.runtime.spikes;
