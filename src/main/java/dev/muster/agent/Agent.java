package dev.muster.agent;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.host.AgentSpec;
import java.time.Instant;
import java.util.List;

/// One kind of agent.
public interface Agent {
    /// The `type` of `hosts.yaml` that this class launches.
    String type();

    /// The command line of a run.
    List<Word> command(AgentSpec spec, Launch launch);

    /// A text that is to be read as text: whatever this agent would take for a command of its own
    /// at its beginning is guarded.
    default String guarded(String text) {
        return text;
    }

    /// The key, in tmux's words, that interrupts what the agent does without ending it.
    default String interruptKey() {
        return "C-c";
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
}
