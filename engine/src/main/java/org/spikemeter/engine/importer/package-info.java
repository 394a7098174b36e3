/**
 * Networks that were trained elsewhere. Each file format has its reader; all of them end in a
 * {@link org.spikemeter.engine.network.Network}.
 */
package org.spikemeter.engine.importer;
