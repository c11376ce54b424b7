package dev.muster.agent;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.host.AgentSpec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One kind of agent.
public interface Agent {
    /// The `type` of `hosts.yaml` that this class launches.
    String type();

    /// The command line of a run.
    List<Word> command(AgentSpec spec, Launch launch);

    /// The command line of a run without a screen, which speaks Claude Code's stream-json protocol
    /// with `lib/stream.sh` on its standard input and output; empty for an agent that can't. The
    /// first prompt goes as its first message, never as an argument.
    default Optional<List<Word>> headless(AgentSpec spec, Launch launch) {
        return Optional.empty();
    }

    /// A text that is to be read as text: whatever this agent would take for a command of its own
    /// at its beginning is guarded.
    default String guarded(String text) {
        return text;
    }

    /// A text that was typed, as this agent tells that it took it ([AgentEvent.Prompted]).
    default String heard(String text) {
        return text.strip();
    }

    /// What its input line looks like, in the words of `send.sh`: `-` when nothing is known of it.
    default String inputLine() {
        return "-";
    }

    /// The key, in tmux's words, that interrupts what the agent does without ending it; where it
    /// takes several, they stand with a space between them.
    default String interruptKey() {
        return "C-c";
    }

    /// Whether that may be pressed once more when nothing came of it: an agent that has stopped
    /// meanwhile makes nothing of it.
    default boolean interruptsAgain() {
        return false;
    }

    /// Whether it says itself when it is ready and what it does: until it does so, it is starting.
    default boolean speaks() {
        return false;
    }

    /// What a record of its hooks in the host's journal means, in order; empty when it says nothing
    /// of interest. Hosts are not trusted: what is not understood says nothing.
    ///
    /// @param record the whole record, see `lib/hook.sh`
    default List<AgentEvent> read(JsonNode record, Instant at) {
        return List.of();
    }

    /// What a request's waiting hook on the host is to print, so that the agent takes this answer.
    ///
    /// @param request with its whole input
    /// @return empty when this agent can't be answered from elsewhere
    default Optional<String> decision(Request request, Answer answer) {
        return Optional.empty();
    }

    /// A request with its whole input, which was too long for an event.
    ///
    /// @param payload what lies in the file beside it
    /// @return empty when that is not what was asked, or can't be read
    default Optional<Request> whole(Request request, byte[] payload) {
        return Optional.empty();
    }
}
