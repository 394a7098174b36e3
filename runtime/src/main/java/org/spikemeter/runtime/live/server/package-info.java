/**
 * The page of a live run and its server: {@link org.spikemeter.runtime.live.server.LiveServer}, on the JDK's own
 * HTTP server. {@code docs/live.md} describes what it serves.
 *
 * <p>Threads: one thread samples the feed and encodes each frame once; every request has a virtual thread. A viewer's
 * thread waits for the latest frame and writes it: what it misses meanwhile is never kept, so a slow viewer costs
 * others nothing. No thread blocks on a client for longer than a few seconds ({@code Deadlines}).
 */
package org.spikemeter.runtime.live.server;
