package dev.muster.web;

import dev.muster.api.HostKey;
import dev.muster.api.Outcome;
import dev.muster.api.TrustRequest;
import dev.muster.api.UnlockRequest;
import dev.muster.fleet.Fleet;
import dev.muster.fleet.FleetBoard;
import dev.muster.fleet.HostState;
import dev.muster.fleet.HostStatus;
import dev.muster.fleet.Refused;
import dev.muster.fleet.Refused.Kind;
import dev.muster.link.LinkFailure;
import dev.muster.link.LinkFailure.OfferedKey;
import dev.muster.link.Links;
import dev.muster.link.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a person gives a host so that it can be reached: trust in its key, a secret. The host is
/// tried again at once, and the answer says how that went.
@ApplicationScoped
public class HostAccess {
    /// How long an answer waits for the connection that follows.
    private static final Duration SOON = Duration.ofSeconds(15);

    private static final Set<HostState> WAITING =
            Set.of(HostState.LOCKED, HostState.HOST_KEY_UNKNOWN, HostState.HOST_KEY_CHANGED);

    private final Fleet fleet;
    private final Links links;

    HostAccess(Fleet fleet, Links links) {
        this.fleet = fleet;
        this.links = links;
    }

    HostKey key(String name) throws Refused {
        String target = status(name).target();
        return switch (fleet.failure(name).orElse(null)) {
            case LinkFailure.HostKeyUnknown unknown ->
                    row(name, unknown.offered(), "unknown", List.of(), null);
            case LinkFailure.HostKeyChanged changed ->
                    row(name, changed.offered(), "changed", changed.expected(), changed.source());
            case null, default -> new HostKey(name, target, "known", List.of(), List.of(), null);
        };
    }

    private static HostKey row(
            String name,
            OfferedKey offered,
            String state,
            List<String> expected,
            @Nullable String source) {
        return new HostKey(
                name,
                offered.address(),
                state,
                List.of(offered.type() + " " + offered.fingerprint()),
                expected,
                source);
    }

    Outcome trust(String name, @Nullable TrustRequest request)
            throws Refused, InterruptedException {
        status(name);
        String fingerprint = request == null ? null : request.fingerprint();
        if (fingerprint == null || fingerprint.isBlank()) {
            throw Refused.of(Kind.USAGE, "the field `fingerprint` is missing", null);
        }
        OfferedKey offered =
                switch (fleet.failure(name).orElse(null)) {
                    case LinkFailure.HostKeyUnknown unknown -> unknown.offered();
                    case LinkFailure.HostKeyChanged changed -> changed.offered();
                    case null, default ->
                            throw Refused.of(
                                            Kind.CONFLICT,
                                            name + " has offered no key that waits for trust",
                                            "`muster hosts` shows its state")
                                    .on(name);
                };
        // A person copies the fingerprint with or without the key's type before it.
        if (!fingerprint.equals(offered.fingerprint())
                && !fingerprint.equals(offered.type() + " " + offered.fingerprint())) {
            throw Refused.of(
                            Kind.NOT_ALLOWED,
                            name + " offers another key now: " + offered.fingerprint(),
                            "compare again: `muster hosts trust " + name + "`")
                    .on(name);
        }
        try {
            links.knownHosts().trust(offered);
        } catch (IOException e) {
            throw Refused.of(
                    Kind.FAILED,
                    "Muster's known_hosts could not be written: " + e.getMessage(),
                    "see that the configuration folder can be written");
        }
        return tried(name, "the key of " + name + " is trusted");
    }

    Outcome unlock(String name, @Nullable UnlockRequest request)
            throws Refused, InterruptedException {
        status(name);
        if (request == null || request.secret() == null || request.secret().isEmpty()) {
            throw Refused.of(Kind.USAGE, "the field `secret` is missing", null);
        }
        links.secrets().put(name, kind(request.kind()), request.secret().toCharArray());
        return tried(name, "the secret for " + name + " is held in memory");
    }

    private static Secrets.Kind kind(@Nullable String word) throws Refused {
        try {
            return Secrets.Kind.of(word == null ? "" : word);
        } catch (IllegalArgumentException e) {
            throw Refused.of(
                    Kind.USAGE, "`kind` is `passphrase` or `password`, not `" + word + "`", null);
        }
    }

    private Outcome tried(String name, String done) throws InterruptedException {
        HostStatus before = status(fleet.board().now(), name);
        fleet.wake(name);
        fleet.board()
                .await(
                        board -> {
                            HostStatus now = status(board, name);
                            return now == null
                                    || now.online()
                                    || (now != before && !WAITING.contains(now.state()));
                        },
                        SOON);
        HostStatus now = status(fleet.board().now(), name);
        String state = now == null ? "gone from the board" : now.state().word();
        String why = now == null || now.detail() == null ? "" : ": " + now.detail();
        return new Outcome(done, List.of(name + " is " + state + why));
    }

    private HostStatus status(String name) throws Refused {
        HostStatus status = status(fleet.board().now(), name);
        if (status == null) {
            throw Refused.of(
                    Kind.NOT_FOUND,
                    "no host `" + name + "`",
                    "hosts: " + String.join(", ", fleet.board().now().hosts().keySet()));
        }
        return status;
    }

    private static @Nullable HostStatus status(FleetBoard board, String name) {
        return board.host(name).map(FleetBoard.Entry::status).orElse(null);
    }
}
