package dev.muster.api;

/// The answer of `POST /api/v1/tokens`.
///
/// @param token told this once: the service keeps only its digest
public record NewToken(String name, String scope, String token) {
    @Override
    public String toString() {
        return "NewToken[name=" + name + ", scope=" + scope + "]";
    }
}
