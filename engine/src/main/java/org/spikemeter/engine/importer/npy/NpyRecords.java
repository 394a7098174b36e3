package org.spikemeter.engine.importer.npy;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * What precedes the elements of an array of records, which NumPy calls a structured array; an array of plain numbers
 * counts as one of records with one field. For whoever reads the elements as they come.
 *
 * @param fields in the order of the file, at least one; what pads them is left out
 * @param recordBytes from one record to the next, padding included
 * @param shape sides, a product of at most 2<sup>63</sup> bytes; not to be changed
 * @param columnMajor first axis fastest
 * @param offset bytes before the first element
 */
public record NpyRecords(List<NpyField> fields, int recordBytes, int[] shape, boolean columnMajor, long offset) {
    /**
     * Reads up to the first element.
     *
     * @param in not closed
     * @param name file, and entry in an archive, for messages
     * @throws NpyFormatException where it is no array, or has fields that are no numbers
     * @throws IOException where {@code in} throws it
     */
    public static NpyRecords read(final InputStream in, final String name) throws IOException {
        return NpyHeader.parser(in, name, true).parseRecords();
    }

    /** True for an array of plain numbers. */
    public boolean isPlain() {
        return fields.size() == 1 && fields.getFirst().name().isEmpty();
    }
}
