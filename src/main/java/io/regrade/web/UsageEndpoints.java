package io.regrade.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.ledger.Page;
import io.regrade.ledger.UsageRecords;
import io.regrade.pipeline.usage.Charge;
import io.regrade.pipeline.usage.Focus;
import io.regrade.web.contract.Finding;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Usage records over HTTP, in the columns of FOCUS. */
final class UsageEndpoints {

    private static final Listing LISTING = new Listing(
            "usage_records",
            Focus.COLUMNS,
            Focus.COLUMNS.stream().map(column -> "/" + column).toList());

    private final UsageRecords records;
    private final Clock clock;

    UsageEndpoints(UsageRecords records, Clock clock) {
        this.records = records;
        this.clock = clock;
    }

    Map<String, Endpoint> all() {
        return Map.of("listUsageRecords", this::list);
    }

    private CompletionStage<Answer> list(Call call) {
        Instant now = clock.instant();
        Instant given = call.moment("from");
        Instant month = now.atOffset(ZoneOffset.UTC)
                .toLocalDate()
                .withDayOfMonth(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        Instant from = given == null ? month : given;
        Instant end = call.moment("until");
        Instant until = end == null ? now : end;
        if (!from.isBefore(until)) {
            throw HttpProblem.invalid(
                    List.of(Finding.parameter("until", "`" + until + "` is not after `from`, `" + from + "`")));
        }
        return records.list(
                        from,
                        until,
                        call.text("owner"),
                        call.text("cursor"),
                        call.value("limit").asInt())
                .thenApply(page -> {
                    List<ObjectNode> rows = page.items().stream()
                            .flatMap(one -> Charge.of(one, from, until, now).stream())
                            .map(Focus::row)
                            .toList();
                    return LISTING.answer(
                            new Page<>(rows, page.next()),
                            call.accepted(),
                            page.next() == null ? null : call.next(page.next()));
                });
    }
}
