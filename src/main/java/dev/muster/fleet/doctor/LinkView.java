package dev.muster.fleet.doctor;

import dev.muster.link.LinkFailure;
import dev.muster.link.VerifiedKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the service knows of the way to a host.
///
/// @param target `local`, or `user@name:port`
/// @param state the host's state, as the board says it
/// @param failure why it can't be reached; null while it can, or before the first try
/// @param latency round trip of the last heartbeat
/// @param key the host key that was verified for the connection
/// @param ignored options of `~/.ssh/config` that are set and not honoured
public record LinkView(
        String target,
        boolean online,
        String state,
        @Nullable LinkFailure failure,
        Optional<Duration> latency,
        Optional<VerifiedKey> key,
        List<String> ignored) {

    public LinkView {
        ignored = List.copyOf(ignored);
    }
}
