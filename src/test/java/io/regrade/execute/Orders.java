package io.regrade.execute;

import io.regrade.fact.Capacity;
import io.regrade.fact.Vm;
import java.util.Map;
import java.util.Set;

/** Orders for tests. */
public final class Orders {

    private Orders() {}

    /** A machine {@code web-1} that goes from m5.xlarge to m5.large, with these tags. */
    public static Order order(Map<String, String> tags) {
        return Order.of(vm("m5.xlarge", tags), vm("m5.large", tags));
    }

    /** The same as it is given to an executor. */
    public static Errand errand() {
        return new Errand(order(Map.of()), "k1", "", 3);
    }

    private static Vm vm(String type, Map<String, String> tags) {
        return new Vm(
                "i-1",
                "web-1",
                "aws",
                null,
                type,
                null,
                Capacity.UNKNOWN,
                null,
                Set.of(),
                Double.NaN,
                null,
                null,
                tags);
    }
}
