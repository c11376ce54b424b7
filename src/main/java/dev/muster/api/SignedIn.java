package dev.muster.api;

/// What a code was traded for.
///
/// @param secret the tab sends it as `Authorization: Bearer SECRET`, and a terminal's WebSocket as
///     its first message, `{"secret": SECRET}`
public record SignedIn(String secret) {}
