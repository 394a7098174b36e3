package org.spikemeter.engine.convention;

import java.util.List;
import org.spikemeter.engine.log.EventLog;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Tensor;

/** What SpikingJelly's {@code estimate_lemaire_energy} computes: Lemaire's model as it has it, memory in bytes. */
public final class SpikingJellyLemaire implements Convention {
    private static final double ADD_PICOJOULES = 0.1;
    private static final double MULTIPLY_PICOJOULES = 3.1;
    private static final int FLOAT_BYTES = 4;
    /** Size of a memory in bytes, and pJ for a byte of it; linear in between. */
    private static final double[][] MEMORY = {{0, 0}, {8192, 2.5}, {32768, 5}, {1048576, 25}};

    @Override
    public String name() {
        return "spikingjellyLemaire";
    }

    @Override
    public String definition() {
        return "int32 prices of its counters and of neuron state, addressing, and bytes of input, output, weights and"
            + " potentials by the size of their memory";
    }

    @Override
    public String source() {
        return "fangwei123456/spikingjelly afb1322: activation_based/op_counter/{analytical_energy/core,"
            + " lemaire_addressing, neuron_state}.py";
    }

    @Override
    public List<String> quirks() {
        return List.of("synaptic operations are counted twice: synop is added to ac, which contains it",
            "the state of every neuron layer but the first is missed at step 0",
            "the price of a 64-bit access is charged for every 4 bytes, by the size of the largest memory of the run",
            "a tensor is sparse where at least half of it is zero; a dense one reads all weights once");
    }

    @Override
    public Counter over(final EventLog log) {
        return new LemaireCounter(this, log);
    }

    /** The largest size of a memory in any one call is the size that all its traffic is priced by. */
    private static final class Traffic {
        private final Tally bytes;
        private long largest;

        Traffic(final Tally bytes) {
            this.bytes = bytes;
        }

        double picojoules() {
            return bytes.total() * pricePerByte(largest);
        }
    }

    private static final class LemaireCounter extends Counter {
        private final Tally stateAcc = tally("stateAccLike", true);
        private final Tally stateMac = tally("stateMacLike", true);
        private final Tally addressAcc = tally("addressAcc", true);
        private final Tally addressMac = tally("addressMac", true);
        private final Traffic in = new Traffic(tally("readInBytes", true));
        private final Traffic out = new Traffic(tally("writeOutBytes", true));
        private final Traffic parameters = new Traffic(tally("readParamsBytes", true));
        private final Traffic reads = new Traffic(tally("readPotentialBytes", true));
        private final Traffic writes = new Traffic(tally("writePotentialBytes", true));
        private double synapticOperations;
        private int firstNeurons = -1;

        LemaireCounter(final Convention convention, final EventLog log) {
            super(convention, log, "acc", "mac", true);
        }

        @Override
        void call(final LayerCall call) {
            terms.start(call);
            switch (call.layer) {
                case Layer.Conv2d _, Layer.Linear _, Layer.Sparse _ -> synapses(call);
                case Layer.BatchNorm norm -> {
                    terms.to(Term.ONE_TO_ONE, 0, 0);
                    final long size = call.inputShape.size();
                    operations(call, size + norm.weight().size(), size);
                    terms.add(Term.BATCH_NORM, size + norm.weight().size(), size);
                }
                case Layer.Pool2d pool -> {
                    terms.to(Term.ONE_TO_ONE, 0, 0);
                    final long adds = SpikingJelly.poolAdditions(pool, call);
                    operations(call, adds, 0);
                    terms.add(Term.POOLING, adds, 0);
                }
                case Layer.Neurons _ -> {
                    terms.to(Term.ONE_TO_ONE, 0, 0);
                    neurons(call);
                }
                case Layer.Flatten _, Layer.Euler _, Layer.Sum _,
                    Layer.Concat _, Layer.Relu _, Layer.Scale _ -> terms.to(Term.ONE_TO_ONE, 0, 0);
            }
        }

        private void synapses(final LayerCall call) {
            final SpikingJelly.Synapses counted = SpikingJelly.Synapses.of(call);
            operations(call, counted.acc(), counted.mac());
            SpikingJelly.explain(terms, call, counted);
            synapticOperations += counted.acc();
            address(call);
            memory(call);
        }

