package io.regrade.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.regrade.fact.Capacity;
import io.regrade.fact.Pricing;
import io.regrade.fact.Redundancy;
import io.regrade.fact.Resource;
import io.regrade.fact.SoftwareModule;
import io.regrade.fact.Target;
import io.regrade.fact.Vm;
import io.regrade.fact.VmFacts;
import io.regrade.ledger.Inventory.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every inventory does; each adapter runs it. */
public abstract class InventoryContract {

    private Inventory inventory;

    /** An inventory with nothing in it. */
    protected abstract Inventory empty() throws Exception;

    @BeforeEach
    void make() throws Exception {
        inventory = empty();
    }

    private static VmFacts vm(String id, @Nullable String group, double vcpu) {
        Vm vm = new Vm(
                id,
                id,
                null,
                null,
                null,
                null,
                Capacity.UNKNOWN.with(Resource.CPU, vcpu),
                null,
                Set.of(),
                Double.NaN,
                group,
                null,
                Map.of());
        return new VmFacts(vm, List.of(), List.of(new SoftwareModule("nginx", null, List.of())), null, List.of());
    }

    private static Target target(String id, double price) {
        return new Target(
                id,
                Target.Kind.CLASS,
                null,
                null,
                null,
                null,
                Capacity.UNKNOWN,
                null,
                null,
                Set.of(),
                price,
                null,
                Map.of());
    }

    private Outcome apply(Change change) {
        return inventory.apply(change, Expectation.NONE).toCompletableFuture().join();
    }

