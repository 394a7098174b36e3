/** What a run has shown: as text for a terminal and as JSON. */
package org.spikemeter.runtime.report;
