package io.regrade.catalog;

import io.regrade.fact.Attribute;
import io.regrade.fact.Numbers;
import io.regrade.fact.Requirement;
import io.regrade.fact.Resource;
import io.regrade.fact.Target;
import org.jspecify.annotations.Nullable;

/** One thing that every supporting target must offer; its sentences are made when they are asked for. */
public sealed interface Constraint {

    /** What it is about; null for availability, which is no property of a machine. */
    @Nullable
    Attribute attribute();

    /** How it is written, such as {@code memory_gib>=12.4} or {@code arch=x86_64}. */
    String text();

    /** Who asks for it; empty when the configuration does not say. */
    String source();

    /** Whether the target offers it for certain. */
    boolean isMetBy(Target target);

    /** By how much the target misses it, in {@link #unit()}; NaN when that is unknown or no quantity. */
    double shortBy(Target target);

    /** The unit of what is missing, empty when it is no quantity. */
    String unit();

    /** What is needed and what the target has instead, such as {@code needs 12.4 GiB, has 8, short 4.4}. */
    String why(Target target);

    /**
     * A least amount of one resource.
     *
     * @param resource the resource
     * @param amount the least amount, in the resource's unit
     */
    record Floor(Resource resource, double amount) implements Constraint {

        @Override
        public Attribute attribute() {
            return Attribute.of(resource);
        }

        @Override
        public String text() {
            return resource.key() + ">=" + Numbers.show(amount);
        }

        @Override
        public String source() {
            return "";
        }

        @Override
        public boolean isMetBy(Target target) {
            return target.capacity().of(resource) >= amount;
        }

        @Override
        public double shortBy(Target target) {
            return amount - target.capacity().of(resource);
        }

        @Override
        public String unit() {
            return resource.unit();
        }

        @Override
        public String why(Target target) {
            String needs = "needs " + Numbers.show(amount) + " " + resource.unit() + ", ";
            double has = target.capacity().of(resource);
            return Double.isNaN(has)
                    ? needs + "its " + resource.label() + " is unknown"
                    : needs + "has " + Numbers.show(has) + ", short " + Numbers.show(amount - has);
        }
    }

    /**
     * A requirement that is not a least amount.
     *
     * @param requirement the requirement, of the first source that states it
     */
    record Quality(Requirement requirement) implements Constraint {

        @Override
        public Attribute attribute() {
            return requirement.attribute();
        }

        @Override
        public String text() {
            return requirement.text();
        }

        @Override
        public String source() {
            return requirement.source();
        }

        @Override
        public boolean isMetBy(Target target) {
            return requirement.metBy(target) == Requirement.Met.YES;
        }

        @Override
        public double shortBy(Target target) {
            return Double.NaN;
        }

        @Override
        public String unit() {
            return "";
        }

        @Override
        public String why(Target target) {
            String has = offered(target);
            return "needs " + text()
                    + (has == null ? ", its " + requirement.attribute().key() + " is unknown" : ", has " + has);
        }

        private @Nullable String offered(Target target) {
            Resource resource = requirement.attribute().resource();
            if (resource != null) {
                double amount = target.capacity().of(resource);
                return Double.isNaN(amount) ? null : Numbers.show(amount);
            }
            return switch (requirement.attribute()) {
                case OS -> target.os() == null ? null : target.os().toString();
                case ISA -> target.features().isEmpty() ? null : String.join(";", target.features());
                case FEATURE -> target.features().isEmpty() ? "no features" : String.join(";", target.features());
                case ARCH -> target.arch();
                case CLOUD -> target.cloud();
                case REGION -> target.region();
                case FAMILY -> target.family();
                case BURSTABLE ->
                    target.burstable() == null ? null : target.burstable().toString();
                default -> null;
            };
        }
    }

    /** At least one of it can still be had. */
    record Availability() implements Constraint {

        static final Availability ONE = new Availability();

        @Override
        public @Nullable Attribute attribute() {
            return null;
        }

        @Override
        public String text() {
            return "available>=1";
        }

        @Override
        public String source() {
            return "";
        }

        @Override
        public boolean isMetBy(Target target) {
            return target.isAvailable();
        }

        @Override
        public double shortBy(Target target) {
            return 1;
        }

        @Override
        public String unit() {
            return "";
        }

        @Override
        public String why(Target target) {
            return "none is left";
        }
    }
}
