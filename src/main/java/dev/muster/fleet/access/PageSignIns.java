package dev.muster.fleet.access;

import java.time.Instant;
import java.util.List;

/// Where signed-in browsers are remembered, so that a restart of the service signs nobody out.
/// Every method is one transaction.
///
/// @throws dev.muster.fleet.Memory.MemoryException from every method, when the database can't be
///     read or written
public interface PageSignIns {
    /// Those that are good at `now`; the others are forgotten.
    List<PageSignIn> all(Instant now);

    void add(PageSignIn signIn);

    void remove(String digest);

    void removeAll();
}
