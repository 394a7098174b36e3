/** Runs sets of benchmarks and reports them: JSON, tables with the facts of the machine, a picture. One thread. */
package org.spikemeter.benchmarks.report;
