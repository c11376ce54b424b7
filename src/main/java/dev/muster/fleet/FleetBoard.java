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

    private static final SequencedMap<SessionId, Session> NONE =
            Collections.unmodifiableSequencedMap(new LinkedHashMap<>());

    /// One host with its sessions.
    ///
    /// @param byHand what people started by hand there, as the agents' own registry says
    public record Entry(
            HostStatus status,
            SequencedMap<SessionId, Session> sessions,
            SequencedMap<SessionId, Session> byHand) {

        /// Those that people started by hand: what Muster started is in the registry too, and shown
        /// once.
        public Stream<Session> strays() {
            return byHand.values().stream()
                    .filter(one -> sessions.values().stream().noneMatch(s -> s.isSeenAs(one)));
        }

        /// All of them.
        public Stream<Session> all() {
            return Stream.concat(sessions.values().stream(), strays());
        }
    }

    public static FleetBoard empty() {
        return new FleetBoard(
                Collections.unmodifiableSequencedMap(new LinkedHashMap<>()),
                Collections.unmodifiableSequencedMap(new LinkedHashMap<>()));
    }

    public Optional<Entry> host(String name) {
        return Optional.ofNullable(hosts.get(name));
    }

    public Stream<Session> sessions() {
        return hosts.values().stream().flatMap(Entry::all);
    }

    public Optional<Session> session(SessionId id) {
        return hosts.values().stream()
                .flatMap(
                        entry ->
                                Stream.ofNullable(
                                        entry.sessions().getOrDefault(id, entry.byHand().get(id))))
                .findFirst();
    }

    public FleetBoard withStatus(HostStatus status) {
        Entry old = hosts.get(status.name());
        return with(
                status.name(),
                new Entry(
                        status,
                        old == null ? NONE : old.sessions(),
                        old == null ? NONE : old.byHand()));
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
        return with(
                host,
                new Entry(old.status(), Collections.unmodifiableSequencedMap(next), old.byHand()));
    }

    /// What people have started by hand on a host, all of it.
    public FleetBoard withByHand(String host, Collection<Session> found) {
        Entry old = hosts.get(host);
        LinkedHashMap<SessionId, Session> next = new LinkedHashMap<>();
        found.forEach(one -> next.put(one.id(), one));
        return old == null || next.equals(old.byHand())
                ? this
                : with(
                        host,
                        new Entry(
                                old.status(),
                                old.sessions(),
                                Collections.unmodifiableSequencedMap(next)));
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
