package dev.muster.link;

import java.util.List;

/// What known_hosts says about the key that a server offered.
sealed interface HostKeyCheck {
    record Trusted(VerifiedKey key) implements HostKeyCheck {}

    record Unknown(LinkFailure.OfferedKey offered) implements HostKeyCheck {}

    /// @param expected fingerprints that are known for this server
    /// @param source file and line of the first of them
    record Changed(LinkFailure.OfferedKey offered, List<String> expected, String source)
            implements HostKeyCheck {}

    /// @param source file and line that revoke it
    record Revoked(LinkFailure.OfferedKey offered, String source) implements HostKeyCheck {}
}
