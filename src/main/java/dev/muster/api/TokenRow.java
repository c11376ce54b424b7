package dev.muster.api;

import java.time.Instant;

/// One line of `GET /api/v1/tokens`.
///
/// @param name the audit says `token NAME` for whoever shows it
/// @param scope `read`, `act` or `approve`; each holds those before it
public record TokenRow(String name, String scope, Instant createdAt) {}
