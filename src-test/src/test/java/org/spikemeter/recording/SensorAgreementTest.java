package org.spikemeter.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.pixel.esim.EsimParameters;
import org.spikemeter.dvs.pixel.esim.EsimSensor;
import org.spikemeter.dvs.pixel.v2e.V2eContext;
import org.spikemeter.dvs.pixel.v2e.V2eSensor;
import org.spikemeter.recording.SensorFrames.Event;
import org.spikemeter.reference.Samples;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Simulated sensors make of the same frames what v2e and ESIM make of them. */
class SensorAgreementTest {
    private static final String V2E = "events/v2e_ref/";
    private static final String ESIM = "events/esim_ref/synth_esim_deep1.csv";

    @ParameterizedTest
    @ValueSource(strings = {"A_clean", "B_asym", "C_cutoff30", "D_leak5_nojit", "E_refr2ms", "F_all_det"})
    void shouldGiveEventsOfV2e(final String set) throws IOException {
        final JsonNode parameters =
            new ObjectMapper().readTree(Samples.path(V2E + "synth_reference.json").toFile()).get(set).get("params");
        final Map<Event, Integer> peer = SensorFrames.peer(V2E + set + ".csv");
        for (int threads = 1; threads <= 3; threads++) {
            final EventBatch batch =
                SensorFrames.synthetic(new V2eSensor(SensorFrames.SIZE, context(parameters).threads(threads)));
            final Map<Event, Integer> ours = SensorFrames.multiset(batch);
            final int missing = SensorFrames.missing(peer, ours);
            final int surplus = SensorFrames.missing(ours, peer);
            SensorFrames.report(set + ", threads " + threads + ": " + batch.size() + " events, " + missing
                + " of v2e missing, " + surplus + " that v2e does not have");
            assertTrue(missing + surplus <= batch.size() / 1000, set + ": " + missing + " missing, " + surplus
                + " too many of " + batch.size());
        }
    }

    private static V2eContext context(final JsonNode parameters) {
        return new V2eContext()
            .onThreshold(parameters.get("pos_thres").doubleValue())
            .offThreshold(parameters.get("neg_thres").doubleValue())
            .thresholdSigma(parameters.get("sigma_thres").doubleValue())
            .cutoffHz(parameters.get("cutoff_hz").doubleValue())
            .leakRateHz(parameters.get("leak_rate_hz").doubleValue())
            .leakJitter(parameters.path("leak_jitter_fraction").doubleValue(0.1))
            .leakDecades(parameters.path("noise_rate_cov_decades").doubleValue(0.1))
            .shotNoiseRateHz(parameters.get("shot_noise_rate_hz").doubleValue())
            .refractorySeconds(parameters.get("refractory_period_s").doubleValue());
    }

    @Test
    void shouldGiveEventsOfEsim() throws IOException {
        final EventBatch batch = SensorFrames.synthetic(new EsimSensor(SensorFrames.SIZE, EsimParameters.DEFAULTS));
        final Map<String, long[]> ours = new HashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            add(ours, batch.x(i) + "," + batch.y(i) + "," + batch.polarity(i), batch.micros(i));
        }
        final Map<String, long[]> peer = new HashMap<>();
        final List<String[]> lines = SensorFrames.lines(Samples.path(ESIM));
        for (final String[] line : lines) {
            add(peer, line[1] + "," + line[2] + "," + (line[3].equals("1") ? 1 : 0),
                Math.round(1e6 * Double.parseDouble(line[0])));
        }
        assertEquals(25_386, batch.size());
        assertEquals(lines.size(), batch.size());
        assertEquals(peer.keySet(), ours.keySet());
        final List<Long> apart = new ArrayList<>();
        for (final Map.Entry<String, long[]> each : peer.entrySet()) {
            final long[] theirs = each.getValue();
            final long[] here = ours.get(each.getKey());
            assertEquals(theirs.length, here.length, each.getKey());
            for (int i = 0; i < theirs.length; i++) {
                apart.add(Math.abs(theirs[i] - here[i]));
            }
        }
        SensorFrames.report("ESIM: " + batch.size() + " events, "
            + apart.stream().filter(micros -> micros == 1).count() + " of them 1 us apart");
        assertTrue(apart.stream().allMatch(micros -> micros <= 1));
    }

    /** Times of one pixel and polarity, ascending as they come. */
    private static void add(final Map<String, long[]> times, final String pixel, final long micros) {
        times.merge(pixel, new long[] {micros}, (all, one) -> {
            final long[] longer = Arrays.copyOf(all, all.length + 1);
            longer[all.length] = one[0];
            return longer;
        });
    }
}