        private void address(final LayerCall call) {
            final Facts input = call.input();
            if (call.layer instanceof Layer.Conv2d conv) {
                final long window = (long) conv.window().kernelY() * conv.window().kernelX();
                if (input.isBinary()) {
                    count(addressAcc, call, (double) input.nonZero() * (conv.outChannels() / conv.groups()) * window);
                    count(addressMac, call, 2.0 * input.nonZero());
                } else {
                    count(addressAcc, call,
                        (double) input.size() + call.outputShape.size() + conv.outChannels() * window);
                }
            } else {
                count(addressAcc, call, input.isBinary() ? (double) input.nonZero() * call.outputShape.size()
                    : (double) input.size() + call.outputShape.size());
            }
        }

        private void memory(final LayerCall call) {
            final Facts input = call.input();
            final long outSize = call.outputShape.size();
            final Tensor weight = switch (call.layer) {
                case Layer.Conv2d conv -> conv.weight();
                case Layer.Linear linear -> linear.weight();
                default -> null;
            };
            if (weight == null) {
                return;
            }
            final int biases = call.hasBias() ? call.outputShape.channels() : 0;
            if (!input.isSparseAccess()) {
                add(in, call, FLOAT_BYTES * (long) input.size());
                add(out, call, FLOAT_BYTES * outSize);
                add(parameters, call, FLOAT_BYTES * (long) (weight.size() + biases));
                return;
            }
            final long written = call.output().isSparseAccess() ? call.output().nonZero() : outSize;
            final long perInput = call.layer instanceof Layer.Conv2d conv
                ? (long) conv.outChannels() / conv.groups() * conv.window().kernelY() * conv.window().kernelX()
                : weight.dimension(0);
            add(in, call, FLOAT_BYTES * (long) input.nonZero());
            add(out, call, FLOAT_BYTES * written);
            add(parameters, call, FLOAT_BYTES * (input.nonZero() * perInput + (call.hasBias() ? written : 0)));
        }

        private void neurons(final LayerCall call) {
            if (firstNeurons < 0) {
                firstNeurons = call.index;
            }
            if (call.step == 0 && call.index != firstNeurons) {
                return;
            }
            final SpikingJellyNeuron neuron = new SpikingJellyNeuron(call);
            count(stateAcc, call, neuron.stateAccLike);
            count(stateMac, call, neuron.stateMacLike);
            count(reads.bytes, call, neuron.readBytes);
            count(writes.bytes, call, neuron.writeBytes);
            final long buffer = FLOAT_BYTES * (long) call.outputShape.size();
            reads.largest = Math.max(reads.largest, buffer);
            writes.largest = Math.max(writes.largest, buffer);
        }

        private void add(final Traffic traffic, final LayerCall call, final long bytes) {
            count(traffic.bytes, call, bytes);
            traffic.largest = Math.max(traffic.largest, bytes);
        }

        @Override
        void finish() {
            final double mac = MULTIPLY_PICOJOULES + ADD_PICOJOULES;
            final double arithmetic = (synapticOperations + accumulates() + stateAcc.total()) * ADD_PICOJOULES
                + (multiplies() + stateMac.total()) * mac;
            final double addressing = addressAcc.total() * ADD_PICOJOULES + addressMac.total() * mac;
            final double memory = in.picojoules() + out.picojoules() + parameters.picojoules() + reads.picojoules()
                + writes.picojoules();
            figure("operationsPicojoules", arithmetic);
            figure("addressingPicojoules", addressing);
            figure("memoryPicojoules", memory);
            figure(ConventionResult.ENERGY, arithmetic + addressing + memory);
        }
    }

    private static double pricePerByte(final double bytes) {
        final double size = Math.min(bytes, MEMORY[MEMORY.length - 1][0]);
        int i = 1;
        while (i < MEMORY.length - 1 && size > MEMORY[i][0]) {
            i++;
        }
        final double[] from = MEMORY[i - 1];
        final double[] to = MEMORY[i];
        return from[1] + (to[1] - from[1]) / (to[0] - from[0]) * (size - from[0]);
    }
}
