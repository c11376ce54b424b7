package dev.muster.agent;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An agent that a person started by hand, as Claude Code's session registry tells of it
/// (`sessions/<pid>.json`, seen with 2.1.329). All of it is untrusted text.
///
/// @param conversation its id; another one after `/clear`
/// @param name as the agent calls it
/// @param folder where it was started
/// @param began when its process began, in the system's own clock; null where it does not say
/// @param standing how it stands; null when it does not say
/// @param since when it began to stand so
public record ByHand(
        String conversation,
        @Nullable String name,
        String folder,
        @Nullable String began,
        AgentEvent.@Nullable Standing standing,
        Instant startedAt,
        Instant since) {

    /// @return empty when it is no entry of a registry
    public static Optional<ByHand> read(JsonNode entry) {
        String conversation = ClaudeHooks.text(entry, "sessionId");
        String folder = entry.path("cwd").asText("");
        if (conversation == null
                || !conversation.matches("[0-9A-Za-z-]{1,64}")
                || !folder.startsWith("/")
                || folder.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        Instant started = time(entry, "startedAt", Instant.EPOCH);
        AgentEvent.Standing standing =
                ClaudeSigns.stands(entry).stream()
                        .filter(AgentEvent.Standing.class::isInstance)
                        .map(AgentEvent.Standing.class::cast)
                        .findFirst()
                        .orElse(null);
        return Optional.of(
                new ByHand(
                        conversation,
                        ClaudeHooks.text(entry, "name"),
                        folder,
                        ClaudeHooks.text(entry, "procStart"),
                        standing,
                        started,
                        time(entry, "statusUpdatedAt", started)));
    }

    private static Instant time(JsonNode entry, String name, Instant otherwise) {
        try {
            JsonNode millis = entry.path(name);
            return millis.canConvertToLong() && millis.longValue() > 0
                    ? Instant.ofEpochMilli(millis.longValue())
                    : otherwise;
        } catch (DateTimeException e) {
            return otherwise;
        }
    }
}
