package dev.muster.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// `GET /api/v1/hosts/{name}/key`: the key that a host offered, for a person to compare.
///
/// @param name the name in `hosts.yaml`
/// @param address the name and port that the key is kept under, as in known_hosts
/// @param state `known`, `unknown` or `changed`
/// @param fingerprints of the offered key, `SHA256:…`, with its type before it
/// @param expected fingerprints that known_hosts holds, where they differ
/// @param source the file and line of the known key, or null
public record HostKey(
        String name,
        String address,
        String state,
        List<String> fingerprints,
        List<String> expected,
        @Nullable String source) {}
