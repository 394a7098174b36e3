/**
 * AEDAT 4, of DV, jAER and faery: packets of FlatBuffers, compressed by LZ4 or Zstandard or not at all.
 *
 * <p>Used by one thread; readers allocate nothing per event, and little per packet.
 */
package org.spikemeter.dvs.format.aedat4;
