/**
 * Address events with times: in batches, where they come from, where they go to, what changes them on the way.
 *
 * <p>Used by one thread; a batch is reused, and nothing is allocated per event.
 */
package org.spikemeter.dvs.event;
