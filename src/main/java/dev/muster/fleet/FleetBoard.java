package dev.muster.fleet;

import dev.muster.session.Session;
import dev.muster.session.SessionId;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The one board: every host and session as far as it is known. Immutable; a change makes a new one
/// that shares all other hosts' parts with the old.
///
/// @param quotas of accounts, by their names
public record FleetBoard(SequencedMap<String, Entry> hosts, SequencedMap<String, Quota> quotas) {

    /// One host with its sessions.
    public record Entry(HostStatus status, SequencedMap<SessionId, Session> sessions) {}

    public static FleetBoard empty() {
        return new FleetBoard(
                Collections.unmodifiableSequencedMap(new LinkedHashMap<>()),
                Collections.unmodifiableSequencedMap(new LinkedHashMap<>()));
    }

    public Optional<Entry> host(String name) {
        return Optional.ofNullable(hosts.get(name));
    }

    public Stream<Session> sessions() {
        return hosts.values().stream().flatMap(entry -> entry.sessions().values().stream());
    }

    public Optional<Session> session(SessionId id) {
        return hosts.values().stream()
                .map(entry -> entry.sessions().get(id))
                .filter(found -> found != null)
                .findFirst();
    }

    public FleetBoard withStatus(HostStatus status) {
        Entry old = hosts.get(status.name());
        return with(
                status.name(),
                new Entry(
                        status,
                        old == null
                                ? Collections.unmodifiableSequencedMap(new LinkedHashMap<>())
                                : old.sessions()));
    }

    public FleetBoard withoutHost(String name) {
        LinkedHashMap<String, Entry> next = new LinkedHashMap<>(hosts);
        next.remove(name);
        return new FleetBoard(Collections.unmodifiableSequencedMap(next), quotas);
    }

    /// Sessions changed on a host that is on the board.
    public FleetBoard withSessions(
            String host, Collection<Session> changed, Collection<SessionId> removed) {
        Entry old = hosts.get(host);
        if (old == null || (changed.isEmpty() && removed.isEmpty())) {
            return this;
        }
        LinkedHashMap<SessionId, Session> next = new LinkedHashMap<>(old.sessions());
        changed.forEach(session -> next.put(session.id(), session));
        removed.forEach(next::remove);
        return with(host, new Entry(old.status(), Collections.unmodifiableSequencedMap(next)));
    }

    /// What accounts have left, as it was read; what is known already and newer is kept.
    public FleetBoard withQuotas(Collection<Quota> read) {
        LinkedHashMap<String, Quota> next = new LinkedHashMap<>(quotas);
        read.forEach(quota -> next.merge(quota.account(), quota, Quota::newer));
        return next.equals(quotas)
                ? this
                : new FleetBoard(hosts, Collections.unmodifiableSequencedMap(next));
    }

    /// Hosts in this order first; the others after them, as they were.
    public FleetBoard ordered(Collection<String> order) {
        LinkedHashMap<String, Entry> next = new LinkedHashMap<>();
        for (String name : order) {
            @Nullable Entry entry = hosts.get(name);
            if (entry != null) {
                next.put(name, entry);
            }
        }
        for (Map.Entry<String, Entry> entry : hosts.entrySet()) {
            next.putIfAbsent(entry.getKey(), entry.getValue());
        }
        return new FleetBoard(Collections.unmodifiableSequencedMap(next), quotas);
    }

    private FleetBoard with(String host, Entry entry) {
        LinkedHashMap<String, Entry> next = new LinkedHashMap<>(hosts);
        next.put(host, entry);
        return new FleetBoard(Collections.unmodifiableSequencedMap(next), quotas);
    }
}
