/** Event Stream 2, which the ATIS community and its tools use. */
package org.spikemeter.dvs.format.es;
