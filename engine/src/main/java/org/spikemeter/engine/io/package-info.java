/**
 * Files in general: what all writers share. Nothing here keeps state; every call may come from any thread.
 */
package org.spikemeter.engine.io;
