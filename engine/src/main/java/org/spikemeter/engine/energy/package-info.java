/**
 * Energy: counts of operations times prices. A price carries the source it was read from, a model says which operations
 * it answers for, and there is no total where one of those happened and has no price.
 */
package org.spikemeter.engine.energy;
