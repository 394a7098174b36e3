/** From a path on the command line to steps of events, and the clip and the network that come with the program. */
package org.spikemeter.runtime.input;
