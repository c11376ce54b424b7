package dev.muster.api;

/// `POST /api/v1/hosts/{name}/unlock`: a secret, held in the service's memory only.
///
/// @param kind `passphrase` or `password`
public record UnlockRequest(String kind, String secret) {
    @Override
    public String toString() {
        return "UnlockRequest[kind=" + kind + "]";
    }
}
