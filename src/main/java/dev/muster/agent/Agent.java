package dev.muster.agent;

import dev.muster.host.AgentSpec;
import java.util.List;

/// One kind of agent.
public interface Agent {
    /// The `type` of `hosts.yaml` that this class launches.
    String type();

    /// The command line of a run.
    List<Word> command(AgentSpec spec, Launch launch);
}
