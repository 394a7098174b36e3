package org.spikemeter.runtime.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.spikemeter.engine.importer.NetworkFile;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Tensor;
import org.spikemeter.runtime.input.Embedded;

class PaperClaimTest {
    @Test
    void shouldKnowThePapersTopology() throws IOException {
        final Network network = NetworkFile.read(Embedded.network());
        assertTrue(PaperClaim.isOf(network));
        assertEquals(9_144_576, network.denseOperations(0));
    }

    @Test
    void shouldNotCompareAnotherNetworkWithThePaper() {
        final Network network = Network.builder("small", Shape.flat(3))
            .add(new Layer.Linear("fc", Tensor.of(new float[6], 2, 3), null)).build();
        assertFalse(PaperClaim.isOf(network));
        assertEquals(6, network.denseOperations(0));
    }
}
