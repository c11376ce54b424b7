package dev.muster.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `GET /api/v1/hosts/{name}/branches`: what new work can start from, as git there says now.
///
/// @param base the branch that a start takes where it names none
/// @param branches the one with the newest commit first
/// @param truncated whether there are more
public record Branches(
        String host, String repo, @Nullable String base, List<Branch> branches, boolean truncated) {

    /// @param name as it is given to `base`; untrusted
    /// @param remote whether it is a remote's, as this repo last fetched it
    /// @param committedAt when its newest commit was made
    public record Branch(String name, boolean remote, Instant committedAt) {}
}
