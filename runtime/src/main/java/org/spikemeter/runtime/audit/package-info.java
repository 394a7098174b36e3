/** The auditor: one network, one claim, one or many clips; every convention and price model, and a verdict. */
package org.spikemeter.runtime.audit;
