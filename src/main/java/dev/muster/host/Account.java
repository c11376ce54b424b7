package dev.muster.host;

import java.util.Map;
import java.util.Optional;

/// An account whose quota several sessions share.
///
/// @param tier the subscription's name, for people
/// @param env what makes an agent use this account
public record Account(String name, Optional<String> tier, Map<String, String> env) {}
