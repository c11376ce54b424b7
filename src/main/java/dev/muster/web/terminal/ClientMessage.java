package dev.muster.web.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.link.TerminalSize;
import java.io.IOException;

/// What a client says in a text frame.
sealed interface ClientMessage {
    /// `{"resize":{"columns":C,"rows":R}}`
    record Resize(TerminalSize size) implements ClientMessage {}

    /// `{"taken":N}`: so many bytes of output are shown, since the connection began.
    record Taken(long bytes) implements ClientMessage {}

    /// Of a client that is newer than this service, or wrong: its terminal goes on.
    record Unknown() implements ClientMessage {}

    /// @param term that the client's terminal was opened with
    static ClientMessage read(String text, String term, ObjectMapper json) {
        try {
            JsonNode message = json.readTree(text);
            if (message.path("taken").isIntegralNumber()) {
                return new Taken(message.path("taken").asLong());
            }
            JsonNode size = message.path("resize");
            return new Resize(
                    new TerminalSize(
                            size.path("columns").asInt(), size.path("rows").asInt(), term));
        } catch (IOException | IllegalArgumentException e) {
            return new Unknown();
        }
    }
}
