/**
 * What all event formats share: what a format is, bytes in and out, and warnings that do not grow without end.
 *
 * <p>Used by one thread.
 */
package org.spikemeter.dvs.format.io;
