package dev.muster.fleet;

import dev.muster.session.Vitals;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is known of a host itself.
///
/// @param detail why it is in this state, one sentence; null when online
/// @param secret that would let Muster in, `passphrase` or `password`; null where none would
/// @param since when it entered the state
/// @param lastHeard when it last answered, or null when never
/// @param latency round trip of the last heartbeat
/// @param target how it is reached, for people
/// @param problems what a session there would stumble over
/// @param versions `os`, `git`, `tmux`, `shell`
/// @param vitals its disk and its load, as it last said
public record HostStatus(
        String name,
        HostState state,
        @Nullable String detail,
        @Nullable String secret,
        Instant since,
        @Nullable Instant lastHeard,
        @Nullable Duration latency,
        String target,
        List<Problem> problems,
        Map<String, String> versions,
        Vitals vitals) {

    /// @param what `tmux`, `git`, `disk`, `clock`, `rc-file`, …
    /// @param fix what to do, or null
    public record Problem(String what, String detail, @Nullable String fix) {}

    public static HostStatus connecting(String name, String target, Instant now) {
        return new HostStatus(
                name,
                HostState.CONNECTING,
                "connecting for the first time",
                null,
                now,
                null,
                null,
                target,
                List.of(),
                Map.of(),
                Vitals.UNKNOWN);
    }

    public boolean online() {
        return state == HostState.ONLINE;
    }

    /// Enters a state, or stays in it with a newer sentence.
    public HostStatus to(HostState next, @Nullable String why, Instant now) {
        return to(next, why, null, now);
    }

    /// As {@link #to(HostState, String, Instant)}, where a secret of that kind would help.
    HostStatus to(HostState next, @Nullable String why, @Nullable String needs, Instant now) {
        return new HostStatus(
                name,
                next,
                why,
                needs,
                next == state ? since : now,
                lastHeard,
                next == HostState.ONLINE ? latency : null,
                target,
                problems,
                versions,
                vitals);
    }

    /// What an earlier life of the service remembers; a newer fact is kept.
    public HostStatus lastHeard(@Nullable Instant remembered) {
        return lastHeard != null || remembered == null ? this : heard(remembered, null);
    }

    public HostStatus heard(Instant at, @Nullable Duration roundTrip) {
        return new HostStatus(
                name, state, detail, secret, since, at, roundTrip, target, problems, versions,
                vitals);
    }

    public HostStatus found(
            List<Problem> nowProblems, Map<String, String> nowVersions, Vitals nowVitals) {
        return new HostStatus(
                name,
                state,
                detail,
                secret,
                since,
                lastHeard,
                latency,
                target,
                nowProblems,
                nowVersions,
                nowVitals);
    }

    public HostStatus reachedBy(String newTarget) {
        return new HostStatus(
                name, state, detail, secret, since, lastHeard, latency, newTarget, problems,
                versions, vitals);
    }
}
