package io.regrade.pipeline.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.regrade.decision.FactReader;
import io.regrade.decision.PolicyRef;
import io.regrade.execute.Order;
import io.regrade.fact.Target;
import io.regrade.fact.Vm;
import io.regrade.ledger.Evidence;
import io.regrade.pipeline.CatalogContent;
import java.io.IOException;
import java.util.Optional;

/**
 * What a decision says is to be done, read from what was stored with it. Immutable.
 *
 * @param decision the decision's id
 * @param policy what decided
 * @param vm the machine as it was decided on
 * @param target where it is to go, as it was offered then
 * @param order what is to be done
 */
record Approved(String decision, PolicyRef policy, Vm vm, Target target, Order order) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * Reads it; empty when the decision does not reclassify.
     *
     * @throws IllegalArgumentException when what is stored is damaged
     */
    static Optional<Approved> of(Evidence evidence) {
        JsonNode decision = evidence.decision();
        String id = decision.at("/target/id").textValue();
        if (!decision.path("action").asText().equals("reclassify") || id == null) {
            return Optional.empty();
        }
        CatalogContent catalog = CatalogContent.read(evidence.catalog());
        Vm vm = vm(evidence.facts());
        Optional<Target> old = catalog.targets().stream()
                .filter(one -> one.type() != null && one.type().equals(vm.type()))
                .findFirst();
        return catalog.targets().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .map(target -> new Approved(
                        decision.path("id").asText(),
                        new PolicyRef(
                                decision.at("/policy/name").asText(),
                                decision.at("/policy/digest").asText()),
                        vm,
                        target,
                        Order.of(vm, MovedVm.on(vm, target, old))));
    }

    private static Vm vm(byte[] facts) {
        try {
            return FactReader.vm(MAPPER.readTree(facts).path("vm"));
        } catch (IOException e) {
            throw new IllegalArgumentException("the stored facts are damaged", e);
        }
    }
}
