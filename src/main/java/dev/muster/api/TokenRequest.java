package dev.muster.api;

import org.jspecify.annotations.Nullable;

/// `POST /api/v1/tokens`.
///
/// @param name null: Muster finds one that is free
/// @param scope `read`, `act` or `approve`
public record TokenRequest(@Nullable String name, String scope) {}