    private void assertRefused(Change change, Expectation expectation) {
        assertThatThrownBy(() -> inventory
                        .apply(change, expectation)
                        .toCompletableFuture()
                        .join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(ExpectationFailedException.class);
    }

    @Test
    void empty_hasNothing() {
        InventorySnapshot state = inventory.snapshot();
        assertThat(state.vmCount()).isZero();
        assertThat(state.vm("a")).isEmpty();
        assertThat(state.target("a")).isEmpty();
        assertThat(state.vms(null, 10)).isEqualTo(new Page<>(List.of(), null));
        assertThat(state.targets(null, 10)).isEqualTo(new Page<>(List.of(), null));
        assertThat(state.group("g")).isEmpty();
        assertThat(state.pricing()).isEqualTo(Pricing.HOURLY);
    }

    @Test
    void put_createsAndReplaces() {
        assertThat(apply(new Change.PutVms(List.of(vm("a", null, 1), vm("b", null, 1)))))
                .isEqualTo(new Outcome(2, 0, 0));
        assertThat(apply(new Change.PutVms(List.of(vm("b", null, 2), vm("c", null, 1)))))
                .isEqualTo(new Outcome(1, 1, 0));
        assertThat(inventory.snapshot().vm("b")).contains(vm("b", null, 2));
        assertThat(inventory.snapshot().vmCount()).isEqualTo(3);
        assertThat(apply(new Change.PutTargets(List.of(target("t", 1), target("t", 2)))))
                .isEqualTo(new Outcome(1, 0, 0));
        assertThat(inventory.snapshot().target("t")).contains(target("t", 2));
        assertThat(inventory.snapshot().targets()).containsExactly(target("t", 2));
    }

    @Test
    void describe_keepsWhatTheTableDoesNotTell() {
        apply(new Change.PutVms(List.of(vm("a", null, 1))));
        assertThat(apply(new Change.DescribeVms(
                        List.of(vm("a", "web", 4).vm(), vm("b", null, 2).vm()))))
                .isEqualTo(new Outcome(1, 1, 0));

        VmFacts a = inventory.snapshot().vm("a").orElseThrow();
        assertThat(a.vm()).isEqualTo(vm("a", "web", 4).vm());
        assertThat(a.modules()).hasSize(1);
        assertThat(inventory.snapshot().vm("b").orElseThrow().modules()).isEmpty();
    }

    @Test
    void remove_takesOneAway() {
        apply(new Change.PutVms(List.of(vm("a", "web", 1), vm("b", "web", 1))));
        apply(new Change.PutTargets(List.of(target("t", 1))));
        assertThat(apply(new Change.RemoveVm("a"))).isEqualTo(new Outcome(0, 0, 1));
        assertThat(apply(new Change.RemoveVm("a"))).isEqualTo(new Outcome(0, 0, 0));
        assertThat(apply(new Change.RemoveTarget("t"))).isEqualTo(new Outcome(0, 0, 1));
        assertThat(apply(new Change.RemoveTarget("t"))).isEqualTo(new Outcome(0, 0, 0));
        assertThat(inventory.snapshot().group("web")).containsExactly(vm("b", "web", 1));
        assertThat(inventory.snapshot().targets()).isEmpty();
    }

    @Test
    void replaceAll_leavesNothingOfBefore() {
        apply(new Change.PutVms(List.of(vm("a", null, 1))));
        apply(new Change.PutTargets(List.of(target("t", 1))));
        Pricing pricing = new Pricing(Pricing.Model.CONSUMPTION, 0.03, 0.004, Double.NaN, Double.NaN);

        assertThat(apply(new Change.ReplaceAll(List.of(vm("b", null, 1)), List.of(target("u", 1)), pricing)))
                .isEqualTo(new Outcome(2, 0, 2));
        InventorySnapshot state = inventory.snapshot();
        assertThat(state.vms(null, 10).items()).containsExactly(vm("b", null, 1));
        assertThat(state.targets()).containsExactly(target("u", 1));
        assertThat(state.pricing()).isEqualTo(pricing);
    }

    @Test
    void snapshot_neverChanges() {
        apply(new Change.PutVms(List.of(vm("a", "web", 1))));
        apply(new Change.PutTargets(List.of(target("t", 1))));
        InventorySnapshot before = inventory.snapshot();
        apply(new Change.PutVms(List.of(vm("a", "web", 2), vm("b", "web", 1))));
        apply(new Change.RemoveTarget("t"));

        assertThat(before.vm("a")).contains(vm("a", "web", 1));
        assertThat(before.group("web")).hasSize(1);
        assertThat(before.targets()).hasSize(1);
        assertThat(before.vmCount()).isEqualTo(1);
    }

    @Test
    void catalogVersion_changesWithTargetsAlone() {
        long empty = inventory.snapshot().catalogVersion();
        apply(new Change.PutVms(List.of(vm("a", null, 1))));
        apply(new Change.RemoveTarget("nothing"));
        assertThat(inventory.snapshot().catalogVersion()).isEqualTo(empty);
        apply(new Change.PutTargets(List.of(target("t", 1))));
        long one = inventory.snapshot().catalogVersion();
        apply(new Change.RemoveTarget("t"));
        assertThat(List.of(empty, one, inventory.snapshot().catalogVersion())).doesNotHaveDuplicates();
    }

    @Test
    void whatAGroupCarries_isNotHeld() {
        VmFacts member = vm("a", "web", 1);
        apply(new Change.PutVms(List.of(new VmFacts(
                member.vm(),
                member.usage(),
                member.modules(),
                null,
                List.of(new Redundancy("web", 3, Resource.CPU, 1))))));
        assertThat(inventory.snapshot().vm("a")).contains(member);
    }

    @Test
    void expectations_areHeldAgainstWhatIsThere() {
        assertRefused(new Change.PutVms(List.of(vm("a", null, 1))), new Expectation(List.of(), true, false));
        inventory
                .apply(new Change.PutVms(List.of(vm("a", null, 1))), new Expectation(List.of(), false, true))
                .toCompletableFuture()
                .join();
        assertRefused(new Change.PutVms(List.of(vm("a", null, 2))), new Expectation(List.of(), false, true));
        String tag = Expectation.tag(vm("a", null, 1));
        assertRefused(new Change.RemoveVm("a"), new Expectation(List.of("other"), true, false));
        assertThat(inventory.snapshot().vm("a")).contains(vm("a", null, 1));
        assertThat(inventory
                        .apply(
                                new Change.PutVms(List.of(vm("a", null, 2))),
                                new Expectation(List.of("x", tag), true, false))
                        .toCompletableFuture()
                        .join())
                .isEqualTo(new Outcome(0, 1, 0));
        assertRefused(new Change.RemoveVm("a"), new Expectation(List.of(tag), true, false));
        apply(new Change.PutTargets(List.of(target("t", 1))));
        assertRefused(new Change.PutTargets(List.of(target("t", 2))), new Expectation(List.of(), false, true));
        assertThat(inventory
                        .apply(
                                new Change.RemoveTarget("t"),
                                new Expectation(List.of(Expectation.tag(target("t", 1))), true, false))
                        .toCompletableFuture()
                        .join()
                        .removed())
                .isEqualTo(1);
    }

    @Test
    void pages_goThroughAllById_alsoWhileThingsCome() {
        apply(new Change.PutVms(List.of(vm("b", null, 1), vm("d", null, 1), vm("a", null, 1), vm("c", null, 1))));
        Page<VmFacts> first = inventory.snapshot().vms(null, 2);
        apply(new Change.PutVms(List.of(vm("aa", null, 1), vm("bb", null, 1))));
        apply(new Change.RemoveVm("b"));

        Page<VmFacts> second = inventory.snapshot().vms(first.next(), 2);
        Page<VmFacts> third = inventory.snapshot().vms(second.next(), 2);
        List<String> ids = new ArrayList<>();
        for (Page<VmFacts> page : List.of(first, second, third)) {
            page.items().forEach(facts -> ids.add(facts.vm().id()));
        }
        assertThat(ids).containsExactly("a", "b", "bb", "c", "d");
        assertThat(third.next()).isNull();
        assertThat(inventory.snapshot().vms(null, 5).next()).isNull();
    }

    @Test
    void cursors_ofOtherLists_areRefused() {
        apply(new Change.PutVms(List.of(vm("a", null, 1), vm("b", null, 1))));
        String cursor = inventory.snapshot().vms(null, 1).next();
        InventorySnapshot state = inventory.snapshot();
        assertThatThrownBy(() -> state.targets(cursor, 1)).isInstanceOf(InvalidCursorException.class);
        assertThatThrownBy(() -> state.vms("§", 1)).isInstanceOf(InvalidCursorException.class);
    }

    @Test
    void writersAtOnce_loseNothing() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Integer>> work = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                String prefix = "t" + thread + "-";
                work.add(() -> {
                    for (int i = 0; i < 100; i++) {
                        apply(new Change.PutVms(List.of(vm(prefix + i, "g", 1))));
                    }
                    // Of four that expect to be the first, one is.
                    try {
                        inventory
                                .apply(
                                        new Change.PutVms(List.of(vm("only", null, 1))),
                                        new Expectation(List.of(), false, true))
                                .toCompletableFuture()
                                .join();
                        return 1;
                    } catch (CompletionException e) {
                        return 0;
                    }
                });
            }
            int first = 0;
            for (Future<Integer> one : pool.invokeAll(work)) {
                first += one.get();
            }
            assertThat(first).isEqualTo(1);
        } finally {
            pool.shutdownNow();
        }
        assertThat(inventory.snapshot().vmCount()).isEqualTo(401);
        assertThat(inventory.snapshot().group("g")).hasSize(400);
    }

    @Test
    void manifests_areHeldWithTheirMachine_andGoWithIt() throws Exception {
        inventory
                .apply(new Change.PutVms(List.of(vm("a", null, 4), vm("a b", null, 2))), Expectation.NONE)
                .toCompletableFuture()
                .get();
        HeldManifest first = new HeldManifest("a", "x.ovf", "sha256:00", 3, vm("a", null, 8), "{}");
        HeldManifest other = new HeldManifest("a b", "x.ovf", "sha256:01", 3, vm("a b", null, 8), "{}");

        assertThat(put(first)).isEqualTo(new Outcome(1, 0, 0));
        assertThat(put(first)).isEqualTo(new Outcome(0, 1, 0));
        assertThat(put(other)).isEqualTo(new Outcome(1, 0, 0));
        assertThat(put(new HeldManifest("gone", "x", "sha256:02", 3, vm("gone", null, 8), "{}")))
                .isEqualTo(new Outcome(0, 0, 0));
        assertThat(inventory.snapshot().manifests("a")).containsExactly(first);

        inventory
                .apply(new Change.RemoveVm("a"), Expectation.NONE)
                .toCompletableFuture()
                .get();
        assertThat(inventory.snapshot().manifests("a")).isEmpty();
        assertThat(inventory.snapshot().manifests("a b")).containsExactly(other);
        Outcome removed = inventory
                .apply(new Change.RemoveManifest("a b", "x.ovf"), Expectation.NONE)
                .toCompletableFuture()
                .get();
        assertThat(removed).isEqualTo(new Outcome(0, 0, 1));
        assertThat(inventory.snapshot().manifests("a b")).isEmpty();
    }

    private Outcome put(HeldManifest manifest) throws Exception {
        return inventory
                .apply(new Change.PutManifest(manifest), Expectation.NONE)
                .toCompletableFuture()
                .get();
    }
}
