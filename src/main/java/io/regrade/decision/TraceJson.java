package io.regrade.decision;

import static io.regrade.decision.FactJson.put;
import static io.regrade.decision.FactJson.rounded;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.fact.Benefit;
import io.regrade.fact.Candidate;
import io.regrade.fact.Choice;
import io.regrade.fact.CounterOffer;
import io.regrade.fact.Demand;
import io.regrade.fact.Dismissal;
import io.regrade.fact.EvaluationTime;
import io.regrade.fact.Instantiation;
import io.regrade.fact.LifeCycle;
import io.regrade.fact.Limit;
import io.regrade.fact.Need;
import io.regrade.fact.Projection;
import io.regrade.fact.Redundancy;
import io.regrade.fact.Requirement;
import io.regrade.fact.Sla;
import io.regrade.fact.SoftwareModule;
import io.regrade.fact.Target;
import io.regrade.fact.Usage;
import io.regrade.fact.Veto;
import io.regrade.fact.Vm;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * A trace as JSON: {@code facts}, each with an id, a kind and its content, and {@code firings} that refer to them. A
 * fact that one firing concluded and another matched has one id, and a fact that was made between two phases (a demand, a
 * projection, a candidate, and what a choice answers) says {@code from} which ones, so that every conclusion can be followed back to the usage.
 */
public final class TraceJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private TraceJson() {}

    /** The whole trace. */
    public static ObjectNode trace(Trace trace) {
        Numbered facts = new Numbered();
        ArrayNode firings = JSON.arrayNode();
        for (Firing firing : trace.firings()) {
            ObjectNode node = firings.addObject();
            node.put("phase", firing.phase().key());
            node.put("rule", firing.rule());
            node.set("matched", facts.ids(firing.matched()));
            node.set("concluded", facts.ids(firing.concluded()));
        }
        ObjectNode node = JSON.objectNode();
        ArrayNode list = node.putArray("facts");
        for (Object fact : facts.inOrder) {
            ObjectNode object = list.addObject();
            object.put("id", facts.id(fact));
            object.put("kind", kind(fact));
            ArrayNode origins = origins(fact, facts);
            if (!origins.isEmpty()) {
                object.set("from", origins);
            }
            object.set("fact", fact(fact));
        }
        node.set("firings", firings);
        return node;
    }

    private static ArrayNode origins(Object fact, Numbered facts) {
        ArrayNode origins = JSON.arrayNode();
        if (isMade(fact)) {
            for (Object other : facts.inOrder) {
                if (isOrigin(other, fact)) {
                    origins.add(facts.id(other));
                }
            }
        }
        return origins;
    }

    /** Whether a fact is of a kind that is made of others between two phases. */
    private static boolean isMade(Object fact) {
        return fact instanceof Demand
                || fact instanceof Projection
                || fact instanceof Candidate
                || fact instanceof Instantiation
                || fact instanceof Choice;
    }

    /** Whether a fact that no rule concluded was made from another one, between two phases. */
    private static boolean isOrigin(Object origin, Object made) {
        if (made instanceof Demand demand) {
            return origin instanceof Requirement requirement
                    && requirement.attribute().resource() == demand.resource()
                    && requirement.operator() == Requirement.Operator.GE;
        } else if (made instanceof Projection) {
            return origin instanceof Usage;
        } else if (made instanceof Candidate candidate) {
            return origin == candidate.projection()
                    || (origin instanceof Benefit benefit && benefit.target() == candidate.target());
        } else if (made instanceof Instantiation) {
            return origin instanceof Requirement;
        } else if (made instanceof Choice) {
            return origin instanceof Need || origin instanceof Requirement;
        }
        return false;
    }

    /** The kind of a fact as rules name it, such as {@code Usage}. */
    public static String kind(Object fact) {
        return fact.getClass().getSimpleName();
    }

    private static ObjectNode fact(Object fact) {
        ObjectNode node = JSON.objectNode();
        if (fact instanceof Vm vm) {
            return FactJson.vm(vm);
        } else if (fact instanceof Usage usage) {
            return FactJson.usageInShort(usage);
        } else if (fact instanceof SoftwareModule module) {
            return FactJson.module(module);
        } else if (fact instanceof Sla sla) {
            return FactJson.sla(sla);
        } else if (fact instanceof Dismissal dismissal) {
            return FactJson.dismissal(dismissal);
        } else if (fact instanceof CounterOffer counter) {
            return FactJson.counterOffer(counter);
        } else if (fact instanceof Target target) {
            return FactJson.target(target);
        } else if (fact instanceof Need need) {
            return DecisionJson.need(need, "");
        } else if (fact instanceof Benefit benefit) {
            ObjectNode object = DecisionJson.benefit(benefit, "");
            object.put("target", benefit.target().id());
            return object;
        } else if (fact instanceof Instantiation made) {
            return DecisionJson.configuration(made);
        } else if (fact instanceof Projection projection) {
            ObjectNode object = DecisionJson.risk(projection);
            object.put("target", projection.target().id());
            rounded(object, "saving_usd_month", projection.savingUsdMonth());
            return object;
        } else if (fact instanceof Limit limit) {
            node.put("name", limit.name());
            put(node, "value", limit.value());
            node.put("unit", limit.unit());
        } else if (fact instanceof Requirement requirement) {
            node.put("requires", requirement.text());
            rounded(node, "amount", requirement.amount());
            node.put("source", requirement.source());
        } else if (fact instanceof Demand demand) {
            node.put("resource", demand.resource().key());
            rounded(node, "have", demand.have());
            rounded(node, "required", demand.required());
            node.put("unit", demand.resource().unit());
            node.put("source", demand.source());
        } else if (fact instanceof Veto veto) {
            node.put("target", veto.target().id());
            node.put("why", veto.why());
            rounded(node, "short", veto.shortBy());
        } else if (fact instanceof Candidate candidate) {
            node.put("target", candidate.target().id());
            rounded(node, "net_usd_month", candidate.netUsdMonth());
            rounded(node, "saving_usd_month", candidate.savingUsdMonth());
            node.put("rank", candidate.rank());
        } else if (fact instanceof Choice choice) {
            node.put("action", choice.action().key());
            put(node, "target", choice.target() == null ? null : choice.target().id());
            node.put("why", choice.why());
        } else if (fact instanceof Redundancy group) {
            node.put("group", group.group());
            node.put("members", group.members());
            node.put("resource", group.resource().key());
            rounded(node, "group_peak", group.groupPeak());
        } else if (fact instanceof LifeCycle cycle) {
            node.put("series", cycle.series());
            node.put("end_of_life", cycle.endOfLife().toString());
            node.put("successor", cycle.successor());
        } else if (fact instanceof EvaluationTime time) {
            node.put("at", time.at().toString());
        } else {
            node.put("text", fact.toString());
        }
        return node;
    }

    /** Facts by identity, numbered in the order they are first seen. */
    private static final class Numbered {

        private final Map<Object, Integer> numbers = new IdentityHashMap<>();
        private final List<Object> inOrder = new ArrayList<>();

        ArrayNode ids(List<Object> facts) {
            ArrayNode ids = JSON.arrayNode();
            for (Object fact : facts) {
                if (numbers.putIfAbsent(fact, inOrder.size() + 1) == null) {
                    inOrder.add(fact);
                }
                ids.add(id(fact));
            }
            return ids;
        }

        String id(Object fact) {
            return "f" + numbers.get(fact);
        }
    }
}
