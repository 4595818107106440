package io.regrade.pipeline.offering;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.regrade.decision.DecisionJson.Detail;
import io.regrade.fact.Action;
import io.regrade.fact.Target;
import io.regrade.fact.Vm;
import io.regrade.fact.VmFacts;
import io.regrade.ledger.Decisions;
import io.regrade.ledger.Inventory;
import io.regrade.ledger.InventorySnapshot;
import io.regrade.ledger.LedgerAnswer;
import io.regrade.ledger.Plans;
import io.regrade.ledger.Recommendation;
import io.regrade.ledger.Recommendations;
import io.regrade.offer.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an offer says of each machine: what its decision says. Blocks on the ledger; thread-safe. */
final class OfferItems {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final double HOURS_A_MONTH = 730;

    private final Recommendations recommendations;
    private final Decisions decisions;
    private final Plans plans;
    private final Inventory inventory;

    OfferItems(Recommendations recommendations, Decisions decisions, Plans plans, Inventory inventory) {
        this.recommendations = recommendations;
        this.decisions = decisions;
        this.plans = plans;
        this.inventory = inventory;
    }

    /** The one of a recommendation; empty when there is none, or it was erased. */
    Optional<Item> ofRecommendation(String id) {
        return LedgerAnswer.await(recommendations.byId(id))
                .filter(one -> !one.erased())
                .map(this::of);
    }

    /** The one of the recommendation of a machine that is open or approved; empty when there is none. */
    Optional<Item> ofVm(String vm) {
        return live(vm).map(this::of);
    }

    private Optional<Recommendation> live(String vm) {
        // A machine has one that lives at most, and no newer one than that: what is closed comes before.
        return LedgerAnswer.await(
                        recommendations.list(new Recommendations.Query(vm, null, null, null, null, null, null, 1)))
                .items()
                .stream()
                .filter(one -> !one.erased())
                .filter(one -> switch (one.state()) {
                    case OPEN, SNOOZED, APPROVED -> true;
                    default -> false;
                })
                .findFirst();
    }

    private Item of(Recommendation one) {
        JsonNode decision = LedgerAnswer.await(decisions.byId(one.decision(), Detail.NONE))
                .map(JsonNode.class::cast)
                .orElse(MAPPER.missingNode());
        JsonNode target = decision.path("target");
        double now = number(decision, "price_usd_month_now");
        double saved = number(decision, "saving_usd_month");
        JsonNode risk = decision.path("risk");
        double price = number(risk, "price_usd_month");
        return new Item(
                one.vm(),
                one.id(),
                one.decision(),
                one.action(),
                one.target(),
                text(target, "cloud"),
                text(target, "region"),
                family(text(target, "type")),
                one.owner(),
                Double.isNaN(price) ? now - saved : price,
                one.savingUsdMonth(),
                number(risk, "saturated_hours_month"),
                text(decision, "why"));
    }

    /**
     * Those of the machines that a plan moves.
     *
     * @param owner only those of this owner, null for all
     * @param cloud only those in this cloud, null for all
     * @return empty when there is no such plan, or it is not done
     */
    Optional<List<Item>> ofPlan(String plan, @Nullable String owner, @Nullable String cloud) {
        return LedgerAnswer.await(plans.content(plan)).map(content -> {
            InventorySnapshot state = inventory.snapshot();
            List<Item> items = new ArrayList<>();
            for (Plans.Entry entry : content.entries()) {
                Vm vm = state.vm(entry.vm()).map(VmFacts::vm).orElse(null);
                boolean wanted = entry.moves()
                        && (owner == null || vm != null && owner.equals(vm.owner()))
                        && (cloud == null || vm != null && cloud.equals(vm.cloud()));
                if (wanted) {
                    items.add(ofMove(json(entry.body()), vm, state));
                }
            }
            return items;
        });
    }

    private Item ofMove(JsonNode move, @Nullable Vm vm, InventorySnapshot state) {
        String id = move.path("vm").asText();
        String wanted = move.path("target").asText();
        Target target = state.target(wanted).orElse(null);
        Recommendation advised =
                live(id).filter(one -> wanted.equals(one.target())).orElse(null);
        return new Item(
                id,
                advised == null ? null : advised.id(),
                move.path("decision").asText(),
                Action.RECLASSIFY,
                wanted,
                target == null ? null : target.cloud(),
                target == null ? null : target.region(),
                target == null ? null : target.family(),
                vm == null ? null : vm.owner(),
                target == null ? Double.NaN : target.priceUsdHour() * HOURS_A_MONTH,
                number(move, "saving_usd_month"),
                Double.NaN,
                text(move, "why"));
    }

    private static @Nullable String family(@Nullable String type) {
        return type == null ? null : type.split("\\.", 2)[0];
    }

    private static JsonNode json(String body) {
        try {
            return MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored plan is damaged", e);
        }
    }

    private static @Nullable String text(JsonNode node, String field) {
        return node.path(field).textValue();
    }

    private static double number(JsonNode node, String field) {
        return node.path(field).isNumber() ? node.path(field).doubleValue() : Double.NaN;
    }
}
