/**
 * NumPy's arrays: {@code .npy} files, {@code .npz} archives and folders of {@code .npy} files, read and written without
 * anything beyond the JDK. An array costs what its elements cost in the file; nothing is allocated because a header
 * claims it. Of arrays of records the header is read here, and the elements by whoever knows what they mean. The source
 * of the format is NumPy's {@code numpy.lib.format}.
 *
 * <p>Arrays are immutable and may be shared by threads, an {@link org.spikemeter.engine.importer.npy.ArrayStore} too;
 * {@link org.spikemeter.engine.importer.npy.NpySlices} belongs to one thread.
 */
package org.spikemeter.engine.importer.npy;
