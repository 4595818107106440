package io.regrade.web.console;

import io.regrade.fact.Action;
import io.regrade.pipeline.fleet.FleetFilter;
import io.regrade.pipeline.fleet.FleetOrder;
import io.regrade.pipeline.fleet.FleetView;
import io.regrade.pipeline.fleet.FleetWords.Word;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fleet, or the part of it that was asked for.
 *
 * @param part what is shown
 * @param filter what was asked for
 * @param text the text that was searched for, as it was typed
 * @param order how it is sorted
 * @param reversed whether the other way round
 */
public record FleetPage(FleetView.Part part, FleetFilter filter, String text, FleetOrder order, boolean reversed) {

    /** Machines on a page. */
    public static final int LIMIT = 50;

    /** A choice to filter by: what the parameter is called, what people call it, what is chosen, and the words. */
    public record Choice(String name, String label, String chosen, List<Word> words) {}

    /** A column of the table; without an order it cannot be sorted by; a minor one is left out on a phone. */
    public record Column(String label, Optional<FleetOrder> order, boolean number, boolean minor) {}

    /** The columns of the table. */
    public static final List<Column> COLUMNS = List.of(
            new Column("Machine", Optional.of(FleetOrder.ID), false, false),
            new Column("Owner", Optional.of(FleetOrder.OWNER), false, true),
            new Column("vCPU", Optional.of(FleetOrder.VCPU), true, true),
            new Column("Memory", Optional.of(FleetOrder.MEMORY), true, true),
            new Column("Price a month", Optional.of(FleetOrder.PRICE), true, true),
            new Column("Advice", Optional.of(FleetOrder.ACTION), false, false),
            new Column("Saving a month", Optional.of(FleetOrder.SAVING), true, false),
            new Column("Risk of 4", Optional.of(FleetOrder.RISK), true, false));

    static FleetPage of(FleetView view, Asked asked) {
        FleetFilter filter = filter(asked);
        FleetOrder order = FleetOrder.of(asked.text("sort")).orElse(FleetOrder.SAVING);
        boolean reversed = asked.text("dir").equals("up");
        return new FleetPage(
                view.part(filter, order, reversed, asked.number("from"), LIMIT),
                filter,
                asked.text("q"),
                order,
                reversed);
    }

    static FleetFilter filter(Asked asked) {
        return new FleetFilter(
                asked.text("q"),
                asked.text("cloud"),
                asked.text("owner"),
                asked.text("group"),
                asked.text("action"),
                asked.text("rule"),
                asked.text("tag"));
    }

    /** What can be chosen. */
    public List<Choice> choices() {
        List<Word> actions = new ArrayList<>();
        for (Action action : Action.values()) {
            actions.add(new Word(action.key(), -1));
        }
        actions.add(new Word(FleetFilter.UNDECIDED, -1));
        return List.of(
                new Choice("cloud", "Cloud", filter.cloud(), part.words().clouds()),
                new Choice("owner", "Owner", filter.owner(), part.words().owners()),
                new Choice("group", "Group", filter.group(), part.words().groups()),
                new Choice("action", "Advice", filter.action(), actions),
                new Choice("rule", "Rule", filter.rule(), part.words().rules()),
                new Choice("tag", "Tag", filter.tag(), part.words().tags()));
    }

    /** Whether anything is left out. */
    public boolean isFiltered() {
        return !filter.equals(FleetFilter.ALL);
    }

    /** The address of the same with another order; the other way round when it is that order already. */
    public String sorted(FleetOrder other) {
        return link("/", other, other == order && !reversed, 0);
    }

    /** The address of the page before this; empty on the first. */
    public Optional<String> previous() {
        return part.from() == 0
                ? Optional.empty()
                : Optional.of(link("/", order, reversed, Math.max(0, part.from() - LIMIT)));
    }

    /** The address of the page after this; empty on the last. */
    public Optional<String> next() {
        int next = part.from() + LIMIT;
        return next >= part.totals().machines() ? Optional.empty() : Optional.of(link("/", order, reversed, next));
    }

    /** The address of all that fit, as CSV. */
    public String csv() {
        return link("/fleet.csv", order, reversed, 0);
    }

    /** How a screen reader is told that a column is sorted by; empty when it is not. */
    public String sortedWord(Column column) {
        boolean by = column.order().filter(order::equals).isPresent();
        boolean amounts = column.number();
        return !by ? "" : amounts == reversed ? "ascending" : "descending";
    }

    private String link(String path, FleetOrder sort, boolean up, int from) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("q", text);
        query.put("cloud", filter.cloud());
        query.put("owner", filter.owner());
        query.put("group", filter.group());
        query.put("action", filter.action());
        query.put("rule", filter.rule());
        query.put("tag", filter.tag());
        query.put("sort", sort == FleetOrder.SAVING ? "" : sort.key());
        query.put("dir", up ? "up" : "");
        query.put("from", from == 0 ? "" : Integer.toString(from));
        StringBuilder link = new StringBuilder(path);
        query.forEach((name, value) -> {
            if (!value.isEmpty()) {
                link.append(link.indexOf("?") < 0 ? '?' : '&')
                        .append(name)
                        .append('=')
                        .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        });
        return link.toString();
    }
}
