/**
 * Recordings of events: what they hold, and their way from one file into another. Everything here takes one pass, and
 * memory that does not grow with the recording. Used by one thread.
 */
package org.spikemeter.runtime.recording;
