package io.regrade.execute.nova;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.execute.Check;
import io.regrade.execute.Errand;
import io.regrade.execute.Executor;
import io.regrade.execute.NoAnswerException;
import io.regrade.execute.Order;
import io.regrade.execute.RefusedByCloudException;
import io.regrade.execute.Sighting;
import io.regrade.execute.Sighting.What;
import io.regrade.execute.nova.Nova.Action;
import io.regrade.execute.nova.Nova.Flavor;
import io.regrade.execute.nova.Nova.Room;
import io.regrade.execute.nova.Nova.Server;
import io.regrade.execute.nova.OpenStackCalls.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Resizes servers of an OpenStack: a machine's class is the name of a flavor, its instance the server's id. Thread-safe.
 *
 * <p>Nova takes a resize that no host can take with 202 and leaves the server active on its flavor, without a fault; only the
 * server's actions tell. So the newest action is noted before anything is asked, and what is newer than that is Regrade's.
 */
public final class NovaExecutor implements Executor {

    private static final String RESIZE = "resize";

    private final Nova nova;

    /** One for an OpenStack. */
    public NovaExecutor(NovaSettings settings) {
        OpenStackCalls calls = new OpenStackCalls(settings.timeout());
        this.nova = new Nova(calls, new Keystone(settings, calls));
    }

    @Override
    public String name() {
        return "nova";
    }

    @Override
    public List<Check> check(Order order) throws NoAnswerException {
        List<Check> checks = new ArrayList<>();
        checks.add(server(order));
        Optional<Flavor> to = nova.flavor(String.valueOf(order.to()));
        if (to.isEmpty()) {
            checks.add(Check.fails("flavor", "Nova has no flavor `" + order.to() + "`"));
            return checks;
        }
        checks.add(Check.holds("flavor", "Nova has the flavor `" + order.to() + "`"));
        checks.add(quota(to.get(), nova.flavor(String.valueOf(order.from())).orElse(new Flavor("", 0, 0))));
        return checks;
    }

    private Check server(Order order) throws NoAnswerException {
        Optional<Server> found = nova.server(order.instance());
        if (found.isEmpty()) {
            return Check.fails(
                    "server",
                    "Nova has no server `" + order.instance() + "`. Maybe its id is missing in the" + " machine's tag `"
                            + Order.INSTANCE_TAG + "`");
        }
        Server server = found.get();
        if (!isAtRest(server)) {
            return Check.fails("server", "the server is " + server.status() + (server.busy() ? " and busy" : ""));
        }
        return server.flavor().equals(order.from())
                ? Check.holds("server", "the server is " + server.status() + " with the flavor `" + order.from() + "`")
                : Check.fails(
                        "server", "the server has the flavor `" + server.flavor() + "`, not `" + order.from() + "`");
    }

    private static boolean isAtRest(Server server) {
        return !server.busy()
                && (server.status().equals("ACTIVE") || server.status().equals("SHUTOFF"));
    }

    private Check quota(Flavor to, Flavor from) throws NoAnswerException {
        Room room = nova.room();
        long vcpu = (long) to.vcpu() - from.vcpu();
        long memory = (long) to.memoryMib() - from.memoryMib();
        boolean fits = (room.vcpu() < 0 || vcpu <= room.vcpu()) && (room.memoryMib() < 0 || memory <= room.memoryMib());
        String detail = "it takes " + vcpu + " vCPU and " + memory + " MiB more; the quota leaves " + words(room.vcpu())
                + " vCPU and " + words(room.memoryMib()) + " MiB";
        return fits ? Check.holds("quota", detail) : Check.fails("quota", detail);
    }

    private static String words(long left) {
        return left < 0 ? "any number of" : String.valueOf(left);
    }

    @Override
    public String mark(Order order) throws NoAnswerException {
        List<Action> actions = nova.actions(order.instance());
        return actions.isEmpty() ? "" : actions.get(0).request();
    }

    @Override
    public void act(Errand errand) throws RefusedByCloudException, NoAnswerException {
        Flavor flavor = nova.flavor(String.valueOf(errand.order().to()))
                .orElseThrow(() -> new RefusedByCloudException(
                        "Nova has no flavor `" + errand.order().to() + "`"));
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject(RESIZE).put("flavorRef", flavor.id());
        ask(errand, body);
    }

    @Override
    public void confirm(Errand errand) throws RefusedByCloudException, NoAnswerException {
        ask(errand, JsonNodeFactory.instance.objectNode().putNull("confirmResize"));
    }

    @Override
    public void revert(Errand errand) throws RefusedByCloudException, NoAnswerException {
        ask(errand, JsonNodeFactory.instance.objectNode().putNull("revertResize"));
    }

    private void ask(Errand errand, ObjectNode body) throws RefusedByCloudException, NoAnswerException {
        Reply reply = nova.act(errand.order().instance(), body);
        if (!reply.ok()) {
            throw new RefusedByCloudException(reply.reason());
        }
    }

    @Override
    public Sighting look(Errand errand) throws NoAnswerException {
        Order order = errand.order();
        Optional<Server> found = nova.server(order.instance());
        if (found.isEmpty()) {
            return Sighting.of(What.GONE);
        }
        Server server = found.get();
        boolean there = server.flavor().equals(order.to());
        if (server.status().equals("ERROR")) {
            return new Sighting(What.ELSEWHERE, "Nova says ERROR: " + server.fault());
        }
        if (server.status().equals("VERIFY_RESIZE") && there && !server.busy()) {
            return Sighting.of(What.AWAITS);
        }
        if (!isAtRest(server)) {
            return new Sighting(What.UNDER_WAY, server.status());
        }
        if (there) {
            return Sighting.of(What.DONE);
        }
        return Objects.equals(server.flavor(), order.from())
                ? unmoved(errand)
                : new Sighting(What.ELSEWHERE, "the server has the flavor `" + server.flavor() + "`");
    }

    /** A server at rest on its old flavor: nothing was asked, or it was taken back, or no host could take it. */
    private Sighting unmoved(Errand errand) throws NoAnswerException {
        for (Action action : nova.actions(errand.order().instance())) {
            if (action.request().equals(errand.mark())) {
                break;
            }
            if (action.action().equals("revertResize") && !action.failed()) {
                return Sighting.of(What.AS_BEFORE);
            }
            if (action.action().equals(RESIZE)) {
                return action.failed()
                        ? new Sighting(What.COULD_NOT, "Nova tells an error of action " + action.request())
                        : new Sighting(What.UNDER_WAY, "Nova has taken " + action.request());
            }
        }
        return Sighting.of(What.AS_BEFORE);
    }

    @Override
    public List<String> preview(Order order) {
        String action = "POST /servers/" + order.instance() + "/action ";
        return List.of(
                action + "{\"resize\": {\"flavorRef\": the flavor `" + order.to() + "`}}",
                "GET /servers/" + order.instance() + " until it is VERIFY_RESIZE with that flavor",
                action + "{\"confirmResize\": null}, or {\"revertResize\": null} to take it back");
    }
}
