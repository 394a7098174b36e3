package org.spikemeter.runtime.report;

import java.util.List;
import java.util.Optional;
import org.spikemeter.engine.convention.ConventionResult;
import org.spikemeter.engine.convention.Difference;
import org.spikemeter.engine.convention.Paper;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.energy.Price;
import org.spikemeter.engine.energy.PriceModel;
import org.spikemeter.engine.energy.PriceModels;
import org.spikemeter.engine.network.Network;
import org.spikemeter.runtime.audit.AnnCounterpart;
import org.spikemeter.runtime.audit.Audit;
import org.spikemeter.runtime.audit.AuditedClip;
import org.spikemeter.runtime.audit.IntegerAudit;
import org.spikemeter.runtime.audit.Statistic;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An audit as JSON, format "spikemeter-audit/1"; {@code docs/json.md} describes it. */
public final class AuditJson {
    /** What the field {@code format} says. */
    public static final String FORMAT = "spikemeter-audit/1";

    private AuditJson() {
    }

    /** The whole audit. */
    public static ObjectNode of(final Audit audit) {
        final ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("format", FORMAT);
        json.put("network", audit.network().name());
        json.put("steps", audit.steps());
        json.putObject("claim").put("text", audit.claim().text()).put("picojoules", audit.claim().picojoules());
        Verdict.of(audit).forEach(json.putArray("verdict")::add);
        final ArrayNode clips = json.putArray("clips");
        for (final AuditedClip clip : audit.clips()) {
            final ObjectNode node = clips.addObject().put("name", clip.name()).put("label", clip.label().orElse(null))
                .put("expected", clip.expected().orElse(null)).put("inputDensity", clip.inputDensity());
            clip.recording().ifPresent(recording -> BinningJson.add(node.putObject("recording"), recording));
        }
        put(json, "inputDensity", audit.over(AuditedClip::inputDensity));
        put(json, "workDone", audit.share());
        addDensities(json.putArray("densities"), audit);
        final ObjectNode conventions = json.putObject("conventions");
        for (final Audit.ConventionEnergy energy : audit.energies()) {
            addConvention(conventions.putObject(energy.convention().convention().name()), audit, energy);
        }
        addModels(json.putArray("priceModels"), audit);
        final ArrayNode leftOut = json.putArray("leftOut");
        for (final Audit.LeftOut item : audit.leftOut()) {
            final ObjectNode node = leftOut.addObject().put("what", item.what()).put("price", item.price());
            put(node, "count", item.count());
            EnergyJson.put(node, "picojoules", Optional.of(item.energy()));
        }
        addAnn(json.putObject("ann"), audit);
        IntegerAudit.of(audit).ifPresent(integers -> addIntegers(json, audit, integers));
        return json;
    }

    private static void addIntegers(final ObjectNode json, final Audit audit, final IntegerAudit integers) {
        IntegerJson.addQuantisation(json.putObject("quantisation"), integers.quantisation(), integers.notes());
        put(json, "overflows", integers.overflows());
        put(json, "integerPicojoules", integers.integerEnergy());
        final ObjectNode floating = json.putObject("float");
        for (final IntegerAudit.Row row : integers.rows()) {
            put(floating, row.operation().key(), row.floating());
        }
        put(floating, "picojoules", integers.floatEnergy());
        put(floating, "differingSpikes", integers.differing());
        put(floating, "differingRate", integers.rate());
        floating.put("agreeingLabels", integers.agreeing().orElse(null));
        final ArrayNode labels = floating.putArray("labels");
        audit.clips().forEach(clip -> labels.add(clip.floatRun().orElseThrow().label().orElse(null)));
    }

    private static void put(final ObjectNode json, final String key, final Statistic statistic) {
        json.putObject(key).put("mean", statistic.mean()).put("minimum", statistic.minimum())
            .put("maximum", statistic.maximum()).put("standardError",
                statistic.standardError().isPresent() ? (Double) statistic.standardError().getAsDouble() : null);
    }

    private static void addDensities(final ArrayNode densities, final Audit audit) {
        for (final Audit.LayerDensity layer : audit.densities()) {
            final ObjectNode node = densities.addObject().put("layer", layer.name()).put("source", layer.source())
                .put("denseOperations", layer.dense());
            put(node, "density", layer.density());
            put(node, "workDone", layer.share());
        }
    }

