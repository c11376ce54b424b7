package dev.muster.agent;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;

/// A line that an agent without a screen is told, in Claude Code's stream-json protocol.
///
/// @param name of the file that carries it on the host (`put.sh`), the same for a repeated request
/// @param line without its newline
public record StreamMessage(String name, String line) {
    private static final String CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// A prompt. The agent takes each uuid once, also over a resume of its conversation.
    ///
    /// @param ulid the prompt's id
    public static StreamMessage prompt(String ulid, String text) {
        String uuid = uuid(ulid).toString();
        ObjectNode message = JsonNodeFactory.instance.objectNode();
        message.put("type", "user").put("uuid", uuid);
        ObjectNode body = message.putObject("message").put("role", "user");
        body.putArray("content").addObject().put("type", "text").put("text", text);
        return new StreamMessage(uuid, message.toString());
    }

    /// @param id letters, digits and `-`, unique for the run
    public static StreamMessage interrupt(String id) {
        String name = "c-i-" + id;
        ObjectNode message = JsonNodeFactory.instance.objectNode();
        message.put("type", "control_request").put("request_id", name);
        message.putObject("request").put("subtype", "interrupt");
        return new StreamMessage(name, message.toString());
    }

    /// The uuid of version 7 (RFC 9562) that has the time and the random bits of a ULID: names that
    /// are sorted are in the order in which the prompts were made.
    static UUID uuid(String ulid) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < ulid.length(); i++) {
            int digit = CROCKFORD.indexOf(ulid.charAt(i));
            if (digit < 0) {
                throw new IllegalArgumentException("not a ULID: " + ulid);
            }
            high = high << 5 | low >>> 59;
            low = low << 5 | digit;
        }
        return new UUID(high & ~0xf000L | 0x7000L, low & ~(3L << 62) | 2L << 62);
    }
}
