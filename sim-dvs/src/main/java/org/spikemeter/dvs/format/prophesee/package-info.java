/**
 * Recordings of Prophesee's cameras: RAW files of EVT 2, EVT 2.1 and EVT 3 words, and DAT files.
 *
 * <p>A file is lines of text, {@link org.spikemeter.dvs.format.prophesee.HeaderFields}, then words of one size. One
 * reader, {@code WordReader}, moves through all of them; a decoder for each format turns words into events. Facts are
 * those of OpenEB (github.com/prophesee-ai/openeb, {@code hal/cpp/include/metavision/hal/decoders}). Used by one
 * thread; nothing is allocated for an event.
 */
package org.spikemeter.dvs.format.prophesee;
