package org.spikemeter.dvs.format.prophesee;

import org.spikemeter.dvs.event.EventBatch;

/** Turns words of one size into events; keeps what later words need to know. */
sealed interface WordDecoder permits DatDecoder, Evt2Decoder, Evt21Decoder, Evt3Decoder {
    /** Kind of a warning: events before the first word of time have none. */
    String NO_TIME = "word before the first one of time, left out";

    /** Bytes of a word. */
    int wordBytes();

    /** Events that a batch must have room for before a word is decoded. */
    int room();

    /**
     * Adds the events of words to a batch, until there are no more words, or no more {@link #room()}.
     *
     * @param from where the first word begins
     * @param to where the last one ends
     * @param origin offset in the file of {@code bytes[0]}
     * @return where it stopped: behind {@code from}, if there was a word and room
     */
    int decode(byte[] bytes, int from, int to, long origin, EventBatch into);
}
