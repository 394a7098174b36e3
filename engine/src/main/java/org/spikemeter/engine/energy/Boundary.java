package org.spikemeter.engine.energy;

/** How much of a machine a price includes. Prices of different boundaries are not comparable. */
public enum Boundary {
    /** The arithmetic units alone. */
    ARITHMETIC,
    /** Arithmetic and the memory on the chip. */
    ON_CHIP_MEMORY,
    /** The whole chip. */
    CHIP,
    /** The whole system, at the socket in the wall. */
    WALL
}
