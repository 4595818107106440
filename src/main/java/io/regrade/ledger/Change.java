package io.regrade.ledger;

import io.regrade.fact.Pricing;
import io.regrade.fact.Target;
import io.regrade.fact.Vm;
import io.regrade.fact.VmFacts;
import java.util.List;

/** Something that is done to the inventory at once. Of two entries with one id, the later counts. */
public sealed interface Change {

    /** Machines with everything that is known of them; takes the place of what was held. */
    record PutVms(List<VmFacts> vms) implements Change {
        /** Copies the list. */
        public PutVms {
            vms = List.copyOf(vms);
        }
    }

    /** Machines as one describes them in a table: usage, modules and agreement stay as they are held. */
    record DescribeVms(List<Vm> vms) implements Change {
        /** Copies the list. */
        public DescribeVms {
            vms = List.copyOf(vms);
        }
    }

    /** Targets; takes the place of what was held under the same ids. */
    record PutTargets(List<Target> targets) implements Change {
        /** Copies the list. */
        public PutTargets {
            targets = List.copyOf(targets);
        }
    }

    /** What a manifest says of a machine; takes the place of what was held under the same name. */
    record PutManifest(HeldManifest manifest) implements Change {}

    /** What a manifest says of a machine goes. */
    record RemoveManifest(String vm, String name) implements Change {}

    /** One machine goes, with what manifests say of it. */
    record RemoveVm(String id) implements Change {}

    /** One target goes. */
    record RemoveTarget(String id) implements Change {}

    /** Everything that is held makes place for a fleet. */
    record ReplaceAll(List<VmFacts> vms, List<Target> targets, Pricing pricing) implements Change {
        /** Copies the lists. */
        public ReplaceAll {
            vms = List.copyOf(vms);
            targets = List.copyOf(targets);
        }
    }
}
