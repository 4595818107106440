package io.regrade.offer;

import io.regrade.fact.Numbers;
import io.regrade.offer.Offer.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Holds what is agreed, and the conditions of an offer, against what the decisions say of each machine. */
public final class TermsCheck {

    /** What comes out. */
    public enum Result {
        /** The decision keeps to it. */
        KEPT,
        /** The decision breaks it. */
        BROKEN,
        /** Nothing is known that would tell. */
        UNKNOWN;

        /** As it is written, such as {@code kept}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One term held against one machine.
     *
     * @param pointer where the term stands in the offer, such as {@code /sla/0/max_price_usd_month}
     * @param vm the machine
     * @param agreed what is agreed, with its unit
     * @param offered what the decision says, {@code unknown} when it says nothing
     * @param result what comes out
     */
    public record Finding(String pointer, String vm, String agreed, String offered, Result result) {

        /** As one sentence. */
        public String sentence() {
            return "`" + vm + "` would have " + offered + ", agreed is " + agreed;
        }
    }

    private final List<Finding> findings = new ArrayList<>();

    private TermsCheck() {}

    /** Every term of an offer against each of its machines. */
    public static List<Finding> check(List<Item> items, Content content) {
        TermsCheck check = new TermsCheck();
        for (Item item : items) {
            Terms conditions = content.conditions();
            check.atMost(
                    "/conditions/max_price_usd_month",
                    item,
                    conditions.maxPriceUsdMonth(),
                    item.priceUsdMonth(),
                    "USD/month");
            check.oneOf("/conditions/families", item, conditions.families(), item.family());
            int place = 0;
            for (Agreement one : content.agreements()) {
                check.agreement("/sla/" + place++, item, one);
            }
        }
        return List.copyOf(check.findings);
    }

    private void agreement(String pointer, Item item, Agreement one) {
        atMost(pointer + "/max_price_usd_month", item, one.maxPriceUsdMonth(), item.priceUsdMonth(), "USD/month");
        atMost(
                pointer + "/max_saturated_hours_month",
                item,
                one.maxSaturatedHoursMonth(),
                item.saturatedHoursMonth(),
                "saturated h/month");
        if (!Double.isNaN(one.minAvailability())) {
            // No decision tells how available a target is: whoever signs has to know.
            add(pointer + "/min_availability", item, Numbers.show(one.minAvailability()) + " or more", null, false);
        }
        oneOf(pointer + "/allowed_clouds", item, one.allowedClouds(), item.cloud());
        oneOf(pointer + "/allowed_regions", item, one.allowedRegions(), item.region());
        oneOf(pointer + "/allowed_families", item, one.allowedFamilies(), item.family());
    }

    private void atMost(String pointer, Item item, double most, double is, String unit) {
        if (!Double.isNaN(most)) {
            String offered = Double.isNaN(is) ? null : Numbers.show(is) + " " + unit;
            add(pointer, item, "at most " + Numbers.show(most) + " " + unit, offered, is <= most);
        }
    }

    private void oneOf(String pointer, Item item, List<String> allowed, @Nullable String is) {
        if (!allowed.isEmpty()) {
            add(pointer, item, String.join(" or ", allowed), is, is != null && allowed.contains(is));
        }
    }

    private void add(String pointer, Item item, String agreed, @Nullable String offered, boolean kept) {
        Result result = offered == null ? Result.UNKNOWN : kept ? Result.KEPT : Result.BROKEN;
        findings.add(new Finding(pointer, item.vm(), agreed, offered == null ? "unknown" : offered, result));
    }
}
