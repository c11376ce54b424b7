package dev.muster.host;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// How an agent is launched on a host.
///
/// @param type which adapter reads it: `claude`, `codex`, `gemini`, `opencode`, or `command` for
///     any other program
/// @param command a program name looked up in the login shell's PATH, or a path; a leading `~/` is
///     the host's home, a relative path with a slash starts at the worktree
/// @param args fixed arguments; for `command` they may hold `{prompt}` or `{promptFile}`
/// @param env wins over the account's and the host's ([Hosts#env]); a leading `~/` of a value is
///     the host's home
/// @param permissionMode passed to agents that know it
/// @param effort how hard its model should think, passed to agents that know it
/// @param systemPrompt put behind the agent's own system prompt, for agents that know it
/// @param account the account that its sessions use; empty: whatever the host is signed in to
public record AgentSpec(
        String name,
        String type,
        String command,
        List<String> args,
        Map<String, String> env,
        Optional<String> model,
        Optional<String> permissionMode,
        Optional<String> effort,
        Optional<String> systemPrompt,
        Optional<String> account) {

    /// The type of any program that Muster knows nothing about.
    public static final String COMMAND = "command";

    private static final List<String> KNOWN = List.of("claude", "codex", "gemini", "opencode");

    static final List<String> TYPES = List.of("claude", "codex", "gemini", "opencode", COMMAND);

    public AgentSpec {
        args = List.copyOf(args);
        env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
    }

    /// The agents that exist on every host without being named, by name.
    public static SequencedMap<String, AgentSpec> builtIn() {
        SequencedMap<String, AgentSpec> agents = new LinkedHashMap<>();
        KNOWN.forEach(type -> agents.put(type, plain(type, type, type)));
        return agents;
    }

    static AgentSpec plain(String name, String type, String command) {
        return new AgentSpec(
                name,
                type,
                command,
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
