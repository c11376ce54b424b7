package dev.muster.link;

import dev.muster.link.LinkFailure.AuthFailed;
import dev.muster.link.LinkFailure.HostKeyChanged;
import dev.muster.link.LinkFailure.HostKeyUnknown;
import dev.muster.link.LinkFailure.Locked;
import dev.muster.link.LinkFailure.Misconfigured;
import dev.muster.link.LinkFailure.Offline;
import dev.muster.link.LinkFailure.Penalised;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Puts what was seen of a failed attempt into one failure with a sentence. Pure.
final class Diagnosis {
    private Diagnosis() {}

    /// @param thrown what the library said, when it said something
    static LinkFailure of(Attempt attempt, @Nullable Throwable thrown) {
        Optional<LinkFailure> key = hostKey(attempt);
        if (key.isPresent()) {
            return key.get();
        }
        String server = attempt.target.text();
        String lines = String.join(" ", attempt.preamble);
        if (lines.contains("Not allowed at this time")) {
            return new Penalised(
                    server
                            + " shuts this machine out for a while (PerSourcePenalties): it saw"
                            + " logins from here that failed; Muster waits some minutes before it"
                            + " asks again");
        }
        String said = said(attempt, thrown);
        if (said.contains("Too many authentication failures")) {
            return new AuthFailed(
                    server
                            + " refused after too many keys ("
                            + attempt.offer.keys().size()
                            + " were there to offer): name the right one as `identity:` in"
                            + " hosts.yaml",
                    false);
        }
        if (said.contains("No more authentication methods available")) {
            return refused(attempt);
        }
        if (said.contains("Unable to negotiate")) {
            return new Misconfigured(server + " and Muster share no algorithm: " + said);
        }
        if (!attempt.identified) {
            return new Offline(
                    server
                            + (lines.isEmpty()
                                    ? " ended the connection before it said that it is SSH"
                                    : " is not SSH, or is too busy: it said "
                                            + Texts.excerpt(lines))
                            + (said.isEmpty() ? "" : " (" + said + ")"));
        }
        return new Offline(
                "the connection to "
                        + server
                        + " ended while signing in"
                        + (said.isEmpty() ? "" : ": " + said));
    }

    /// What ended a connection that had been made.
    static String ending(Attempt attempt) {
        if (attempt.disconnect != null) {
            return "the server said: " + Texts.excerpt(attempt.disconnect);
        }
        Throwable thrown = attempt.failure;
        return thrown == null ? "the other side closed it" : Texts.cause(thrown);
    }

    private static String said(Attempt attempt, @Nullable Throwable thrown) {
        if (attempt.disconnect != null) {
            return Texts.excerpt(attempt.disconnect);
        }
        Throwable first = thrown != null ? thrown : attempt.failure;
        return first == null ? "" : Texts.cause(first);
    }

    private static Optional<LinkFailure> hostKey(Attempt attempt) {
        HostKeyCheck check = attempt.hostKey;
        String server = attempt.target.text();
        return switch (check) {
            case null -> Optional.empty();
            case HostKeyCheck.Trusted _ -> Optional.empty();
            case HostKeyCheck.Unknown(var offered) ->
                    Optional.of(
                            new HostKeyUnknown(
                                    offered,
                                    server
                                            + " shows a key that nobody here has seen: "
                                            + offered.type()
                                            + " "
                                            + offered.fingerprint()
                                            + "; compare it, then `muster hosts trust "
                                            + attempt.target.owner()
                                            + "`"));
            case HostKeyCheck.Changed(var offered, var expected, var source) ->
                    Optional.of(
                            new HostKeyChanged(
                                    offered,
                                    expected,
                                    source,
                                    "the key of "
                                            + server
                                            + " is not the known one: it shows "
                                            + offered.type()
                                            + " "
                                            + offered.fingerprint()
                                            + ", but "
                                            + source
                                            + " holds "
                                            + String.join(", ", expected)
                                            + "; someone may be in between. If the machine was made"
                                            + " anew, compare and then `muster hosts trust "
                                            + attempt.target.owner()
                                            + "`"));
            case HostKeyCheck.Revoked(var offered, var source) ->
                    Optional.of(
                            new HostKeyChanged(
                                    offered,
                                    List.of(),
                                    source,
                                    "the key of "
                                            + server
                                            + " ("
                                            + offered.fingerprint()
                                            + ") is revoked by "
                                            + source
                                            + ": it must not be trusted"));
        };
    }

    /// Every way to sign in was refused, or there was none to try.
    private static LinkFailure refused(Attempt attempt) {
        Offer offer = attempt.offer;
        String host = attempt.target.host();
        String server = attempt.target.text();
        String unlock = "`muster unlock " + host + "` asks for it";
        // First: who gave a password means it, though there may be an encrypted key besides.
        if (attempt.passwordRefused) {
            return new Locked(
                    "password", server + " refused the password that was given: " + unlock);
        }
        if (!offer.locked().isEmpty()) {
            return new Locked(
                    "passphrase",
                    "the key "
                            + offer.locked().stream()
                                    .map(Path::toString)
                                    .collect(Collectors.joining(", "))
                            + " for "
                            + server
                            + " needs its passphrase: "
                            + unlock);
        }
        boolean wantsSecret = !attempt.secretMethods.isEmpty();
        if (wantsSecret && attempt.keysRefused == 0) {
            return new Locked("password", server + " wants a password: " + unlock);
        }
        String keys =
                offer.keys().isEmpty()
                        ? "there was no key to offer (no ssh-agent that answers, and no identity"
                                + " file)"
                        : "it took none of " + offer.keys().size() + " keys";
        return new AuthFailed(
                server
                        + " refused the login: "
                        + keys
                        + "; see what `ssh "
                        + host
                        + "` does, and name user and identity in hosts.yaml"
                        + (wantsSecret ? ", or give a password: " + unlock : ""),
                wantsSecret);
    }
}
