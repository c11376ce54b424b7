package dev.muster.host;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;

/// What differs between two versions of the hosts, in the newer one's order.
///
/// @param added hosts that are new
/// @param gone hosts that are no longer named, as they were
/// @param changed hosts of which anything differs
/// @param reconnect names of hosts in both versions whose connection must be made anew, since they,
///     or a host that they jump through, are reached in another way
public record HostsChange(
        List<Host> added, List<Host> gone, List<Changed> changed, Set<String> reconnect) {

    /// One host, before and after.
    public record Changed(Host before, Host after) {}

    /// Compares two versions.
    public static HostsChange between(Hosts before, Hosts after) {
        List<Host> added = new ArrayList<>();
        List<Changed> changed = new ArrayList<>();
        SequencedSet<String> reconnect = new LinkedHashSet<>();
        for (Host host : after.hosts().values()) {
            Optional<Host> old = before.host(host.name());
            if (old.isEmpty()) {
                added.add(host);
                continue;
            }
            if (!old.get().equals(host)) {
                changed.add(new Changed(old.get(), host));
            }
            if (!way(host.name(), before).equals(way(host.name(), after))) {
                reconnect.add(host.name());
            }
        }
        List<Host> gone =
                before.hosts().values().stream()
                        .filter(host -> after.host(host.name()).isEmpty())
                        .toList();
        return new HostsChange(List.copyOf(added), gone, List.copyOf(changed), reconnect);
    }

    /// Whether nothing of the hosts differs; groups, accounts and rules may.
    public boolean isEmpty() {
        return added.isEmpty() && gone.isEmpty() && changed.isEmpty();
    }

    /// How a host is reached, with all the hosts of the file that it goes through.
    private static List<Reach> way(String name, Hosts hosts) {
        List<Reach> way = new ArrayList<>();
        List<String> next = new ArrayList<>(List.of(name));
        Set<String> seen = new LinkedHashSet<>();
        while (!next.isEmpty()) {
            String hop = next.removeFirst();
            Optional<Reach> reach = hosts.host(hop).map(Host::reach);
            if (reach.isPresent() && seen.add(hop)) {
                way.add(reach.get());
                next.addAll(jumps(reach.get()));
            }
        }
        return way;
    }

    private static List<String> jumps(Reach reach) {
        return switch (reach) {
            case Reach.Local local -> List.of();
            case Reach.Ssh ssh -> ssh.jump().map(j -> List.of(j.split(","))).orElse(List.of());
        };
    }
}
