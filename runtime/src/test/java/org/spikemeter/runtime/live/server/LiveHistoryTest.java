package org.spikemeter.runtime.live.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.runtime.live.LiveDescription;
import org.spikemeter.runtime.live.LiveFrame;
import org.spikemeter.runtime.live.OutputNeurons;

class LiveHistoryTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, LiveHistory.INTERVAL, LiveHistory.INTERVAL + 1, 2000,
        LiveHistory.INTERVAL * LiveHistory.POINTS, LiveHistory.INTERVAL * LiveHistory.POINTS + 1, 10_000})
    void shouldKeepTheLatestPoints(final int samples) {
        final LiveFrame frame = new LiveFrame(new LiveDescription("n", "s", new SensorSize(2, 2), List.of(),
            new OutputNeurons("out", 0, List.of(), 1.0, 0.0), List.of()));
        final LiveHistory history = new LiveHistory();
        final List<Double> all = new ArrayList<>();
        for (int i = 0; i < samples; i++) {
            frame.eventsPerSecond = i;
            frame.spikesPerSecond = 2.0 * i;
            frame.powerMicrowatts = -i;
            history.add(frame);
            if (i % LiveHistory.INTERVAL == 0) {
                all.add((double) i);
            }
        }
        final double[] expected = all.subList(Math.max(0, all.size() - LiveHistory.POINTS), all.size()).stream()
            .mapToDouble(Double::doubleValue).toArray();
        assertArrayEquals(expected, history.events());
        for (int i = 0; i < expected.length; i++) {
            expected[i] *= 2;
        }
        assertArrayEquals(expected, history.spikes());
        for (int i = 0; i < expected.length; i++) {
            expected[i] = -expected[i] / 2 + 0.0;
        }
        assertArrayEquals(expected, history.power(), 1e-12);
    }
}
