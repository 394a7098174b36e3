/**
 * Events in HDF5 files, of Metavision, DSEC, v2e and others that have the same arrays. The library jHDF finds its way
 * through the file; chunks are read and unpacked here, one at a time. Written is the layout of v2e.
 *
 * <p>The library believes what a file claims. So it reads through
 * {@link org.spikemeter.dvs.format.hdf5.Hdf5Storage}, which gives out no more than there is.
 *
 * <p>Used by one thread.
 */
package org.spikemeter.dvs.format.hdf5;
