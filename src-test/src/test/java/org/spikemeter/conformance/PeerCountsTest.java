package org.spikemeter.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.convention.ConventionResult;
import org.spikemeter.engine.convention.Conventions;
import org.spikemeter.engine.convention.Difference;
import org.spikemeter.engine.convention.Tally;
import org.spikemeter.engine.log.EventLog;
import org.spikemeter.engine.simulate.Simulator;
import org.spikemeter.reference.ReferenceData;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Conventions fed with PyTorch's spikes, beside what the peers' own code returned ({@code peer-counts.json}): whole
 * numbers equal, float64 within 1e-6, float32 sums within 1e-5; and fed with this engine's spikes, within 1e-5.
 *
 * <p>Left out, because these conventions do not claim them: FLOP, parameters, the calls of all steps at once, and the
 * variants of a peer that its file records beside its figures (NeuroBench without hooks, syops divided by T, sinabs'
 * deprecated analyser and nested Sequentials).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PeerCountsTest {
    private static final String CLIP = "emotion-plif";
    private static final String AWKWARD = "awkward-net";

    private final Map<String, JsonNode> files = new HashMap<>();
    private final Map<String, Map<String, ConventionResult>> golden = new HashMap<>();
    private final Map<String, Map<String, ConventionResult>> own = new HashMap<>();

    @BeforeAll
    void count() throws IOException {
        files.put(CLIP, file(CLIP).get("clips").get("9001"));
        files.put(AWKWARD, file(AWKWARD));
        final EventLog clip = GoldenLogs.clip(CLIP, "clip-9001");
        final EventLog awkward = GoldenLogs.awkward();
        golden.put(CLIP, byName(clip));
        golden.put(AWKWARD, byName(awkward));
        own.put(CLIP, byName(run(clip)));
        own.put(AWKWARD, byName(run(awkward)));
    }

    private static JsonNode file(final String network) {
        return new ObjectMapper().readTree(ReferenceData.path(network + "/peer-counts.json").toFile());
    }

    private static Map<String, ConventionResult> byName(final EventLog log) {
        final Map<String, ConventionResult> results = new HashMap<>();
        Conventions.count(log, Conventions.all()).forEach(r -> results.put(r.convention().name(), r));
        return results;
    }

    /** The same input, with the spikes of this engine. */
    private static EventLog run(final EventLog of) throws IOException {
        final EventLog log = new EventLog(of.network());
        final StepEvents events = new StepEvents(of.network().input());
        try (Simulator simulator = new Simulator(new Simulator.Context().network(of.network()).listener(log))) {
            for (int step = 0; step < of.steps(); step++) {
                of.input(step, events);
                simulator.step(events);
            }
        }
        return log;
    }

    private static int layer(final ConventionResult result, final String name) {
        return result.network().indexOf(name);
    }

    private static void assertSteps(final String where, final JsonNode expected, final double[] actual) {
        assertSteps(where, expected, actual, 0.0);
    }

    private static void assertSteps(
        final String where, final JsonNode expected, final double[] actual, final double relative) {
        if (expected.isObject()) {
            for (int step = 0; step < actual.length; step++) {
                assertEquals(expected.get("each").doubleValue(), actual[step], where + ", step " + step);
            }
            return;
        }
        assertEquals(expected.size(), actual.length, where);
        for (int step = 0; step < actual.length; step++) {
            final double e = expected.get(step).doubleValue();
            assertEquals(e, actual[step], relative * Math.max(1.0, Math.abs(e)), where + ", step " + step);
        }
    }

    private static double[] sum(final double[] a, final double[] b) {
        final double[] sum = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            sum[i] = a[i] + b[i];
        }
        return sum;
    }

    private static void assertExact(final String where, final JsonNode expected, final double actual) {
        assertEquals(expected.doubleValue(), actual, where);
    }

    private static void assertNear(
        final String where, final JsonNode expected, final double actual, final double relative) {
        assertEquals(expected.doubleValue(), actual, relative * Math.abs(expected.doubleValue()), where);
    }

    @ParameterizedTest
    @ValueSource(strings = {CLIP, AWKWARD})
    void shouldEqualNeuroBench(final String network) {
        final ConventionResult result = golden.get(network).get("neurobench");
        final JsonNode file = files.get(network).get("neurobench");
        final JsonNode harness = file.get("harness");
        final JsonNode operations = harness.get("SynapticOperations");
        assertExact("ACs", operations.get("Effective_ACs"), result.accumulates());
        assertExact("MACs", operations.get("Effective_MACs"), result.multiplies());
        assertExact("Dense", operations.get("Dense"), result.figure("dense"));
        assertExact("ActivationSparsity", harness.get("ActivationSparsity"), result.figure("activationSparsity"));
        assertExact("ConnectionSparsity", harness.get("ConnectionSparsity"), result.figure("connectionSparsity"));
        assertExact("Footprint", harness.get("Footprint"), result.figure("footprintBytes"));
        file.get("per_layer_single_step").properties().forEach(entry -> {
            final int layer = layer(result, entry.getKey());
            final double[] acc = result.tally("acc").steps(layer);
            final double[] mac = result.tally("mac").steps(layer);
            assertExact(entry.getKey(), entry.getValue().get("Effective_ACs"), result.acc().layer(layer));
            assertExact(entry.getKey(), entry.getValue().get("Effective_MACs"), result.mac().layer(layer));
            assertSteps(entry.getKey() + " operations", entry.getValue().get("ops_per_call"),
                sum(acc, mac));
            assertKinds(entry.getKey(), entry.getValue().get("spiking_per_call"), acc, mac);
            assertSteps(entry.getKey() + " dense", entry.getValue().get("dense_per_call"),
                result.tally("dense").steps(layer));
        });
        file.get("membrane_updates_with_shim").get("per_layer").properties().forEach(entry -> {
            final int layer = layer(result, entry.getKey());
            if (network.equals(AWKWARD)) {
                assertSteps(entry.getKey() + " updates", entry.getValue().get("updates_per_call"),
                    result.tally("membraneUpdates").steps(layer));
            }
            assertNear(entry.getKey() + " updates", entry.getValue().get("MembraneUpdates"),
                result.tally("membraneUpdates").layer(layer), 1e-5);
        });
    }

    /** A call is AC or MAC, as a whole. */
    private static void assertKinds(
        final String where, final JsonNode spiking, final double[] acc, final double[] mac) {
        for (int step = 0; step < acc.length; step++) {
            assertEquals(0.0, spiking.get(step).intValue() == 1 ? mac[step] : acc[step], where + ", step " + step);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {CLIP, AWKWARD})
    void shouldEqualSyops(final String network) {
        final ConventionResult result = golden.get(network).get("syops");
        final JsonNode file = files.get(network).get("syops").get("single_step");
        final JsonNode sums = file.get("sum_over_calls");
        assertExact("total", sums.get(0), result.figure("total"));
        assertNear("AC", sums.get(1), result.accumulates(), 1e-12);
        assertExact("MAC", sums.get(2), result.multiplies());
        file.get("per_layer").properties().forEach(entry -> {
            final int layer = layer(result, entry.getKey());
            assertExact(entry.getKey() + " total", entry.getValue().get("total"),
                result.tally("total").layer(layer));
            assertSteps(entry.getKey() + " AC", entry.getValue().get("AC_per_call"), result.acc().steps(layer), 1e-12);
            assertSteps(entry.getKey() + " MAC", entry.getValue().get("MAC_per_call"), result.mac().steps(layer));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {CLIP, AWKWARD})
    void shouldEqualSinabs(final String network) {
        final ConventionResult result = golden.get(network).get("sinabs");
        final JsonNode file = files.get(network).get("sinabs");
        final JsonNode exact = file.get("hooks_single_step_float64");
        assertNear("synops", exact.get("total_sum"), result.accumulates(), 1e-12);
        assertNear("synops in float32", file.get("hooks_single_step").get("total_sum"), result.accumulates(), 1e-5);
        exact.get("per_layer").properties().forEach(entry -> {
            final double[] steps = result.acc().steps(layer(result, entry.getKey()));
            assertSteps(entry.getKey(), entry.getValue().get("synops_per_timestep"), steps, 1e-12);
            assertSteps(entry.getKey() + " in float32", file.get("hooks_single_step").get("per_layer")
                .get(entry.getKey()).get("synops_per_timestep"), steps, 1e-5);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {CLIP, AWKWARD})
    void shouldEqualSpikingJelly(final String network) {
        final ConventionResult result = golden.get(network).get("spikingjelly");
        final JsonNode file = files.get(network).get("spikingjelly");
        final JsonNode counters = file.get("counters_single_step");
        assertExact("AC", counters.get("totals").get("AC"), result.accumulates());
        assertExact("MAC", counters.get("totals").get("MAC"), result.multiplies());
        assertExact("SynOp", counters.get("totals").get("SynOp"), result.figure("synop"));
        assertNear("energy", file.get("compute_energy_fp32").get("energy_total_pj"),
            result.figure(ConventionResult.COMPUTE_ENERGY), 1e-12);
        counters.get("per_layer").properties().forEach(entry -> {
            final int layer = layer(result, entry.getKey());
            final JsonNode steps = entry.getValue().get("per_step");
            final Tally acc = result.acc();
            if (acc.has(layer)) {
                assertSteps(entry.getKey() + " AC", steps.get("AC"), acc.steps(layer));
                assertSteps(entry.getKey() + " MAC", steps.get("MAC"), result.mac().steps(layer));
            }
            assertExact(entry.getKey() + " AC", entry.getValue().get("AC"), acc.layer(layer));
            assertExact(entry.getKey() + " MAC", entry.getValue().get("MAC"), result.mac().layer(layer));
            assertExact(entry.getKey() + " SynOp", entry.getValue().get("SynOp"), result.tally("synop").layer(layer));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {CLIP, AWKWARD})
    void shouldEqualSpikingJellysLemaireModel(final String network) {
        final ConventionResult result = golden.get(network).get("spikingjellyLemaire");
        final JsonNode file = files.get(network).get("spikingjelly");
        final JsonNode counts = file.get("lemaire_energy").get("counts");
        assertExact("ac", counts.get("ac"), result.accumulates());
        assertExact("mac", counts.get("mac"), result.multiplies());
        assertExact("acc_addr", counts.get("acc_addr"), result.figure("addressAcc"));
        assertExact("mac_addr", counts.get("mac_addr"), result.figure("addressMac"));
        assertExact("state_acc_like", counts.get("state_acc_like"), result.figure("stateAccLike"));
        assertExact("state_mac_like", counts.get("state_mac_like"), result.figure("stateMacLike"));
        assertExact("read_in", counts.get("read_in_bytes"), result.figure("readInBytes"));
        assertExact("write_out", counts.get("write_out_bytes"), result.figure("writeOutBytes"));
        assertExact("read_params", counts.get("read_params_bytes"), result.figure("readParamsBytes"));
        assertExact("read_potential", counts.get("read_potential_bytes"), result.figure("readPotentialBytes"));
        assertExact("write_potential", counts.get("write_potential_bytes"), result.figure("writePotentialBytes"));
        file.get("lemaire_forward_tracker_per_layer").properties().forEach(entry -> {
            final int layer = layer(result, entry.getKey());
            assertExact(entry.getKey(), entry.getValue().get("read_in_bytes"),
                result.tally("readInBytes").layer(layer));
            assertExact(entry.getKey(), entry.getValue().get("write_out_bytes"),
                result.tally("writeOutBytes").layer(layer));
            assertExact(entry.getKey(), entry.getValue().get("read_params_bytes"),
                result.tally("readParamsBytes").layer(layer));
        });
        assertNear("pJ", file.get("lemaire_energy").get("total_pj"), result.figure(ConventionResult.ENERGY), 1e-12);
    }

    @ParameterizedTest
    @ValueSource(strings = {CLIP, AWKWARD})
    void shouldComeNearWithOwnSpikes(final String network) {
        golden.get(network).forEach((name, expected) -> {
            final ConventionResult actual = own.get(network).get(name);
            for (final Tally tally : expected.tallies()) {
                assertEquals(tally.total(), actual.tally(tally.key()).total(), 1e-5 * Math.abs(tally.total()),
                    name + " " + tally.key());
            }
            expected.figures().forEach((key, value) ->
                assertEquals(value, actual.figures().get(key), 1e-5 * Math.abs(value), name + " " + key));
        });
        // what depends on shapes and on the input alone
        for (final String key : List.of("dense", "footprintBytes", "connectionSparsity")) {
            assertEquals(golden.get(network).get("neurobench").figure(key),
                own.get(network).get("neurobench").figure(key), key);
        }
        assertEquals(golden.get(network).get("syops").figure("total"), own.get(network).get("syops").figure("total"));
    }

    @ParameterizedTest
    @ValueSource(strings = {CLIP, AWKWARD})
    void shouldExplainEveryDifferenceToTheLastOperation(final String network) {
        for (final ConventionResult from : golden.get(network).values()) {
            for (final ConventionResult to : golden.get(network).values()) {
                final Difference difference = Difference.between(from, to);
                final String where = from.convention().name() + " to " + to.convention().name();
                final boolean whole = from.acc().isIntegral() && to.acc().isIntegral();
                final double tolerance = whole ? 0.0 : 1e-3;
                assertEquals(0.0, difference.unexplainedAcc(), tolerance, where + " ACC");
                assertEquals(0.0, difference.unexplainedMac(), tolerance, where + " MAC");
            }
        }
    }
}
