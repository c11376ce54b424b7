package dev.muster.api;

import org.jspecify.annotations.Nullable;

/// `POST /api/v1/hosts/{name}/unlock`: a secret, held in the service's memory only.
///
/// @param kind `passphrase` or `password`; null: the one that the host waits for
public record UnlockRequest(@Nullable String kind, String secret) {
    @Override
    public String toString() {
        return "UnlockRequest[kind=" + kind + "]";
    }
}
