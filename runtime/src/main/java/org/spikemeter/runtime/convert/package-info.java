/** Conversion of artificial networks: calibration and comparison over many inputs. One thread. */
package org.spikemeter.runtime.convert;
