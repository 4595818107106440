package io.regrade.fact;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Something a machine must offer, stated by a software module, an agreement, or a rule.
 *
 * @param attribute what it is about
 * @param operator how the offer is compared with the value
 * @param value the value as it was written; alternatives of {@link Operator#EQ} are separated by {@code |}
 * @param amount the value of a quantity in the attribute's unit, NaN when the attribute is not a quantity
 * @param source who states it, such as {@code module postgresql 15.4}, or the reason a rule gives
 */
public record Requirement(
        Attribute attribute,
        Operator operator,
        String value,
        @MayBeUnknown double amount,
        String source) {

    /** Without the blanks around it: a pattern with them takes a step for each two blanks of a long row. */
    private static final Pattern SEPARATOR = Pattern.compile("\\|");

    /** Takes every zero as one: there is none below it. */
    public Requirement {
        amount = Numbers.plain(amount);
        value = Characters.writable(value);
        source = Characters.writable(source);
    }

    /** How what is offered compares with what is required. */
    public enum Operator {
        EQ("="),
        NE("!="),
        GE(">="),
        LE("<=");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        public String sign() {
            return sign;
        }
    }

    /** Whether a machine offers what is required. */
    public enum Met {
        YES,
        NO,
        /** Not enough is known of the machine to say. */
        UNKNOWN
    }

    /** At least so much of a resource, in its unit. */
    public static Requirement atLeast(Resource resource, double amount, String source) {
        return new Requirement(Attribute.of(resource), Operator.GE, Numbers.show(amount), amount, source);
    }

    /** What was used, and this share of it to spare. */
    public static Requirement withHeadroom(Resource resource, double used, double headroom, String source) {
        return atLeast(
                resource,
                used * (1 + headroom),
                amount(source, used, resource) + " and " + Numbers.percent(headroom) + " to spare");
    }

    /** So much that what was used fills this share of it. */
    public static Requirement atUtilisation(Resource resource, double used, double utilisation, String source) {
        return atLeast(
                resource,
                used / utilisation,
                amount(source, used, resource) + " filling at most " + Numbers.percent(utilisation));
    }

    /** So much that neither more nor less of it would cost less in all: see {@link Usage#worthwhileCapacity}. */
    public static Requirement worthwhile(Usage usage, double utilisation, double priceUsdMonth, double hourUsd) {
        double amount = usage.worthwhileCapacity(utilisation, priceUsdMonth, hourUsd);
        return atLeast(
                usage.resource(),
                amount,
                "what is short for " + Numbers.show(usage.hoursMonthAbove(amount * utilisation))
                        + " hours a month, where more would cost more than "
                        + Numbers.dollars(hourUsd) + " for each of them");
    }

    /**
     * The highest use seen, and as much to spare as is worth its price: see {@link Usage#worthwhileSpare}.
     *
     * @param leastSpare the least share to spare
     * @param most no more than this is asked for, unless more was used; infinite for no bound
     */
    public static Requirement worthwhileSpare(
            Usage usage,
            double leastSpare,
            double priceUsdMonth,
            double shortageUsd,
            double medianExcess,
            double shape,
            double most) {
        double worth = usage.worthwhileSpare(priceUsdMonth, shortageUsd, medianExcess, shape);
        double amount = usage.max() * (1 + Math.max(worth, leastSpare));
        double bounded = Math.max(Math.min(amount, most), usage.max());
        String seen = amount("the highest use seen", usage.max(), usage.resource()) + " and ";
        return atLeast(
                usage.resource(),
                bounded,
                bounded < amount
                        ? seen + "no more to spare than there is"
                        : seen + Numbers.percent(Math.max(worth, leastSpare)) + " to spare");
    }

    /** The highest use seen, and its growth for so many days more. */
    public static Requirement afterGrowth(Usage usage, double days, String source) {
        return atLeast(
                usage.resource(),
                usage.max() + usage.trendPerDay() * days,
                amount(source, usage.max(), usage.resource()) + " growing by " + Numbers.show(usage.trendPerDay())
                        + " a day for " + Numbers.show(days) + " days");
    }

    private static String amount(String source, double used, Resource resource) {
        return source + " (" + Numbers.show(used) + " " + resource.unit() + ")";
    }

    /** Exactly this value, or one of several separated by {@code |}. */
    public static Requirement equal(Attribute attribute, String value, String source) {
        return new Requirement(attribute, Operator.EQ, value, Double.NaN, source);
    }

    /** At least this version of an operating system. */
    public static Requirement osAtLeast(String os, String source) {
        return new Requirement(Attribute.OS, Operator.GE, os, Double.NaN, source);
    }

    /**
     * Reads {@code key op value}, such as {@code vcpu>=4} or {@code feature=selinux}.
     *
     * @throws IllegalArgumentException when the key or the operator is unknown, or a quantity is not a number that is
     *     finite and zero or more; the message says which
     */
    public static Requirement parse(String text, String source) {
        for (int at = 1; at < text.length(); at++) { // the first sign is the operator: a value may hold others
            for (Operator operator : Operator.values()) {
                if (text.startsWith(operator.sign(), at)) {
                    String key = text.substring(0, at).strip();
                    String value = text.substring(at + operator.sign().length()).strip();
                    return of(attribute(key), operator, value, source);
                }
            }
        }
        throw new IllegalArgumentException("`" + text + "` is not a requirement. Maybe `vcpu>=4` or `feature=selinux`");
    }

    private static Attribute attribute(String key) {
        return Attribute.byKey(key)
                .orElseThrow(() -> new IllegalArgumentException("`" + key + "` is not a known requirement. Maybe "
                        + Suggestion.nearest(key, Attribute.values(), Attribute::key)));
    }

    private static Requirement of(Attribute attribute, Operator operator, String value, String source) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("`" + attribute.key() + operator.sign() + "` has no value");
        }
        if (attribute.resource() == null) {
            Requirement requirement = new Requirement(attribute, operator, value, Double.NaN, source);
            if (attribute == Attribute.OS) {
                requirement.alternatives().forEach(OperatingSystem::parse);
            }
            return requirement;
        }
        double amount = Numbers.parse(value);
        if (!(amount >= 0) || Double.isInfinite(amount)) {
            throw new IllegalArgumentException("`" + value + "` is not an amount of `" + attribute.key() + "`");
        }
        return new Requirement(attribute, operator, value, amount, source);
    }

    /** Whether the machine offers this; libraries are a matter of modules and always unknown here. */
    public Met metBy(Machine machine) {
        Resource resource = attribute.resource();
        if (resource != null) {
            return metByAmount(machine.capacity().of(resource));
        }
        return switch (attribute) {
            case OS -> metByOs(machine);
            case FEATURE -> metByFeatures(machine);
            case ISA -> metByIsa(machine);
            case ARCH -> metByText(machine.arch());
            case CLOUD -> metByText(machine.cloud());
            case REGION -> metByText(machine.region());
            case FAMILY -> metByText(machine.family());
            case BURSTABLE ->
                metByText(
                        machine instanceof Target target && target.burstable() != null
                                ? target.burstable().toString()
                                : null);
            default -> Met.UNKNOWN;
        };
    }

    private Met metByAmount(double offered) {
        if (Double.isNaN(offered)) {
            return Met.UNKNOWN;
        }
        return met(
                switch (operator) {
                    case EQ -> offered == amount;
                    case NE -> offered != amount;
                    case GE -> offered >= amount;
                    case LE -> offered <= amount;
                });
    }

    private Met metByOs(Machine machine) {
        OperatingSystem offered = machine.os();
        if (offered == null) {
            return Met.UNKNOWN;
        }
        boolean unknown = false;
        for (String one : alternatives()) {
            Met met = metByOs(machine, offered, OperatingSystem.parse(one));
            // One alternative is enough, but none of those that are ruled out may be there.
            if (met == (operator == Operator.NE ? Met.NO : Met.YES)) {
                return met;
            }
            unknown |= met == Met.UNKNOWN;
        }
        return unknown ? Met.UNKNOWN : met(operator == Operator.NE);
    }

    private Met metByOs(Machine machine, OperatingSystem offered, OperatingSystem wanted) {
        if (wanted.canRun(offered)) {
            return met(operator != Operator.NE); // the very same, or one of the family that is asked for
        }
        if (offered.canRun(wanted)) {
            // A target that takes any Linux can be given the release that is asked for; a running machine cannot.
            return machine instanceof Target ? Met.YES : Met.UNKNOWN;
        }
        return switch (operator) {
            case EQ -> Met.NO;
            case NE -> Met.YES;
            case GE -> met(offered.isAtLeast(wanted));
            case LE -> met(wanted.isAtLeast(offered));
        };
    }

    private Met metByFeatures(Machine machine) {
        boolean has = false;
        for (String alternative : alternatives()) {
            has |= machine.features().contains(alternative);
        }
        return met(has == (operator == Operator.EQ || operator == Operator.GE));
    }

    /** A level of x86-64 has all of those below it; of a machine that states none, it is unknown. */
    private Met metByIsa(Machine machine) {
        int wanted = InstructionLevel.of(value);
        if (wanted == 0 || operator == Operator.NE || operator == Operator.LE) {
            return metByFeatures(machine);
        }
        String arch = machine.arch();
        if (arch != null && !arch.equalsIgnoreCase(InstructionLevel.ARCH)) {
            return Met.NO;
        }
        int offered = InstructionLevel.of(machine.features());
        if (offered > 0) {
            return met(offered >= wanted);
        }
        return wanted == 1 && arch != null ? Met.YES : Met.UNKNOWN;
    }

    private Met metByText(@Nullable String offered) {
        if (offered == null) {
            return Met.UNKNOWN;
        }
        return met(alternatives().contains(offered.toLowerCase(Locale.ROOT)) == (operator != Operator.NE));
    }

    private List<String> alternatives() {
        String all = value.toLowerCase(Locale.ROOT);
        return all.indexOf('|') < 0
                ? List.of(all)
                : SEPARATOR.splitAsStream(all).map(String::strip).toList();
    }

    private static Met met(boolean yes) {
        return yes ? Met.YES : Met.NO;
    }

    /** The requirement as it is written in files, such as {@code memory_gib>=12.4}. */
    public String text() {
        return attribute.key() + operator.sign() + value;
    }
}
