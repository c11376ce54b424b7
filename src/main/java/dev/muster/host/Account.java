package dev.muster.host;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// An account whose quota several sessions share.
///
/// @param tier the subscription's name, for people
/// @param env what makes an agent use this account; a leading `~/` of a value is the host's home
public record Account(String name, Optional<String> tier, Map<String, String> env) {
    public Account {
        env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
    }
}
