package dev.muster.fleet;

import dev.muster.link.LinkFailure;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// How long to wait before a host is tried again.
final class Pauses {
    private static final Duration MOST = Duration.ofSeconds(30);

    private Pauses() {}

    /// @param failures how many there were in a row, from 1
    static Duration before(int failures, LinkFailure failure) {
        return switch (failure) {
            case LinkFailure.Offline f -> jittered(failures);
            // A person has to do something, and tells us when it is done: trying often would only
            // make the server shut us out.
            case LinkFailure.Locked f -> Duration.ofMinutes(5);
            case LinkFailure.AuthFailed f -> Duration.ofMinutes(5);
            case LinkFailure.HostKeyUnknown f -> Duration.ofMinutes(5);
            case LinkFailure.HostKeyChanged f -> Duration.ofMinutes(5);
            case LinkFailure.Misconfigured f -> Duration.ofMinutes(5);
            case LinkFailure.Penalised f -> Duration.ofMinutes(2);
        };
    }

    private static Duration jittered(int failures) {
        long ceiling = Math.min(MOST.toMillis(), 500L << Math.min(failures - 1, 10));
        return Duration.ofMillis(250 + ThreadLocalRandom.current().nextLong(ceiling));
    }
}
