package dev.muster.agent;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something that an agent waits for a person to decide.
///
/// @param id made on the host: 16 hexadecimal digits
/// @param tool that it wants to use; for a question, the tool that asks it
/// @param summary the input in one line, for the board
/// @param input the tool's input as the agent gave it; null when it is too long to be carried in
///     an event: it then lies in a file beside the request
/// @param digest [Digest] of the whole input: what is answered is what was read
/// @param suggestions standing permissions that the agent offers with a yes, as it gave them
/// @param by the subagent that asks; null: the agent itself
public record Request(
        String id,
        Kind kind,
        String tool,
        String summary,
        @Nullable JsonNode input,
        String digest,
        List<JsonNode> suggestions,
        @Nullable String by,
        Instant askedAt) {

    public enum Kind {
        APPROVAL,
        QUESTION
    }

    public Request {
        suggestions = suggestions == null ? List.of() : List.copyOf(suggestions);
    }
}
