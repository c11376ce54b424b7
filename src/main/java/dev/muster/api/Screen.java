package dev.muster.api;

import java.time.Instant;

/// `GET /api/v1/sessions/{id}/screen?lines=N`: the terminal's text now, escape sequences stripped.
///
/// @param text untrusted
public record Screen(Instant asOf, String text) {}
