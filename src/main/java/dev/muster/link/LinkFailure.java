package dev.muster.link;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why a host can't be reached, as far as it can be told from here. `detail` is a sentence for a
/// person: what was tried and what came back.
public sealed interface LinkFailure {
    String detail();

    /// The secret that a person can give so that it is let in: `passphrase` or `password`; null
    /// where none would help.
    default @Nullable String secret() {
        return switch (this) {
            case Locked locked -> locked.kind();
            case AuthFailed failed -> failed.takesPassword() ? "password" : null;
            case Offline _, HostKeyUnknown _, HostKeyChanged _, Penalised _, Misconfigured _ ->
                    null;
        };
    }

    /// No answer, refused, reset, closed, heartbeat lost: all look alike from here.
    record Offline(String detail) implements LinkFailure {}

    /// A secret is needed that nobody has given yet.
    ///
    /// @param kind `passphrase` or `password`
    record Locked(String kind, String detail) implements LinkFailure {}

    /// The host refused every way to sign in.
    ///
    /// @param takesPassword whether it would take a password, which nobody has given
    record AuthFailed(String detail, boolean takesPassword) implements LinkFailure {}

    record HostKeyUnknown(OfferedKey offered, String detail) implements LinkFailure {}

    /// @param expected fingerprints that known_hosts holds
    /// @param source file and line of the known key
    record HostKeyChanged(OfferedKey offered, List<String> expected, String source, String detail)
            implements LinkFailure {}

    /// The server shuts this address out for a while (PerSourcePenalties).
    record Penalised(String detail) implements LinkFailure {}

    /// The configuration asks for something that Muster can't do: trying again won't help.
    record Misconfigured(String detail) implements LinkFailure {}

    /// @param address as in known_hosts: `name` or `[name]:port`
    /// @param type `ssh-ed25519`
    /// @param fingerprint `SHA256:…`
    /// @param line the known_hosts line to write when it is trusted
    record OfferedKey(String address, String type, String fingerprint, String line) {}
}
