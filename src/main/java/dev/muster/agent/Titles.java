package dev.muster.agent;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `lib/title.sh` writes down: how an agent stands, by the title that it gives its terminal.
final class Titles {
    private Titles() {}

    /// @param waitsFor what it waits for when it says that it waits; null where its hook tells
    static List<AgentEvent> read(JsonNode said, @Nullable String waitsFor) {
        return switch (said.path("stance").asText("")) {
            case "idle" -> stands(AgentEvent.Stance.IDLE, null);
            case "busy" -> stands(AgentEvent.Stance.BUSY, null);
            case "waiting" -> stands(AgentEvent.Stance.WAITING, waitsFor);
            default -> List.of();
        };
    }

    private static List<AgentEvent> stands(AgentEvent.Stance stance, @Nullable String waitsFor) {
        return List.of(new AgentEvent.Standing(stance, waitsFor));
    }
}
