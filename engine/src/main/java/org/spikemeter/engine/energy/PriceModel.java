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
 * @param bits width of an operand
 * @param boundary what the prices include
 * @param scope the operations that the model answers for: each needs a price as soon as it happens
 * @param prices the prices that are known, of operations in the scope
 */
public record PriceModel(
    String name, String description, double nodeNanometres, int bits, Boundary boundary, Set<Operation> scope,
    Map<Operation, Price> prices) {
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
    }

    /** The price of an operation; null where it is not known. */
    public Price price(final Operation operation) {
        return prices.get(operation);
    }

    /** True where the model answers for an operation. */
    public boolean covers(final Operation operation) {
        return scope.contains(operation);
    }
}
