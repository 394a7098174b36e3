/**
 * Synapse tables: who reaches whom with which weight, laid out for event-driven delivery. Convolutions share their
 * weights, dense layers are convolutions whose window is the whole grid, anything else is a list (CSR). Pools are
 * applied to the events on their way into a table.
 */
package org.spikemeter.engine.synapse;
