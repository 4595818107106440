package io.regrade.pipeline.fleet;

import io.regrade.fact.Vm;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which machines are looked at; what is empty does not matter.
 *
 * @param text what the id, name, type, owner, group or target contains, in any case
 * @param cloud in this cloud
 * @param owner that this owner answers for
 * @param group of this group
 * @param action with this advice, as it is written; {@code none} for those that nothing was decided of
 * @param rule for which this rule fired
 * @param tag with this tag, {@code name=value}
 */
public record FleetFilter(String text, String cloud, String owner, String group, String action, String rule, String tag)
        implements Predicate<FleetRow> {

    /** All machines. */
    public static final FleetFilter ALL = new FleetFilter("", "", "", "", "", "", "");

    /** What {@link #action} is for machines that nothing was decided of. */
    public static final String UNDECIDED = "none";

    /** Reads text in lower case. */
    public FleetFilter {
        text = text.strip().toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean test(FleetRow row) {
        Vm vm = row.vm();
        return is(cloud, vm.cloud())
                && is(owner, vm.owner())
                && is(group, vm.group())
                && isAction(row)
                && (rule.isEmpty()
                        || (row.advice() != null && row.advice().rules().contains(rule)))
                && isTagged(vm.tags())
                && isNamed(row);
    }

    private static boolean is(String wanted, @Nullable String value) {
        return wanted.isEmpty() || Objects.equals(wanted, value);
    }

    private boolean isAction(FleetRow row) {
        return action.isEmpty()
                || (row.action() == null
                        ? action.equals(UNDECIDED)
                        : row.action().key().equals(action));
    }

    private boolean isTagged(Map<String, String> tags) {
        if (tag.isEmpty()) {
            return true;
        }
        int split = tag.indexOf('=');
        return split > 0 && tag.substring(split + 1).equals(tags.get(tag.substring(0, split)));
    }

    private boolean isNamed(FleetRow row) {
        Vm vm = row.vm();
        return text.isEmpty()
                || has(vm.id())
                || has(vm.name())
                || has(vm.type())
                || has(vm.owner())
                || has(vm.group())
                || (row.advice() != null && has(row.advice().target()));
    }

    private boolean has(@Nullable String value) {
        return value != null && value.toLowerCase(Locale.ROOT).contains(text);
    }
}
