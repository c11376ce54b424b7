package dev.muster.fleet.access;

import java.util.List;

/// Where tokens are kept. Every method is one transaction.
///
/// @throws dev.muster.fleet.Memory.MemoryException from every method, when the database can't be
///     read or written
public interface AccessTokens {
    /// All that are not revoked, the oldest first.
    List<AccessToken> all();

    /// @return false when the name is taken: nothing was written
    boolean add(AccessToken token);

    /// @return false when there is none of that name
    boolean remove(String name);
}
