package dev.muster.fleet.access;

import java.time.Instant;

/// A browser that is signed in, without its secret.
///
/// @param digest SHA-256 of the secret, in hex
/// @param until when it has to sign in again
public record PageSignIn(String digest, Instant until) {}
