package org.spikemeter.engine.energy;

import java.util.Map;
import java.util.Set;
import org.spikemeter.engine.count.Operation;

/**
 * Prices of one machine.
 *
 * @param name short, as given on the command line
 * @param description one line for people
 * @param nodeNanometres technology node in nm
 * @param bits width of an operand, and of a number in memory
 * @param boundary what the prices include
 * @param scope the operations that the model answers for: each needs a price as soon as it happens
 * @param prices the prices that are known, of operations in the scope
 * @param memory prices of the memory traffic in the scope that has none in {@code prices}; null where there are none
 */
public record PriceModel(
    String name, String description, double nodeNanometres, int bits, Boundary boundary, Set<Operation> scope,
    Map<Operation, Price> prices, MemoryPrices memory) {
    /** Copies the collections and checks that no price is outside the scope. */
    public PriceModel {
        scope = Set.copyOf(scope);
        prices = Map.copyOf(prices);
        for (final Operation operation : prices.keySet()) {
            if (!scope.contains(operation)) {
                throw new IllegalArgumentException("price model '" + name + "' has a price of '" + operation.key()
                    + "', which is not in its scope");
            }
        }
        if (memory != null && scope.stream().noneMatch(Operation::isMemoryTraffic)) {
            throw new IllegalArgumentException("price model '" + name + "' has prices of memory, and no memory traffic"
                + " in its scope");
        }
    }

    /** The price of an operation; null where it is not known, or depends on the size of a memory. */
    public Price price(final Operation operation) {
        return prices.get(operation);
    }

    /** True where the model answers for an operation. */
    public boolean covers(final Operation operation) {
        return scope.contains(operation);
    }

    /** True where an operation is priced by the size of its memory. */
    boolean isPricedBySize(final Operation operation) {
        return memory != null && operation.isMemoryTraffic() && !prices.containsKey(operation);
    }
}
