package dev.muster.api;

import org.jspecify.annotations.Nullable;

/// `POST /api/v1/sessions/{ref}/adopt`.
///
/// @param stop ends an agent that a person started by hand and that still runs
/// @param name of the session from now on, for one that a person started; null: as it is shown
public record AdoptRequest(boolean stop, @Nullable String name) {}
