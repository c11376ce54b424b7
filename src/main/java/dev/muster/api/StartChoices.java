package dev.muster.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// `GET /api/v1/choices`: what a start can name, as `hosts.yaml` says.
public record StartChoices(List<HostChoice> hosts, List<String> accounts) {

    /// @param agent the one of a start that names none
    public record HostChoice(
            String name, String agent, List<AgentChoice> agents, List<RepoChoice> repos) {}

    /// @param type which adapter reads it: `claude`, …, `command`
    /// @param model of a start that names none, or null
    public record AgentChoice(String name, String type, @Nullable String model) {}

    /// @param base the branch that new work starts from, or null for the repo's own
    public record RepoChoice(String name, String path, @Nullable String base) {}
}
