/**
 * How long a step takes by each strategy, estimated: the choice of the fastest for a convolution and a step's events.
 *
 * <p>An estimate is a sum of {@link org.spikemeter.engine.cost.CostPart}s: how often something is done, which the
 * convolution and the events say, times the nanoseconds it takes, which were measured once and are part of the program
 * ({@link org.spikemeter.engine.cost.CostTable}). A choice changes time only, never a bit. Everything is immutable, and
 * choosing allocates nothing.
 */
package org.spikemeter.engine.cost;
