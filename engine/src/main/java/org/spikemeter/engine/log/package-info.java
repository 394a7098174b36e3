/**
 * The event log of a run: what came in and every spike, kept packed, so that a run can be counted again and written.
 */
package org.spikemeter.engine.log;
