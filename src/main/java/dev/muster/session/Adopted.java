package dev.muster.session;

import org.jspecify.annotations.Nullable;

/// Where a session comes from that a person started by hand: Muster goes on with its conversation,
/// in the folder where it was, and makes or removes nothing there.
///
/// @param conversation the agent's own id of it
/// @param configFolder the agent's folder that holds it, absolute; null: the agent's default
public record Adopted(String conversation, @Nullable String configFolder) {}
