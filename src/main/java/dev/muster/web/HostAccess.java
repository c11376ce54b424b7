package dev.muster.web;

import dev.muster.api.HostKey;
import dev.muster.api.HostLock;
import dev.muster.api.Outcome;
import dev.muster.api.TrustRequest;
import dev.muster.api.UnlockRequest;
import dev.muster.fleet.Fleet;
import dev.muster.fleet.FleetBoard;
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
import org.jspecify.annotations.Nullable;

/// What a person gives a host so that it can be reached: trust in its key, a secret. The host is
/// tried again at once, and the answer says how that went.
@ApplicationScoped
public class HostAccess {
    /// How long an answer waits for the connection that follows: longer than one may take
    /// ({@link dev.muster.link.LinkTimings#STANDARD}), as that would be no answer.
    private static final Duration SOON = Duration.ofSeconds(40);

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
                    case LinkFailure.HostKeyChanged changed when changed.expected().isEmpty() ->
                            throw Refused.of(
                                            Kind.NOT_ALLOWED,
                                            changed.detail(),
                                            "ask whoever runs " + name + " for its new key")
                                    .on(name);
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
        LinkFailure before = fleet.failure(name).orElse(null);
        return tried(name, before, "the key of " + name + " is trusted");
    }

    HostLock lock(String name) throws Refused {
        HostStatus status = status(name);
        return new HostLock(
                name,
                status.state().word(),
                fleet.failure(name).map(LinkFailure::secret).orElse(null),
                status.detail());
    }

    Outcome unlock(String name, @Nullable UnlockRequest request)
            throws Refused, InterruptedException {
        String waitsFor = lock(name).kind();
        if (request == null || request.secret() == null || request.secret().isEmpty()) {
            throw Refused.of(Kind.USAGE, "the field `secret` is missing", null);
        }
        Secrets.Kind kind = kind(request.kind() == null ? waitsFor : request.kind());
        LinkFailure before = fleet.failure(name).orElse(null);
        links.secrets().put(name, kind, request.secret().toCharArray());
        Outcome outcome = tried(name, before, "the secret for " + name + " is held in memory");
        LinkFailure failure = fleet.failure(name).orElse(null);
        // What is still being tried was not refused.
        if (triedSince(name, before)
                && (failure instanceof LinkFailure.Locked
                        || failure instanceof LinkFailure.AuthFailed)) {
            // Whatever it was meant to open: it must not be tried again by itself.
            links.secrets().forget(name, kind);
            throw Refused.of(
                            Kind.NOT_ALLOWED,
                            name + " is " + status(name).state().word() + ": " + failure.detail(),
                            null)
                    .on(name);
        }
        return outcome;
    }

    private static Secrets.Kind kind(@Nullable String word) throws Refused {
        try {
            return word == null ? Secrets.Kind.PASSPHRASE : Secrets.Kind.of(word);
        } catch (IllegalArgumentException e) {
            throw Refused.of(
                    Kind.USAGE, "`kind` is `passphrase` or `password`, not `" + word + "`", null);
        }
    }

    /// Has it tried again.
    ///
    /// @param before why it could not be reached until now
    private Outcome tried(String name, @Nullable LinkFailure before, String done)
            throws InterruptedException {
        fleet.wake(name);
        fleet.board()
                .await(
                        board -> {
                            HostStatus now = status(board, name);
                            return now == null || now.online() || triedSince(name, before);
                        },
                        SOON);
        HostStatus now = status(fleet.board().now(), name);
        String state = now == null ? "gone from the board" : now.state().word();
        String why = now == null || now.detail() == null ? "" : ": " + now.detail();
        return new Outcome(done, List.of(name + " is " + state + why));
    }

    /// Each try that fails has a failure of its own, equal to the one before or not.
    @SuppressWarnings("ReferenceEquality")
    private boolean triedSince(String name, @Nullable LinkFailure before) {
        LinkFailure now = fleet.failure(name).orElse(null);
        return now != null && now != before;
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
