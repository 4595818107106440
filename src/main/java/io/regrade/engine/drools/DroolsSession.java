package io.regrade.engine.drools;

import io.regrade.decision.Firing;
import io.regrade.decision.Phase;
import io.regrade.engine.BudgetBreach;
import io.regrade.engine.ConcludedText;
import io.regrade.engine.RuleFailure;
import io.regrade.engine.RuleSession;
import io.regrade.policy.RuleSource;
import io.regrade.policy.budget.Budget;
import io.regrade.policy.budget.BudgetExceeded;
import io.regrade.policy.budget.BudgetLimits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drools.base.InitialFact;
import org.jspecify.annotations.Nullable;
import org.kie.api.definition.rule.Rule;
import org.kie.api.event.rule.AfterMatchFiredEvent;
import org.kie.api.event.rule.BeforeMatchFiredEvent;
import org.kie.api.event.rule.DefaultAgendaEventListener;
import org.kie.api.event.rule.DefaultRuleRuntimeEventListener;
import org.kie.api.event.rule.ObjectInsertedEvent;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.ConsequenceException;
import org.kie.api.runtime.rule.Match;

/** A Drools session with the listeners that keep the trace: references to facts only, rendered later if at all. */
final class DroolsSession implements RuleSession {

    private static final Pattern CONDITION =
            Pattern.compile("Error evaluating constraint '(.*)' in \\[Rule (.*) in .*", Pattern.DOTALL);
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

    private final KieSession session;
    private final Map<String, String> idsByName;
    private final RuleOrigins origins;
    private final Budget budget;
    private final Consumer<BudgetBreach> breaches;
    private final boolean traced;
    private List<Firing> firings = new ArrayList<>(16);
    private @Nullable List<Object> concluding;
    private @Nullable Rule firing;
    private Phase phase = Phase.REQUIRE;

    DroolsSession(
            KieSession session,
            Map<String, String> idsByName,
            RuleOrigins origins,
            BudgetLimits limits,
            Consumer<BudgetBreach> breaches,
            boolean traced) {
        this.session = session;
        this.idsByName = idsByName;
        this.origins = origins;
        this.breaches = breaches;
        this.traced = traced;
        this.budget = Budget.begin(limits);
        session.addEventListener(new DefaultAgendaEventListener() {
            @Override
            public void beforeMatchFired(BeforeMatchFiredEvent event) {
                firing = event.getMatch().getRule();
                budget.fired();
                if (traced) {
                    firing(event.getMatch());
                }
            }

            @Override
            public void afterMatchFired(AfterMatchFiredEvent event) {
                firing = null;
            }
        });
        session.addEventListener(new DefaultRuleRuntimeEventListener() {
            @Override
            public void objectInserted(ObjectInsertedEvent event) {
                if (event.getRule() != null && concluding != null) {
                    budget.inserted(ConcludedText.of(event.getObject()));
                    concluding.add(event.getObject());
                }
            }
        });
    }

    private void firing(Match match) {
        List<Object> conclusions = new ArrayList<>(2);
        concluding = conclusions;
        firings.add(new Firing(phase, id(match.getRule().getName()), facts(match.getObjects()), conclusions));
    }

    /** What a rule matched without the placeholder that Drools matches for a rule that begins with {@code exists}. */
    private static List<Object> facts(List<Object> matched) {
        if (!matched.isEmpty() && matched.get(0) instanceof InitialFact) {
            return List.copyOf(matched.subList(1, matched.size()));
        }
        return matched;
    }

    private String id(String ruleName) {
        String id = idsByName.get(ruleName);
        return id == null ? ruleName : id;
    }

    @Override
    public void insert(Object fact) {
        session.insert(fact);
    }

    @Override
    public void forget(Object fact) {
        session.delete(session.getFactHandle(fact));
    }

    @Override
    public List<Firing> fire(Phase next) {
        phase = next;
        concluding = null;
        List<Firing> fired = new ArrayList<>(16);
        firings = fired;
        if (!traced) {
            List<Object> conclusions = new ArrayList<>(16);
            concluding = conclusions;
            fired.add(new Firing(next, "", List.of(), conclusions));
        }
        session.getAgenda().getAgendaGroup(next.key()).setFocus();
        try {
            session.fireAllRules();
        } catch (BudgetExceeded e) {
            throw exceeded(e.kind(), String.valueOf(e.getMessage()), e, fired);
        } catch (StackOverflowError e) {
            throw exceeded(BudgetExceeded.Kind.DEPTH, "depth of calls", e, fired);
        } catch (OutOfMemoryError e) {
            throw exceeded(BudgetExceeded.Kind.ALLOCATION, "memory there is", e, fired);
        } catch (ConsequenceException e) {
            throw new RuleFailure("rule `" + id(e.getRule().getName()) + "` failed: " + cause(e), fired, e);
        } catch (RuntimeException e) {
            throw new RuleFailure(condition(e) + " failed: " + cause(e), fired, e);
        }
        return fired;
    }

    /** The error that says which rule went over its budget: the one that fires, or the one whose condition ran. */
    private RuleFailure exceeded(BudgetExceeded.Kind kind, String limit, Error e, List<Firing> fired) {
        Rule current = firing;
        List<String> joining = e instanceof BudgetExceeded ended ? ended.rules() : List.of();
        List<String> guilty = current != null
                ? List.of(id(current.getName()))
                : !joining.isEmpty()
                        ? joining.stream().map(this::id).toList()
                        : Arrays.stream(e.getStackTrace())
                                .map(frame -> origins.of(frame.getClassName().replace('.', '/')))
                                .filter(rules -> !rules.isEmpty())
                                .findFirst()
                                .orElse(List.of())
                                .stream()
                                .map(RuleSource::id)
                                .toList();
        BudgetBreach breach = new BudgetBreach(kind, guilty, phase, limit);
        breaches.accept(breach);
        // How far it came by then is chance: the trace must not tell it.
        return new RuleFailure(breach.sentence(), kind.isMeasured() ? List.of() : fired, e);
    }

    /**
     * The condition that threw and the rules that share it. Which phase it belongs to is no matter: Drools evaluates the
     * conditions of all rules as facts come.
     */
    private String condition(RuntimeException e) {
        Matcher place = CONDITION.matcher(String.valueOf(e.getMessage()));
        if (!place.matches()) {
            return "a condition";
        }
        List<String> rules = new ArrayList<>();
        Matcher name = QUOTED.matcher(place.group(2));
        while (name.find()) {
            rules.add("`" + id(name.group(1)) + "`");
        }
        return "the condition `" + place.group(1) + "` of rule " + String.join(", ", rules);
    }

    private static String cause(Throwable e) {
        Throwable deepest = e;
        while (deepest.getCause() != null && deepest.getCause() != deepest) {
            deepest = deepest.getCause();
        }
        // Nearly always something unknown that a rule took for known: a class name would tell its author nothing.
        return deepest.getMessage() == null ? "no reason is given" : ConclusionWords.plain(deepest.getMessage());
    }

    @Override
    public void close() {
        budget.close();
        session.dispose();
    }
}
