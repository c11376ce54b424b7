package dev.muster.web.gate;

import dev.muster.fleet.access.AccessToken;
import dev.muster.fleet.access.AccessTokens;
import dev.muster.fleet.access.TokenScope;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Knows every token that is good now, in memory: a request is never kept waiting by the database.
public final class TokenBook {
    /// Lets people, and programs that look for secrets in repositories, tell what it is.
    private static final String PREFIX = "muster_";

    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String service;
    private final AccessTokens kept;
    private final Clock clock;

    /// By digest.
    private volatile Map<String, AccessToken> good = Map.of();

    /// @param service the service's own token, which may do everything
    public TokenBook(String service, AccessTokens kept, Clock clock) {
        this.service = service;
        this.kept = kept;
        this.clock = clock;
    }

    /// Reads what is kept. Until then the service's own token is the only one.
    public synchronized void load() {
        good =
                kept.all().stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        AccessToken::digest, Function.identity()));
    }

    /// @param token as a client showed it
    Optional<Caller> holder(String token) {
        // Compares in a time that does not tell how much of it was right.
        if (MessageDigest.isEqual(
                token.getBytes(StandardCharsets.UTF_8), service.getBytes(StandardCharsets.UTF_8))) {
            return Optional.of(Caller.owner());
        }
        return Optional.ofNullable(good.get(AccessToken.digest(token)))
                .map(found -> Caller.holder(found.name(), found.scope()));
    }

    /// The oldest first.
    public List<AccessToken> all() {
        return kept.all();
    }

    /// Makes a token.
    ///
    /// @return the token, which is shown this once; empty when the name is taken
    public synchronized Optional<String> create(String name, TokenScope scope) {
        byte[] random = new byte[BYTES];
        RANDOM.nextBytes(random);
        String token = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        boolean added =
                kept.add(
                        new AccessToken(
                                name,
                                scope,
                                AccessToken.digest(token),
                                clock.instant().truncatedTo(ChronoUnit.MILLIS)));
        load();
        return added ? Optional.of(token) : Optional.empty();
    }

    /// From now on the token opens nothing.
    ///
    /// @return false when there is none of that name
    public synchronized boolean revoke(String name) {
        boolean removed = kept.remove(name);
        load();
        return removed;
    }

    @Override
    public String toString() {
        return "TokenBook[" + good.size() + " tokens]";
    }
}
