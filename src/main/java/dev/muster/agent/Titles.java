package dev.muster.agent;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// What `lib/title.sh` writes down: how an agent stands, by the title that it gives its terminal.
final class Titles {
    private Titles() {}

    static List<AgentEvent> read(JsonNode said) {
        return switch (said.path("stance").asText("")) {
            case "idle" -> stands(AgentEvent.Stance.IDLE);
            case "busy" -> stands(AgentEvent.Stance.BUSY);
            case "waiting" ->
                    List.of(
                            new AgentEvent.Standing(
                                    AgentEvent.Stance.WAITING, "permission prompt"));
            default -> List.of();
        };
    }

    private static List<AgentEvent> stands(AgentEvent.Stance stance) {
        return List.of(new AgentEvent.Standing(stance, null));
    }
}
