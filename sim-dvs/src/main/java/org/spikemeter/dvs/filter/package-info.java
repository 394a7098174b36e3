/**
 * What may be done to events on their way: noise and hot pixels taken out, rates limited, times and places moved; and a
 * reader that does it.
 *
 * <p>Every filter works in place, on one event after the other, and keeps what it must know from batch to batch: what
 * comes out does not depend on where batches end. Used by one thread; nothing is allocated per event.
 */
package org.spikemeter.dvs.filter;
