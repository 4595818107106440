package io.regrade.web.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.ledger.Plan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plan of the whole fleet.
 *
 * @param plan how far it is
 * @param content what it says as the API writes it, null while it is not done
 */
public record PlanPage(Plan plan, @Nullable ObjectNode content) {

    /** The plans there are, newest first. */
    public record All(List<Plan> plans) {}

    /** A wave and its moves. */
    public record Wave(int number, boolean canary, String window, List<JsonNode> moves, double savingUsdMonth) {}

    /** The waves in their order. */
    public List<Wave> waves() {
        List<Wave> waves = new ArrayList<>();
        if (content == null) {
            return waves;
        }
        for (JsonNode wave : content.path("waves")) {
            int number = wave.path("number").asInt();
            List<JsonNode> moves = new ArrayList<>();
            double saving = 0;
            for (JsonNode move : content.path("moves")) {
                if (move.path("wave").asInt() == number) {
                    moves.add(move);
                    saving += move.path("saving_usd_month").asDouble();
                }
            }
            waves.add(new Wave(
                    number, wave.path("canary").asBoolean(), wave.path("window").asText(""), moves, saving));
        }
        return waves;
    }

    /** The most moves in a wave. */
    public int mostMoves() {
        return waves().stream().mapToInt(wave -> wave.moves().size()).max().orElse(1);
    }
}
