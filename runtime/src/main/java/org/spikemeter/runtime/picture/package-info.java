/**
 * Recordings of events as pictures and as video: ON blue, OFF orange, on white. Nothing is written in them, so that no
 * fonts are needed. Used by one thread.
 */
package org.spikemeter.runtime.picture;
