package io.regrade.pipeline.fleet;

import static java.util.Comparator.comparing;
import static java.util.Comparator.nullsLast;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Orders of the fleet. Unknown amounts come last; machines that are equal follow by their ids. */
public enum FleetOrder {
    SAVING(highest(FleetRow::savingUsdMonth)),
    PRICE(highest(FleetRow::priceUsdMonth)),
    RISK(highest(FleetRow::risk)),
    VCPU(highest(row -> known(row.vm().capacity().vcpu()))),
    MEMORY(highest(row -> known(row.vm().capacity().memoryGib()))),
    ID(comparing(row -> row.vm().id())),
    OWNER(comparing(row -> row.vm().owner(), nullsLast(Comparator.naturalOrder()))),
    ACTION(comparing(FleetRow::action, nullsLast(Comparator.naturalOrder())));

    private final Comparator<FleetRow> comparator;

    FleetOrder(Comparator<FleetRow> comparator) {
        this.comparator = comparator.thenComparing(row -> row.vm().id());
    }

    Comparator<FleetRow> comparator() {
        return comparator;
    }

    /** As it is written, such as {@code saving}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The order that is written so. */
    public static Optional<FleetOrder> of(String key) {
        for (FleetOrder order : values()) {
            if (order.key().equals(key)) {
                return Optional.of(order);
            }
        }
        return Optional.empty();
    }

    private static double known(double amount) {
        return amount > 0 ? amount : Double.NaN;
    }

    private static Comparator<FleetRow> highest(ToDoubleFunction<FleetRow> amount) {
        return Comparator.comparingDouble(row -> {
            double value = amount.applyAsDouble(row);
            return Double.isNaN(value) ? Double.POSITIVE_INFINITY : -value;
        });
    }
}
