package dev.muster.agent;

import dev.muster.host.AgentSpec;
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
}
