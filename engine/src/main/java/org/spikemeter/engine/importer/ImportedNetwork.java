package org.spikemeter.engine.importer;

import java.util.List;
import org.spikemeter.engine.network.Network;

/**
 * A network that came in.
 *
 * @param network the network
 * @param assumptions what the file does not say and was taken for granted, a line each
 * @param warnings what may behave otherwise than where it was trained, a line each
 */
public record ImportedNetwork(Network network, List<String> assumptions, List<String> warnings) {
    /** Copies the lists. */
    public ImportedNetwork {
        assumptions = List.copyOf(assumptions);
        warnings = List.copyOf(warnings);
    }
}
