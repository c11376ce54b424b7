package dev.muster.api;

/// `POST /api/v1/hosts/{name}/trust`.
///
/// @param fingerprint the one that the person saw: another key is not trusted in its place
public record TrustRequest(String fingerprint) {}
