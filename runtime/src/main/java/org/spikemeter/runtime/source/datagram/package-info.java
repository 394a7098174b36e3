/**
 * Events in datagrams: the forms that other programs send, what of a stream is lost or wrong, and a sender. Codecs and
 * senders are used by one thread, counts are read by any; nothing is allocated for a datagram.
 */
package org.spikemeter.runtime.source.datagram;
