/**
 * Integer mode: what hardware with narrow numbers would compute. Weights of at most 8 bits with one scale a layer,
 * membranes of a stated width that saturate, leaks that are shifts. Immutable constants, compiled once; the equations
 * stand at {@link org.spikemeter.engine.integer.IntegerNeurons}, and {@code docs/integer.md} has all of them.
 */
package org.spikemeter.engine.integer;
