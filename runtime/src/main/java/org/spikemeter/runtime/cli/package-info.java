/**
 * The command line. Data goes to standard output, messages and progress to standard error; the exit code is 0 where the
 * work was done, 1 where it failed, 2 where the command line was wrong.
 */
package org.spikemeter.runtime.cli;
