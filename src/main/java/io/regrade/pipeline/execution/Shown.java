package io.regrade.pipeline.execution;

import io.regrade.execute.Order;
import io.regrade.execute.Sighting;

/** What a cloud shows of a machine, as a sentence. Stateless. */
final class Shown {

    private Shown() {}

    static String words(Sighting seen, Order order) {
        String machine = "the machine ";
        String plain = switch (seen.what()) {
            case AS_BEFORE -> machine + "has its class `" + order.from() + "`, and nothing has begun";
            case UNDER_WAY -> machine + "is on its way";
            case AWAITS -> machine + "has the class `" + order.to() + "`, and waits to be confirmed";
            case DONE -> machine + "has the class `" + order.to() + "`";
            case COULD_NOT -> machine + "has its class `" + order.from() + "`: the cloud tried and could not";
            case ELSEWHERE -> machine + "has neither class: somebody else has changed it";
            case GONE -> "the cloud knows no such machine";
        };
        return seen.detail().isEmpty() ? plain : plain + " (" + seen.detail() + ")";
    }
}
