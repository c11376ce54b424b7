package dev.muster.agent;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Something that an agent waits for a person to decide.
///
/// @param id made on the host: 16 hexadecimal digits
/// @param tool that it wants to use; for a question, the tool that asks it
/// @param summary the input in one line, for the board
/// @param input the tool's input as the agent gave it; null when it is too long to be carried in
///     an event: it then lies in a file beside the request
/// @param digest [Digest] of the whole input: what is answered is what was read; for one that lies
///     in a file, the sum of that
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
        QUESTION,

        /// A dialog that is known to be there, and that only the agent's own screen takes an answer
        /// of.
        SCREEN
    }

    /// How the digest of a payload begins that lies in a file on the host, cut out of the event.
    static final String PAYLOAD = "payload:";

    private static final Pattern ID = Pattern.compile("[0-9a-f]{16}");

    public Request {
        suggestions = suggestions == null ? List.of() : List.copyOf(suggestions);
    }

    /// A dialog that no hook told of: its id is made of what is known of it.
    ///
    /// @param tool empty where it is not known
    /// @param since when the session was first seen to wait
    public static Request onScreen(String session, String tool, String summary, Instant since) {
        return new Request(
                Digest.of(session + '\n' + since + '\n' + summary).substring(0, 16),
                Kind.SCREEN,
                tool,
                summary,
                null,
                "",
                List.of(),
                null,
                since);
    }

    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /// Whether its input is here, whole and as it was asked: only then may it be allowed.
    @JsonIgnore
    public boolean exact() {
        return input != null && digest.equals(Digest.of(input));
    }

    /// Whether its input lies in a file on its host.
    @JsonIgnore
    public boolean elsewhere() {
        return input == null && digest.startsWith(PAYLOAD) && digest.length() > PAYLOAD.length();
    }
}
