package dev.muster.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.session.Activity;
import dev.muster.session.State;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The journal of a real session (`src/test/resources/agents`), read again.
final class Recorded {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> states = new ArrayList<>();
    private final List<Request> requests = new ArrayList<>();
    private Activity activity = Activity.NONE;

    private Recorded() {}

    static Recorded of(Agent agent) throws IOException {
        Recorded recorded = new Recorded();
        String name = "/agents/" + agent.type() + ".jsonl";
        try (InputStream in = Recorded.class.getResourceAsStream(name)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String line : text.lines().toList()) {
                recorded.fold(agent, JSON.readTree(line));
            }
        }
        return recorded;
    }

    private void fold(Agent agent, JsonNode record) {
        Instant at = Instant.ofEpochSecond(record.path("t").asLong());
        for (AgentEvent event : agent.read(record, at)) {
            activity = activity.apply(event);
            if (event instanceof AgentEvent.Asked asked) {
                requests.add(asked.request());
            }
        }
        String state = words(activity.state());
        if (states.isEmpty() || !states.getLast().equals(state)) {
            states.add(state);
        }
    }

    private static String words(State state) {
        return state.word() + (state.detail() == null ? "" : " " + state.detail());
    }

    /// What the board would have said, one after the other.
    List<String> states() {
        return states;
    }

    List<Request> requests() {
        return requests;
    }

    Activity activity() {
        return activity;
    }
}
