package io.regrade.policytest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.fact.Action;
import io.regrade.fact.CounterOffer;
import io.regrade.fact.Dismissal;
import io.regrade.fact.Redundancy;
import io.regrade.fact.Resource;
import io.regrade.fact.Target;
import io.regrade.fact.VmFacts;
import io.regrade.intake.inventory.IntakeException;
import io.regrade.intake.inventory.IntakeLimits;
import io.regrade.intake.inventory.Problem;
import io.regrade.intake.inventory.VmJson;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the machines and targets of a case by the same code, and so with the same checks, as requests. */
final class GivenReader {

    /**
     * The facts of a case.
     *
     * @param vms the machines, at least one
     * @param targets what they can be moved to
     */
    record Given(List<VmFacts> vms, List<Target> targets) {}

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> RESOURCES =
            Arrays.stream(Resource.values()).map(Resource::key).toList();

    private static final List<String> ADVICE = List.of(Action.RECLASSIFY.key(), Action.INSTANTIATE.key());

    private final TestProblems problems;
    private final Fixtures vms;
    private final Fixtures targets;
    private final VmJson json = new VmJson(IntakeLimits.DEFAULT);
    private final Map<String, List<Redundancy>> redundancy = new HashMap<>();
    private final Map<String, List<Dismissal>> dismissals = new HashMap<>();
    private final Map<String, CounterOffer> counters = new HashMap<>();

    GivenReader(TestProblems problems, Fixtures vms, Fixtures targets) {
        this.problems = problems;
        this.vms = vms;
        this.targets = targets;
    }

    /** The facts, or null after something about them was reported. */
    @Nullable
    Given read(ObjectNode given, Instant at) {
        int before = problems.found.size();
        if (given.has("vm") == given.has("vms")) {
            problems.add(
                    "bad-test", problems.lines.of(given), "either `vm` or `vms` is given. Maybe `vm: {extends: NAME}`");
            return null;
        }
        ObjectNode request = JSON.objectNode();
        ArrayNode machines = list(request, "vms");
        if (given.has("vm")) {
            add(vms, given.path("vm"), problems.lines.of(given, "vm"), machines);
        } else {
            JsonNode all = given.path("vms");
            int i = 0;
            for (JsonNode one : problems.list(given, "vms")) {
                add(vms, one, problems.lines.of(all, String.valueOf(i++)), machines);
            }
        }
        targets(given, list(request, "targets"));
        if (problems.found.size() > before) {
            return null;
        }
        machines.forEach(machine -> {
            takeRedundancy((ObjectNode) machine);
            takeDismissals((ObjectNode) machine);
            takeCounterOffer((ObjectNode) machine);
        });
        try {
            VmJson.Request read = json.request(request, at);
            List<Target> offered = read.targets() == null ? List.of() : read.targets();
            return problems.found.size() > before || read.vms().isEmpty()
                    ? null
                    : new Given(read.vms().stream().map(this::grouped).toList(), offered);
        } catch (IntakeException e) {
            for (Problem problem : e.problems()) {
                problems.add("bad-test", problems.lines.at(request, problem.place()), problem.message());
            }
            return null;
        }
    }

    private ArrayNode list(ObjectNode request, String name) {
        ArrayNode list = request.putArray(name);
        problems.lines.begin(list, 1);
        return list;
    }

    private void targets(ObjectNode given, ArrayNode into) {
        if (!given.has("targets")) {
            for (String name : targets.names()) {
                add(targets, JSON.textNode(name), 1, into);
            }
            return;
        }
        JsonNode all = given.path("targets");
        int i = 0;
        for (JsonNode one : problems.list(given, "targets")) {
            add(targets, one, problems.lines.of(all, String.valueOf(i++)), into);
        }
    }

    private void add(Fixtures fixtures, JsonNode stated, int line, ArrayNode into) {
        ObjectNode whole = stated instanceof ObjectNode fields
                ? fixtures.stated(fields)
                : stated.isTextual() ? fixtures.named(stated.asText(), line) : null;
        if (whole != null) {
            problems.lines.put(into, String.valueOf(into.size()), problems.lines.of(whole));
            into.add(whole);
        } else if (!stated.isContainerNode() && !stated.isTextual()) {
            problems.add("bad-test", line, "a name or named entries are expected here");
        }
    }

