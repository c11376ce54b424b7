package dev.muster.web.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.link.TerminalSize;
import java.io.IOException;
import java.util.Optional;

/// What a client says in a text frame: `{"resize":{"columns":C,"rows":R}}`.
final class ClientMessage {
    private ClientMessage() {}

    /// The new size, when the text is a resize that makes sense.
    static Optional<TerminalSize> resize(String text, String term, ObjectMapper json) {
        try {
            JsonNode size = json.readTree(text).path("resize");
            return Optional.of(
                    new TerminalSize(
                            size.path("columns").asInt(), size.path("rows").asInt(), term));
        } catch (IOException | IllegalArgumentException e) {
            // A client that is newer than this service, or wrong: its terminal goes on.
            return Optional.empty();
        }
    }
}
