package dev.muster.agent;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is known of Claude Code without its hooks: the questions that stand before it
/// (`lib/agent-claude.sh`), how it stands by its session registry (`lib/registry.sh`), what its
/// status line reads (`lib/status.sh`) and what its transcripts add up to (`lib/tokens.sh`).
final class ClaudeSigns {
    private static final String ATTACH = "; answer it in `muster attach`";

    /// Its turn is over, and shells that it began in the background go on.
    private static final String SHELLS = "shell";

    private ClaudeSigns() {}

    /// @param gates their names, in the order in which they will be asked
    static List<AgentEvent> gated(JsonNode gates) {
        List<String> names =
                List.of(gates.path("gates").asText("").split(" ")).stream()
                        .filter(name -> !name.isEmpty())
                        .toList();
        if (names.isEmpty()) {
            return List.of();
        }
        List<String> says = new ArrayList<>();
        names.forEach(name -> says.add(question(name, gates.path("folder").asText(""))));
        String fix =
                names.contains("trust")
                        ? ATTACH + ", or let Muster do so with `trust: true` at the repo"
                        : ATTACH;
        return List.of(new AgentEvent.Gated(names.getFirst(), String.join("; ", says) + fix));
    }

    private static String question(String gate, String folder) {
        return switch (gate) {
            case "onboarding" -> "it asks its first-run questions";
            case "trust" -> "it asks whether to trust " + (folder.isEmpty() ? "the repo" : folder);
            case "key" -> "it asks whether to use the API key of its environment";
            case "login" -> "it is not signed in";
            default -> "it has not begun, and stands before a question that it does not tell of";
        };
    }

    /// @param entry `status`, and `waitingFor` where it waits
    static List<AgentEvent> stands(JsonNode entry) {
        String status = entry.path("status").asText("");
        if (status.equals(SHELLS)) {
            return List.of(
                    new AgentEvent.Standing(
                            AgentEvent.Stance.IDLE, AgentEvent.Standing.BACKGROUND));
        }
        return stance(status)
                .<List<AgentEvent>>map(
                        stance ->
                                List.of(
                                        new AgentEvent.Standing(
                                                stance, ClaudeHooks.text(entry, "waitingFor"))))
                .orElse(List.of());
    }

    private static Optional<AgentEvent.Stance> stance(String status) {
        return switch (status) {
            case "idle" -> Optional.of(AgentEvent.Stance.IDLE);
            case "busy" -> Optional.of(AgentEvent.Stance.BUSY);
            case "waiting" -> Optional.of(AgentEvent.Stance.WAITING);
            default -> Optional.empty();
        };
    }

    /// @param line of the status line's input what counts, its keys joined with dots
    static List<AgentEvent> used(JsonNode line) {
        Reading reading =
                new Reading(
                        ClaudeHooks.text(line, "model.id"),
                        number(line.path("cost.total_cost_usd")),
                        // Its tokens are those of the newest reply only.
                        null,
                        null,
                        number(line.path("context_window.used_percentage")),
                        count(line.path("cost.total_lines_added")),
                        count(line.path("cost.total_lines_removed")),
                        window(line, "rate_limits.five_hour"),
                        window(line, "rate_limits.seven_day"));
        return List.of(new AgentEvent.Used(reading));
    }

    /// @param sums of the tokens that its process was billed, subagents included
    static List<AgentEvent> tokens(JsonNode sums) {
        return List.of(new AgentEvent.Used(counters(sums)));
    }

    /// @param sums that the conversation had come to before its process began
    static List<AgentEvent> before(JsonNode sums) {
        return List.of(new AgentEvent.CountsFrom(counters(sums)));
    }

    private static Reading counters(JsonNode sums) {
        return new Reading(
                null,
                number(sums.path("cost")),
                count(sums.path("input")),
                count(sums.path("output")),
                null,
                null,
                null,
                null,
                null);
    }

    private static Reading.@Nullable Window window(JsonNode line, String name) {
        Double used = number(line.path(name + ".used_percentage"));
        if (used == null) {
            return null;
        }
        return new Reading.Window(used, instant(line.path(name + ".resets_at")));
    }

    static @Nullable Instant instant(JsonNode seconds) {
        try {
            return seconds.isNumber() ? Instant.ofEpochSecond(seconds.longValue()) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    static @Nullable Double number(JsonNode node) {
        return node.isNumber() && Double.isFinite(node.doubleValue()) && node.doubleValue() >= 0
                ? node.doubleValue()
                : null;
    }

    static @Nullable Long count(JsonNode node) {
        return node.canConvertToLong() && node.longValue() >= 0 ? node.longValue() : null;
    }
}
