package dev.muster.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `GET /api/v1/hosts/{name}/doctor`: each thing that a session needs there.
public record DoctorReport(String host, Instant asOf, List<Check> checks) {

    /// @param what `reachable`, `host-key`, `login-shell`, `sh`, `git`, `tmux`, `agent:claude`,
    ///     `disk`, `clock`, `linger`, `keychain`, `repo:api`, …
    /// @param state `ok`, `warning`, `missing` or `unknown`
    /// @param detail what was found
    /// @param fix what to do, or null when there is nothing to do
    public record Check(String what, String state, String detail, @Nullable String fix) {}
}
