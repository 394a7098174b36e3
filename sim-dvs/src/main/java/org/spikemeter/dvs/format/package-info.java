/**
 * Recordings of events in every format: which there are, and which one a file is in.
 *
 * <p>Used by one thread.
 */
package org.spikemeter.dvs.format;
