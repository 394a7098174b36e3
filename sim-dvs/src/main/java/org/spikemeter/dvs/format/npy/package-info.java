/**
 * Events in NumPy's files: arrays of records as tonic and expelliarmus save them, tables [N, 4] of plain numbers as v2e
 * returns them, and archives of columns as SpikingJelly saves them. Read and written as a stream.
 *
 * <p>Used by one thread.
 */
package org.spikemeter.dvs.format.npy;
