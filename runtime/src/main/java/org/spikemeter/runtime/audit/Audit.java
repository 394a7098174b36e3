package org.spikemeter.runtime.audit;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.spikemeter.engine.convention.ConventionResult;
import org.spikemeter.engine.convention.Paper;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.count.OperationCounts;
import org.spikemeter.engine.energy.EnergyEstimate;
import org.spikemeter.engine.energy.Interval;
import org.spikemeter.engine.energy.Price;
import org.spikemeter.engine.energy.PriceModel;
import org.spikemeter.engine.energy.PriceModels;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;

/**
 * A claim beside what clips have shown. Everything is a pure function of the clips' counts.
 *
 * @param network the network
 * @param claim the claim
 * @param clips at least one, all of as many steps
 * @param models price models to show
 */
public record Audit(Network network, Claim claim, List<AuditedClip> clips, List<PriceModel> models) {
    /** Copies the lists. */
    public Audit {
        clips = List.copyOf(clips);
        models = List.copyOf(models);
    }

    /** Steps of every clip. */
    public int steps() {
        return clips.getFirst().steps();
    }

    /** A figure over the clips. */
    public Statistic over(final ToDoubleFunction<AuditedClip> figure) {
        return Statistic.of(clips, figure);
    }

    /** Names of the conventions, in their order. */
    public List<ConventionResult> conventions() {
        return clips.getFirst().conventions();
    }

    /** The artificial counterpart. */
    public AnnCounterpart ann() {
        return AnnCounterpart.of(network, steps());
    }

    /**
     * Energy by a convention, pJ a clip: by its own prices where it has some, else at the prices that most papers take.
     *
     * @param convention its name
     * @param energy over the clips
     * @param ownPrices true where the convention brings prices
     * @param covered on how many clips the claim holds
     */
    public record ConventionEnergy(ConventionResult convention, Statistic energy, boolean ownPrices, int covered) {
        /** True where the claim holds on the mean clip. */
        public boolean holds(final Claim claim) {
            return claim.covers(energy.mean());
        }
    }

    /** Energy by every convention. */
    public List<ConventionEnergy> energies() {
        final List<ConventionEnergy> energies = new ArrayList<>();
        for (final ConventionResult result : conventions()) {
            final String name = result.convention().name();
            final ToDoubleFunction<AuditedClip> energy = clip -> energy(clip.convention(name));
            energies.add(new ConventionEnergy(result, over(energy), ownEnergyKey(result).isPresent(),
                (int) clips.stream().filter(clip -> claim.covers(energy.applyAsDouble(clip))).count()));
        }
        return energies;
    }

