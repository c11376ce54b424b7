package dev.muster.host;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// All that a `hosts.yaml` says, ranges and defaults resolved.
///
/// @param hosts by name, in the file's order
/// @param groups names of hosts, each of which exists
/// @param accounts by name
public record Hosts(
        SequencedMap<String, Host> hosts,
        Map<String, List<String>> groups,
        Map<String, Account> accounts) {

    public Optional<Host> host(String name) {
        return Optional.ofNullable(hosts.get(name));
    }
}
