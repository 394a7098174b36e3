/** What runs: the command line, its input and its reports. */
package org.spikemeter.runtime;