    private static Optional<String> ownEnergyKey(final ConventionResult result) {
        for (final String key : List.of(ConventionResult.ENERGY, ConventionResult.COMPUTE_ENERGY)) {
            if (result.figures().containsKey(key)) {
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }

    private static double energy(final ConventionResult result) {
        return ownEnergyKey(result).map(result::figure).orElseGet(() -> arithmetic(result));
    }

    private static double arithmetic(final ConventionResult result) {
        return result.accumulates() * Paper.ACC_PICOJOULES + result.multiplies() * Paper.MAC_PICOJOULES;
    }

    /**
     * Energy of a convention's ACC and MAC under a price model, pJ a clip: lowest and highest mean over the clips;
     * empty where one of them happened and has no price there.
     */
    public Optional<Interval> energy(final String convention, final PriceModel model) {
        final Optional<Interval> acc = priced(over(clip -> clip.convention(convention).accumulates()).mean(),
            model.price(Operation.SYNAPTIC_ACCUMULATES));
        final Optional<Interval> mac = priced(over(clip -> clip.convention(convention).multiplies()).mean(),
            model.price(Operation.SYNAPTIC_MULTIPLY_ACCUMULATES));
        return acc.flatMap(a -> mac.map(a::plus));
    }

    private static Optional<Interval> priced(final double count, final Price price) {
        if (price == null) {
            return count == 0.0 ? Optional.of(new Interval(0, 0)) : Optional.empty();
        }
        return Optional.of(price.picojoules().times(count));
    }

    /**
     * Energy of what was executed under a price model, in its whole scope.
     *
     * @param total lowest and highest mean over the clips; empty where an operation has no price
     * @param priced the same of the operations that have one
     * @param unpriced operations that happened and have no price
     */
    public record ModelEnergy(Optional<Interval> total, Interval priced, List<Operation> unpriced) {}

    /** Energy of what was executed under a price model. */
    public ModelEnergy executed(final PriceModel model) {
        Interval sum = new Interval(0, 0);
        final Set<Operation> unpriced = EnumSet.noneOf(Operation.class);
        for (final AuditedClip clip : clips) {
            final EnergyEstimate energy = EnergyEstimate.of(clip.counts(), model);
            unpriced.addAll(energy.unpriced());
            for (final EnergyEstimate.Line line : energy.lines()) {
                sum = line.energy().map(sum::plus).orElse(sum);
            }
        }
        final Interval mean = sum.times(1.0 / clips.size());
        return new ModelEnergy(unpriced.isEmpty() ? Optional.of(mean) : Optional.empty(), mean,
            List.copyOf(unpriced));
    }

    /**
     * A synaptic layer: what the claim assumes of it, and what was measured.
     *
     * @param name of the layer
     * @param source of its events: the neurons before, or "input"
     * @param density events into the layer / addresses, before any pool
     * @param share operations that were executed / dense operations
     * @param dense dense operations of all steps
     */
    public record LayerDensity(String name, String source, Statistic density, Statistic share, long dense) {}

    /** Density of every synaptic layer. */
    public List<LayerDensity> densities() {
        final List<LayerDensity> densities = new ArrayList<>();
        final List<OperationCounts.Entry> entries = clips.getFirst().counts().entries();
        for (int i = 0; i < entries.size(); i++) {
            final int index = i;
            final int layer = entries.get(i).synapticLayer();
            final long dense = network.denseOperations(layer) * steps();
            if (dense == 0) {
                continue;
            }
            final Shape source = i == 0 ? network.input() : network.outputOf(entries.get(i - 1).outputLayer());
            final double places = (double) source.size() * steps();
            densities.add(new LayerDensity(network.layers().get(layer).name(),
                i == 0 ? "input" : network.layers().get(entries.get(i - 1).outputLayer()).name(),
                over(clip -> clip.counts().entries().get(index).counts().total(Operation.INPUT_EVENTS) / places),
                over(clip -> AuditedClip.operations(clip.counts().entries().get(index)) / (double) dense), dense));
        }
        return densities;
    }

    /** Operations executed / dense operations, of the whole network. */
    public Statistic share() {
        final double dense = (double) network.denseOperations() * steps();
        return over(clip -> (clip.counts().total(Operation.SYNAPTIC_ACCUMULATES)
            + clip.counts().total(Operation.SYNAPTIC_MULTIPLY_ACCUMULATES)) / dense);
    }

    /** Synaptic operations executed a synapse and inference. */
    public Statistic operationsPerSynapse() {
        final double synapses = clips.getFirst().convention("neurobench").figure("dense") / steps();
        return over(clip -> clip.convention("executed").operations() / synapses);
    }

    /**
     * Something that the claim leaves out.
     *
     * @param what it is
     * @param count operations or accesses a clip
     * @param energy pJ a clip: lowest and highest mean over the clips
     * @param price how it is priced
     */
    public record LeftOut(String what, Statistic count, Interval energy, String price) {}

    /** What the claim leaves out, with its size. */
    public List<LeftOut> leftOut() {
        final List<LeftOut> list = new ArrayList<>();
        final PriceModel memory = PriceModels.byName(PriceModels.WITH_MEMORY);
        final String arithmetic = "45 nm float32 arithmetic";
        final String sram = "45 nm SRAM and DRAM by size";
        add(list, "bias additions", memory, arithmetic, Operation.BIAS_ADDS);
        add(list, "leak of updated neurons", memory, arithmetic, Operation.LEAK_MULTIPLIES);
        add(list, "charge of updated neurons", memory, arithmetic, Operation.MEMBRANE_ADDS);
        add(list, "threshold comparisons", memory, arithmetic, Operation.THRESHOLD_COMPARES);
        final Statistic clocked = over(clip -> clip.counts().entries().stream().mapToDouble(this::clockDriven).sum());
        list.add(new LeftOut("the same, every neuron each step", over(clip ->
            clip.counts().total(Operation.CLOCK_DRIVEN_UPDATES)), point(clocked.mean()), arithmetic));
        final Statistic norm = over(this::batchNorm);
        list.add(new LeftOut("batch norm, were it not folded", norm, point(norm.mean() * Paper.MAC_PICOJOULES),
            arithmetic));
        add(list, "weights read", memory, sram, Operation.WEIGHT_READS);
        add(list, "potentials read and written", memory, sram, Operation.MEMBRANE_READS,
            Operation.MEMBRANE_WRITES);
        add(list, "events read and written", memory, sram, Operation.EVENT_READS, Operation.EVENT_WRITES);
        final Statistic addresses = over(clip -> clip.convention("lemaire").figure("addressAcc")
            + clip.convention("lemaire").figure("addressMac"));
        final PriceModel int32 = PriceModels.byName("45nm-int32");
        list.add(new LeftOut("addressing (Lemaire et al.)", addresses, point(over(clip ->
            clip.convention("lemaire").figure("addressAcc") * price(int32, Operation.SYNAPTIC_ACCUMULATES)
                + clip.convention("lemaire").figure("addressMac")
                * price(int32, Operation.SYNAPTIC_MULTIPLY_ACCUMULATES)).mean()), "45 nm int32 arithmetic"));
        return list;
    }

    private static Interval point(final double energy) {
        return new Interval(energy, energy);
    }

    private static double price(final PriceModel model, final Operation operation) {
        return model.price(operation).picojoules().low();
    }

    private void add(
        final List<LeftOut> list, final String what, final PriceModel model, final String price,
        final Operation... operations) {
        Interval energy = new Interval(0, 0);
        for (final AuditedClip clip : clips) {
            for (final EnergyEstimate.Line line : EnergyEstimate.of(clip.counts(), model).lines()) {
                for (final Operation operation : operations) {
                    energy = line.operation() == operation ? energy.plus(line.energy().orElseThrow()) : energy;
                }
            }
        }
        list.add(new LeftOut(what, over(clip -> {
            long count = 0;
            for (final Operation operation : operations) {
                count += clip.counts().total(operation);
            }
            return count;
        }), energy.times(1.0 / clips.size()), price));
    }

    /** Arithmetic of updating every neuron of a layer in every step, pJ. */
    private double clockDriven(final OperationCounts.Entry entry) {
        if (!(network.layers().get(entry.outputLayer()) instanceof Layer.Neurons neurons)) {
            return 0.0;
        }
        final PriceModel model = PriceModels.byName(PriceModels.WITH_NEURONS);
        final boolean bias = entry.counts().total(Operation.BIAS_ADDS) > 0;
        return entry.counts().total(Operation.CLOCK_DRIVEN_UPDATES)
            * ((bias ? price(model, Operation.BIAS_ADDS) : 0.0)
            + neurons.model().charge().multiplies() * price(model, Operation.LEAK_MULTIPLIES)
            + neurons.model().charge().adds() * price(model, Operation.MEMBRANE_ADDS)
            + price(model, Operation.THRESHOLD_COMPARES));
    }

    private double batchNorm(final AuditedClip clip) {
        double places = 0.0;
        for (int i = 0; i < network.layers().size(); i++) {
            places += network.layers().get(i) instanceof Layer.BatchNorm ? network.outputOf(i).size() : 0;
        }
        return places * clip.steps();
    }

    /** Clips with a true label whose label is the true one; empty where no clip has one. */
    public Optional<Integer> right() {
        if (clips.stream().noneMatch(clip -> clip.expected().isPresent())) {
            return Optional.empty();
        }
        return Optional.of((int) clips.stream()
            .filter(clip -> clip.expected().isPresent() && clip.expected().equals(clip.label())).count());
    }
}
