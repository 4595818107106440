package io.regrade.web.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.decision.DecisionJson;
import io.regrade.decision.DecisionJson.Detail;
import io.regrade.pipeline.DecideOtherwise.Dial;
import io.regrade.pipeline.DecideOtherwise.Outcome;
import java.util.List;

/** What the sliders of a decision are made of, and what comes of moving one, as JSON. */
final class Otherwise {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Otherwise() {}

    static ObjectNode dials(List<Dial> dials) {
        ObjectNode node = JSON.objectNode();
        ArrayNode list = node.putArray("dials");
        for (Dial dial : dials) {
            list.addObject()
                    .put("name", dial.name())
                    .put("words", dial.words())
                    .put("unit", dial.unit())
                    .put("from", dial.from())
                    .put("least", dial.least())
                    .put("greatest", dial.greatest());
        }
        return node;
    }

    static ObjectNode outcome(Outcome outcome) {
        ObjectNode node = JSON.objectNode();
        ObjectNode decision = DecisionJson.decision(outcome.otherwise(), Detail.SUMMARY);
        node.put("turned", outcome.turned());
        node.put("sentence", DecisionPage.sentence(decision));
        node.put("why", outcome.otherwise().why());
        node.put("action", outcome.otherwise().action().key());
        return node;
    }
}