    /** Takes {@code redundancy}, which requests do not have, since there the group's members say what it carries. */
    private void takeRedundancy(ObjectNode machine) {
        List<Redundancy> groups = new ArrayList<>();
        for (JsonNode one : problems.list(machine, "redundancy")) {
            if (!(one instanceof ObjectNode fields)) {
                problems.add("bad-test", problems.lines.of(machine, "redundancy"), "`{resource: vcpu, members: 3}`");
                continue;
            }
            problems.checkNames(fields, Vocabulary.REDUNDANCY, "`redundancy`");
            String resource = problems.required(fields, "resource", "`redundancy`");
            problems.checkWord("bad-test", problems.lines.of(fields, "resource"), "a resource", resource, RESOURCES);
            if (RESOURCES.contains(resource)) {
                groups.add(new Redundancy(
                        fields.path("group").asText(machine.path("group").asText("group")),
                        fields.path("members").asInt(1),
                        Resource.values()[RESOURCES.indexOf(resource)],
                        fields.path("group_peak").isNumber()
                                ? fields.path("group_peak").doubleValue()
                                : Double.NaN));
            }
        }
        if (machine.remove("redundancy") != null) {
            redundancy.put(machine.path("id").asText(), groups);
        }
    }

    /** Takes {@code dismissals}, which requests do not have, since there they are what people said of recommendations. */
    private void takeDismissals(ObjectNode machine) {
        List<Dismissal> stated = new ArrayList<>();
        for (JsonNode one : problems.list(machine, "dismissals")) {
            if (one instanceof ObjectNode fields) {
                problems.checkNames(fields, Vocabulary.DISMISSAL, "`dismissals`");
                dismissal(fields, stated);
            } else {
                problems.add(
                        "bad-test",
                        problems.lines.of(machine, "dismissals"),
                        "`{action: reclassify, target: small, until: 2026-06-02T00:00:00Z}`");
            }
        }
        if (machine.remove("dismissals") != null) {
            dismissals.put(machine.path("id").asText(), stated);
        }
    }

    private void dismissal(ObjectNode fields, List<Dismissal> into) {
        String action = problems.required(fields, "action", "`dismissals`");
        problems.checkWord("bad-test", problems.lines.of(fields, "action"), "advice that is dismissed", action, ADVICE);
        String until = problems.required(fields, "until", "`dismissals`");
        try {
            if (ADVICE.contains(action)) {
                into.add(new Dismissal(
                        action.equals(Action.RECLASSIFY.key()) ? Action.RECLASSIFY : Action.INSTANTIATE,
                        fields.path("target").isTextual() ? fields.get("target").textValue() : null,
                        Instant.parse(until),
                        fields.path("by").asText("somebody"),
                        fields.path("reason").asText("no reason was given")));
            }
        } catch (DateTimeParseException e) {
            problems.add(
                    "bad-test",
                    problems.lines.of(fields, "until"),
                    "`until` is `" + until + "`, which is not a moment. Maybe `2026-06-02T00:00:00Z`");
        }
    }

    /** Takes {@code counter_offer}, which requests do not have, since there it is what somebody said of an offer. */
    private void takeCounterOffer(ObjectNode machine) {
        JsonNode given = machine.remove("counter_offer");
        if (given instanceof ObjectNode fields) {
            CounterOffer read = new CounterOfferReader(problems).read(fields);
            if (read != null) {
                counters.put(machine.path("id").asText(), read);
            }
        } else if (given != null) {
            problems.add(
                    "bad-test",
                    problems.lines.of(machine),
                    "`counter_offer` is no object. Maybe `{families: [m5], until: 2026-06-02T00:00:00Z}`");
        }
    }

    private VmFacts grouped(VmFacts facts) {
        List<Redundancy> stated = redundancy.get(facts.vm().id());
        VmFacts whole =
                stated == null ? facts : new VmFacts(facts.vm(), facts.usage(), facts.modules(), facts.sla(), stated);
        String id = facts.vm().id();
        return whole.said(dismissals.getOrDefault(id, List.of()), counters.get(id));
    }
}
