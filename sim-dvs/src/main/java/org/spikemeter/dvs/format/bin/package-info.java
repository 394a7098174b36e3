/** The records of five bytes of N-MNIST and N-Caltech101. */
package org.spikemeter.dvs.format.bin;
