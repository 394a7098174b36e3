package org.spikemeter.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.reference.ReferenceData;
import tools.jackson.databind.json.JsonMapper;

/** The reference network, from video to label, in a JVM of its own with little heap. */
class HeapTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"300m", "128m"})
    void shouldFindTheLabelWhenHeapIsSmall(final String heap) throws IOException, InterruptedException {
        final Programs.Outcome outcome = Programs.process(folder, Programs.ownJvm(List.of("-Xmx" + heap), "run",
            ReferenceData.path("emotion-plif/clips/clip-9003.mp4"), "--network",
            ReferenceData.path("emotion-plif/network.json"), "--json", "-"));
        assertEquals(0, outcome.code(), outcome.err());
        assertEquals("positive", JsonMapper.shared().readTree(outcome.out()).get("label").stringValue());
    }
}
