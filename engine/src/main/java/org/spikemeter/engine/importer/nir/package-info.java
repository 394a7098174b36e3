/**
 * Reader and writer of NIR graphs (HDF5): "Neuromorphic intermediate representation", Pedersen et al. 2024. Everything
 * is read through {@link org.spikemeter.engine.importer.nir.Hdf5Group}, which has limits for what a file may claim.
 */
package org.spikemeter.engine.importer.nir;
