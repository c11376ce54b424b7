package dev.muster.api;

import org.jspecify.annotations.Nullable;

/// `GET /api/v1/hosts/{name}/lock`: which secret a host waits for, for a person to be asked.
///
/// @param state the host's state, as on the board
/// @param kind `passphrase` or `password`; null when it waits for none
/// @param detail why it is in that state, or null when `online`
public record HostLock(String name, String state, @Nullable String kind, @Nullable String detail) {}
