package dev.muster.host;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// One host, with the defaults of the file already applied.
///
/// @param name as in the file, a range's number filled in
/// @param reach how to get there
/// @param shared other people can list processes there
/// @param defaultAgent the agent of a `start` that names none; a key of `agents`
/// @param agents every agent that can be started there, by name
/// @param env for every session there; a leading `~/` of a value is the host's home
/// @param repos by name, in the file's order
public record Host(
        String name,
        Reach reach,
        Map<String, String> labels,
        boolean shared,
        String defaultAgent,
        Map<String, AgentSpec> agents,
        Map<String, String> env,
        SequencedMap<String, Repo> repos) {

    public Host {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        agents = Collections.unmodifiableMap(new LinkedHashMap<>(agents));
        env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
        repos = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(repos));
    }

    public Optional<Repo> repo(String repo) {
        return Optional.ofNullable(repos.get(repo));
    }

    public Optional<AgentSpec> agent(String agent) {
        return Optional.ofNullable(agents.get(agent));
    }
}
