/**
 * AEDAT 2 and AEDAT 3: what jAER, cAER and v2e write; lines of text, then big-endian words, or little-endian packets.
 *
 * <p>Used by one thread; readers allocate nothing per event.
 */
package org.spikemeter.dvs.format.aedat;
