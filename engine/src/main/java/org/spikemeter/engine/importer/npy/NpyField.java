package org.spikemeter.engine.importer.npy;

/**
 * A number in each record of an array of records.
 *
 * @param name as the file gives it; empty in an array of plain numbers
 * @param bigEndian byte order in the file
 * @param offset bytes from the start of the record
 */
public record NpyField(String name, NpyType type, boolean bigEndian, int offset) {
}
