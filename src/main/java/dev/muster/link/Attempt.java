package dev.muster.link;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// What was seen while one connection was made and lived: SSH's library tells it in callbacks, and
/// it is put together into one answer at the end.
final class Attempt {
    final SshTarget target;
    final KnownHosts knownHosts;
    final Offer offer;

    /// Lines that the server printed before its SSH identification.
    final List<String> preamble = new CopyOnWriteArrayList<>();

    /// The ways to sign in that the server named and Muster knows no secret for.
    final List<String> secretMethods = new CopyOnWriteArrayList<>();

    volatile @Nullable HostKeyCheck hostKey;
    volatile @Nullable String disconnect;
    volatile @Nullable Throwable failure;
    volatile boolean identified;
    volatile boolean passwordRefused;
    volatile int keysRefused;

    Attempt(SshTarget target, KnownHosts knownHosts, Offer offer) {
        this.target = target;
        this.knownHosts = knownHosts;
        this.offer = offer;
    }
}
