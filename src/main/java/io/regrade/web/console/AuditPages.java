package io.regrade.web.console;

import static io.regrade.ledger.LedgerAnswer.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.decision.DecisionJson.Detail;
import io.regrade.fact.Action;
import io.regrade.ledger.Decisions.Filter;
import io.regrade.ledger.Decisions.Query;
import io.regrade.ledger.Page;
import io.regrade.pipeline.EngineVersion;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The pages of the audit log and of how the server is. */
final class AuditPages {

    private static final int LIMIT = 100;

    private final Console.Parts parts;

    AuditPages(Console.Parts parts) {
        this.parts = parts;
    }

    View audit(Asked asked) {
        Map<String, String> given = new LinkedHashMap<>();
        for (String name : new String[] {"vm", "action", "rule", "target", "owner", "policy"}) {
            if (!asked.text(name).isEmpty()) {
                given.put(name, asked.text(name));
            }
        }
        Instant from = day(asked.text("from"), 0);
        Instant until = day(asked.text("until"), 1);
        if (from != null) {
            given.put("from", from.toString());
        }
        if (until != null) {
            given.put("until", until.toString());
        }
        Filter filter = new Filter(
                given.get("vm"),
                action(asked.text("action")),
                given.get("rule"),
                given.get("target"),
                given.get("policy"),
                given.get("owner"),
                null,
                from,
                until,
                null);
        Page<ObjectNode> page = await(parts.decisions()
                .list(new Query(filter, AdvicePages.orNull(asked.text("cursor")), LIMIT, Detail.NONE)));
        return new View(
                "audit",
                "Audit",
                new AuditPage(
                        given,
                        page.items(),
                        page.next(),
                        await(parts.log().checkpoint()),
                        parts.log().key(),
                        await(parts.decisions().dropped(from, until))));
    }

    View operations(Asked asked) {
        Map<String, String> versions = new TreeMap<>();
        versions.put("Regrade", EngineVersion.regrade());
        versions.put("Engine", EngineVersion.current());
        versions.put("Java", System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
        versions.put("System", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        return new View("operations", "Operations", new OperationsPage(parts.settings(), versions));
    }

    /** The beginning of a day of UTC, so many days later; a moment as it is; null for anything else. */
    private static @Nullable Instant day(String text, int later) {
        try {
            return text.contains("T")
                    ? Instant.parse(text)
                    : text.isEmpty()
                            ? null
                            : LocalDate.parse(text)
                                    .plusDays(later)
                                    .atStartOfDay(ZoneOffset.UTC)
                                    .toInstant();
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static @Nullable Action action(String key) {
        for (Action one : Action.values()) {
            if (one.key().equals(key)) {
                return one;
            }
        }
        return null;
    }
}
