package io.regrade.web.console;

import static io.regrade.ledger.LedgerAnswer.await;

import io.regrade.ledger.Page;
import io.regrade.ledger.Plan;
import io.regrade.ledger.Recommendation;
import io.regrade.ledger.Recommendation.State;
import io.regrade.ledger.Recommendations;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The pages of recommendations and plans. */
final class AdvicePages {

    private static final int LIMIT = 100;

    private final Console.Parts parts;

    AdvicePages(Console.Parts parts) {
        this.parts = parts;
    }

    View recommendations(Asked asked) {
        String vm = asked.text("vm");
        String owner = asked.text("owner");
        String wanted = asked.text("state");
        State state = Arrays.stream(State.values())
                .filter(one -> one.key().equals(wanted))
                .findFirst()
                .orElse(wanted.equals("all") || !vm.isEmpty() ? null : State.OPEN);
        Page<Recommendation> page = await(parts.recommendations()
                .list(new Recommendations.Query(
                        orNull(vm), state, null, orNull(owner), null, null, orNull(asked.text("cursor")), LIMIT)));
        return new View(
                "recommendations",
                "Recommendations",
                new RecommendationsPage(state == null ? "" : state.key(), vm, owner, page.items(), page.next()));
    }

    View plans(Asked asked) {
        return new View(
                "plans",
                "Plans",
                new PlanPage.All(await(parts.plans().list(null, LIMIT)).items()));
    }

    View plan(Asked asked) {
        String id = asked.path("id");
        Plan plan =
                await(parts.plans().byId(id)).orElseThrow(() -> new Failure.NotFound("there is no plan `" + id + "`"));
        return new View(
                "plan",
                "Plan",
                new PlanPage(
                        plan,
                        plan.state() == Plan.State.DONE
                                ? await(parts.plans().content(id)).orElse(null)
                                : null));
    }

    static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
