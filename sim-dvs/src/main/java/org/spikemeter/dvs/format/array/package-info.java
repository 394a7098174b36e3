/**
 * Events that lie in arrays of numbers, as records or as columns: shared by NumPy's files and HDF5, which differ in
 * where the bytes come from, not in what they mean.
 *
 * <p>Integer times are microseconds, floating ones are seconds; a polarity above 0 is ON. Used by one thread.
 */
package org.spikemeter.dvs.format.array;
