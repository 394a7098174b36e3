/**
 * What chunks of HDF5 data sets are packed with, undone: Blosc, Prophesee's ECF, deflate, LZF, Zstandard, shuffles and
 * a check sum. No more bytes come out than a chunk may have, whatever the packed ones claim.
 *
 * <p>Used by one thread; allocates per chunk.
 */
package org.spikemeter.dvs.format.hdf5.filter;
