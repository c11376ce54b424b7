package dev.muster.host;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How an agent is launched on a host.
///
/// @param type which adapter reads it: `claude`, `command`, …
/// @param command a program name looked up in the login shell's PATH, or a path; a leading `~/` is
///     the host's home, a relative path with a slash starts at the worktree
/// @param args fixed arguments; for `command` they may hold `{prompt}` or `{promptFile}`
/// @param permissionMode passed to agents that know it
public record AgentSpec(
        String name,
        String type,
        String command,
        List<String> args,
        Map<String, String> env,
        Optional<String> model,
        Optional<String> permissionMode) {}
