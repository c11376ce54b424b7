package dev.muster.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One host of `hosts.yaml`, or one that left it and still has rows (`disabled`).
///
/// @param state `connecting`, `online`, `offline`, `locked`, `auth-failed`, `host-key-unknown`,
///     `host-key-changed`, `penalised` or `disabled`
/// @param detail one sentence on why it is in that state, or null when `online`
/// @param secret that would let Muster in, by `/hosts/{name}/unlock`: `passphrase` or `password`;
///     null where none would help
/// @param since when it entered that state
/// @param asOf when the host was last heard of, or null when never
/// @param latencyMs round trip of the last heartbeat in milliseconds, or null
/// @param target how it is reached: `local`, or `user@host:port`
/// @param sessions how many sessions it has on the board
/// @param versions what was found there: `os`, `tmux`, `git`, `shell`
/// @param disk where Muster's folder is, as the host last said; null where it has not
/// @param load as the host last said; null where it has not
public record HostRow(
        String name,
        String state,
        @Nullable String detail,
        @Nullable String secret,
        Instant since,
        @Nullable Instant asOf,
        @Nullable Long latencyMs,
        String target,
        int sessions,
        List<HostProblem> problems,
        Map<String, String> labels,
        List<String> repos,
        Map<String, String> versions,
        @Nullable Disk disk,
        @Nullable Load load) {

    /// @param sizeKib of the whole file system, in KiB
    /// @param freeKib for the account that Muster uses
    public record Disk(long sizeKib, long freeKib) {}

    /// @param average processes that ran or waited to run, over the last minute
    /// @param cpus processors, or null when the host does not tell
    public record Load(double average, @Nullable Integer cpus) {}

    /// Something on a host that a session would stumble over, or did.
    ///
    /// @param what `tmux`, `git`, `agent`, `disk`, `clock`, `rc-file`, …
    public record HostProblem(String what, String detail, @Nullable String fix) {}
}
