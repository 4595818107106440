package io.regrade.fact;

import org.jspecify.annotations.Nullable;

/**
 * A reason to change the machine.
 *
 * @param attribute what should change
 * @param direction more (or newer, or safer), or less
 * @param obligation whether it must change even when that saves nothing
 * @param from what it has, as text; {@code unknown} when that is unknown
 * @param to what it should have, as text
 * @param fromAmount what it has, NaN when it is not a quantity or unknown
 * @param toAmount what it should have, NaN when it is not a quantity
 * @param why the sentence that explains it
 */
public record Need(
        Attribute attribute,
        Direction direction,
        boolean obligation,
        String from,
        String to,
        @MayBeUnknown double fromAmount,
        @MayBeUnknown double toAmount,
        String why) {

    /** Makes its texts writable. */
    public Need {
        from = Characters.writable(from);
        to = Characters.writable(to);
        why = Characters.writable(why);
    }

    /** Which way a need points. */
    public enum Direction {
        UPGRADE,
        DOWNGRADE
    }

    /** The machine has more of a resource than anything asks for. */
    public static Need downgrade(Demand demand) {
        return quantity(demand, Direction.DOWNGRADE, false, " is enough: ");
    }

    /** The machine has less of a resource than was agreed with its owner. */
    public static Need agreed(Demand demand, String why) {
        Need need = quantity(demand, Direction.UPGRADE, true, " is needed: ");
        return new Need(
                need.attribute,
                need.direction,
                need.obligation,
                need.from,
                need.to,
                need.fromAmount,
                need.toAmount,
                demand.resource().label() + ": " + why);
    }

    /** The machine has less of a resource than is asked for; worth changing when that brings more than it costs. */
    public static Need upgrade(Demand demand) {
        return quantity(demand, Direction.UPGRADE, false, " is needed: ");
    }

    /** The machine is not what a requirement states: it has too little, or more than is allowed. */
    public static Need unmet(Requirement requirement, Vm vm) {
        Resource resource = requirement.attribute().resource();
        double has = resource == null ? Double.NaN : vm.capacity().of(resource);
        String from = resource == null ? present(requirement, vm) : Numbers.show(has);
        return new Need(
                requirement.attribute(),
                requirement.amount() < has ? Direction.DOWNGRADE : Direction.UPGRADE,
                true,
                from,
                requirement.value(),
                has,
                requirement.amount(),
                requirement.source() + " requires " + requirement.text() + "; the machine has " + from);
    }

    /** Whether another machine could bring it; a library that is missing has to be installed wherever it runs. */
    public boolean isSolvedByMoving() {
        return attribute != Attribute.LIBRARY;
    }

    /** Whether it cannot wait for a target that offers it: an obligation, or more of a resource. */
    public boolean isPressing() {
        return obligation || (direction == Direction.UPGRADE && attribute.resource() != null);
    }

    /** The operating system should be replaced by a newer release. */
    public static Need newerOs(Vm vm, LifeCycle lifeCycle, boolean obligation, String why) {
        return new Need(
                Attribute.OS,
                Direction.UPGRADE,
                obligation,
                String.valueOf(vm.os()),
                lifeCycle.successor(),
                Double.NaN,
                Double.NaN,
                why);
    }

    /** The machine does next to nothing. */
    public static Need idle(Vm vm, Usage cpu) {
        return new Need(
                Attribute.VCPU,
                Direction.DOWNGRADE,
                false,
                Numbers.show(vm.capacity().vcpu()),
                Numbers.show(cpu.p99()),
                vm.capacity().vcpu(),
                cpu.p99(),
                "it is idle: 99 % of the time it uses " + Numbers.show(cpu.p99()) + " vCPU or less of "
                        + Numbers.show(vm.capacity().vcpu()) + ". Maybe switch it off");
    }

    private static Need quantity(Demand demand, Direction direction, boolean obligation, String verb) {
        Resource resource = demand.resource();
        return new Need(
                Attribute.of(resource),
                direction,
                obligation,
                Numbers.show(demand.have()),
                Numbers.show(demand.required()),
                demand.have(),
                demand.required(),
                resource.label() + ": has " + Numbers.show(demand.have()) + " " + resource.unit() + ", "
                        + Numbers.show(demand.required()) + " " + resource.unit() + verb + demand.source());
    }

    private static String present(Requirement requirement, Vm vm) {
        @Nullable
        Object has = switch (requirement.attribute()) {
            case OS -> vm.os();
            case ARCH -> vm.arch();
            case FEATURE, ISA -> vm.features().isEmpty() ? "no features" : String.join(";", vm.features());
            case CLOUD -> vm.cloud();
            case REGION -> vm.region();
            case FAMILY -> vm.family();
            default -> "none";
        };
        return has == null ? "unknown" : has.toString();
    }
}
