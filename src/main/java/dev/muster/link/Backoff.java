package dev.muster.link;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before the next attempt to connect. Pure: the caller counts and waits.
public final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration MOST = Duration.ofSeconds(30);
    private static final Duration PERSON = Duration.ofMinutes(5);
    private static final Duration PENALTY = Duration.ofMinutes(2);

    private Backoff() {}

    /// The wait after a failure, in full jitter: between a little and a limit that doubles from
    /// 0.5 s to 30 s, so that many hosts that went together don't come back in one storm.
    ///
    /// What only a person can change (a key, a secret, a refused login) is tried again every few
    /// minutes only: sshd shuts out those who keep failing (PerSourcePenalties in sshd_config(5)).
    ///
    /// @param attempt how many have failed in a row, from 1
    public static Duration delay(int attempt, LinkFailure failure, RandomGenerator random) {
        return switch (failure) {
            case LinkFailure.Offline _ -> jittered(attempt, random);
            case LinkFailure.Penalised _ -> PENALTY.plus(part(PENALTY, random));
            case LinkFailure.Locked _,
                    LinkFailure.AuthFailed _,
                    LinkFailure.HostKeyUnknown _,
                    LinkFailure.HostKeyChanged _,
                    LinkFailure.Misconfigured _ ->
                    PERSON.plus(part(Duration.ofMinutes(1), random));
        };
    }

    private static Duration jittered(int attempt, RandomGenerator random) {
        int doublings = Math.clamp(attempt - 1, 0, 10);
        Duration limit = FIRST.multipliedBy(1L << doublings);
        Duration capped = limit.compareTo(MOST) < 0 ? limit : MOST;
        // Never at once: a tenth of the limit at least.
        return capped.dividedBy(10).plus(part(capped.dividedBy(10).multipliedBy(9), random));
    }

    private static Duration part(Duration most, RandomGenerator random) {
        return Duration.ofMillis(random.nextLong(most.toMillis() + 1));
    }
}