    private static void addConvention(
        final ObjectNode json, final Audit audit, final Audit.ConventionEnergy energy) {
        final ConventionResult first = energy.convention();
        final String name = first.convention().name();
        put(json, "acc", audit.over(clip -> clip.convention(name).accumulates()));
        put(json, "mac", audit.over(clip -> clip.convention(name).multiplies()));
        put(json, "picojoules", energy.energy());
        json.put("ownPrices", energy.ownPrices()).put("claimHolds", energy.holds(audit.claim()))
            .put("clipsWhereClaimHolds", energy.covered());
        json.put("definition", first.convention().definition()).put("source", first.convention().source());
        first.convention().quirks().forEach(json.putArray("quirks")::add);
        final Network network = audit.network();
        final ArrayNode layers = json.putArray("layers");
        for (int i = 0; i < network.layers().size(); i++) {
            final int layer = i;
            if (first.acc().has(layer)) {
                layers.addObject().put("name", network.layers().get(layer).name())
                    .put("acc", audit.over(clip -> clip.convention(name).acc().layer(layer)).mean())
                    .put("mac", first.mac() == null ? 0.0
                        : audit.over(clip -> clip.convention(name).mac().layer(layer)).mean());
            }
        }
        final ObjectNode prices = json.putObject("picojoulesByPriceModel");
        for (final PriceModel model : audit.models()) {
            EnergyJson.put(prices, model.name(), audit.energy(name, model));
        }
        final ArrayNode differences = json.putArray("differenceFromExecuted");
        final ConventionResult executed = audit.clips().getFirst().conventions().getFirst();
        for (final Difference.Line line : Difference.between(executed, first).lines()) {
            differences.addObject().put("term", line.term().title()).put("reason", line.term().reason())
                .put("acc", line.acc()).put("mac", line.mac());
        }
    }

    private static void addModels(final ArrayNode models, final Audit audit) {
        for (final PriceModel model : audit.models()) {
            final ObjectNode node = models.addObject().put("name", model.name())
                .put("description", model.description()).put("nodeNanometres", model.nodeNanometres())
                .put("bits", model.bits()).put("boundary", model.boundary().name());
            final Audit.ModelEnergy energy = audit.executed(model);
            EnergyJson.put(node, "picojoules", energy.total());
            EnergyJson.put(node, "pricedPicojoules", Optional.of(energy.priced()));
            final ArrayNode unpriced = node.putArray("unpriced");
            energy.unpriced().forEach(operation -> unpriced.add(operation.key()));
            final ArrayNode prices = node.putArray("prices");
            for (final Operation operation : Operation.values()) {
                if (model.price(operation) != null) {
                    for (final Price.Quote quote : model.price(operation).quotes()) {
                        prices.addObject().put("operation", operation.key()).put("picojoules", quote.picojoules())
                            .put("boundary", quote.boundary().name()).put("source", quote.source());
                    }
                }
            }
            if (model.memory() != null) {
                model.memory().sizes().forEach(size -> size.price().quotes().forEach(quote ->
                    prices.addObject().put("operation", model.memory().accessBits() + "-bit access")
                        .put("picojoules", quote.picojoules()).put("boundary", quote.boundary().name())
                        .put("source", quote.source())));
            }
        }
    }

    private static void addAnn(final ObjectNode json, final Audit audit) {
        final AnnCounterpart ann = audit.ann();
        final PriceModel int8 = PriceModels.byName(PriceModels.INT8);
        final double mac8 = int8.price(Operation.SYNAPTIC_MULTIPLY_ACCUMULATES).picojoules().low();
        final double acc8 = int8.price(Operation.SYNAPTIC_ACCUMULATES).picojoules().low();
        json.put("macs", ann.macs()).put("picojoules", ann.macs() * Paper.MAC_PICOJOULES);
        json.put("quantisedBits", ann.bits()).put("quantisedPicojoules", ann.macs() * mac8);
        json.put("breakEven", ann.breakEven(Paper.MAC_PICOJOULES, Paper.ACC_PICOJOULES, Paper.MAC_PICOJOULES));
        json.put("breakEvenInt8", ann.breakEven(mac8, acc8, mac8));
        json.put("breakEvenFloatOverQuantised",
            ann.breakEven(mac8, Paper.ACC_PICOJOULES, Paper.MAC_PICOJOULES));
        put(json, "operationsPerSynapse", audit.operationsPerSynapse());
    }

    /** Names of the conventions that an audit shows. */
    static List<String> names(final Audit audit) {
        return audit.conventions().stream().map(result -> result.convention().name()).toList();
    }
}
