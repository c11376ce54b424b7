package dev.muster.fleet;

import dev.muster.host.Host;
import dev.muster.host.Hosts;
import dev.muster.host.HostsChange;
import dev.muster.host.Notices;
import dev.muster.host.Reach;
import dev.muster.host.Rules;
import dev.muster.host.Tokens;
import dev.muster.link.Connector;
import dev.muster.link.LinkFailure;
import dev.muster.session.Session;
import dev.muster.session.SessionId;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// All hosts of `hosts.yaml`, each with its keeper, and the board that they write.
public final class Fleet implements AutoCloseable {
    private final Memory memory;
    private final Connector connector;
    private final Identity identity;
    private final JournalLimits limits;
    private final Clock clock;
    private final BoardKeeper board = new BoardKeeper();
    private final Map<String, HostKeeper> keepers = new ConcurrentHashMap<>();
    private volatile Hosts hosts;

    public Fleet(
            Memory memory,
            Connector connector,
            Identity identity,
            JournalLimits limits,
            Clock clock) {
        this.memory = memory;
        this.connector = connector;
        this.identity = identity;
        this.limits = limits;
        this.clock = clock;
        this.hosts =
                new Hosts(
                        new LinkedHashMap<>(),
                        Map.of(),
                        Map.of(),
                        Rules.NONE,
                        Notices.NONE,
                        Tokens.NONE);
    }

    /// Puts what is remembered onto the board, before any host was asked.
    public void remember() {
        Map<String, List<Session>> byHost =
                memory.sessions().stream()
                        .collect(
                                Collectors.groupingBy(
                                        session -> session.spec().host(),
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        List<Quota> quotas = memory.quotas();
        board.update(b -> b.withQuotas(quotas));
        Map<String, Instant> heard = memory.lastHeard();
        Instant now = clock.instant();
        for (Map.Entry<String, List<Session>> entry : byHost.entrySet()) {
            String name = entry.getKey();
            HostStatus status =
                    HostStatus.connecting(name, "", now)
                            .to(HostState.DISABLED, "not in hosts.yaml", now)
                            .lastHeard(heard.get(name));
            board.update(b -> b.withStatus(status).withSessions(name, entry.getValue(), Set.of()));
        }
    }

    /// Makes the fleet what `hosts.yaml` says: new hosts are connected, changed ones connected
    /// anew, those that left it keep their rows and are no longer asked.
    public synchronized void apply(Hosts wanted) {
        HostsChange change = HostsChange.between(hosts, wanted);
        Set<String> ended = new HashSet<>(change.reconnect());
        change.gone().forEach(host -> ended.add(host.name()));
        close(
                ended.stream()
                        .flatMap(name -> Optional.ofNullable(keepers.remove(name)).stream())
                        .toList());
        hosts = wanted;
        Map<String, Instant> heard = memory.lastHeard();
        Instant now = clock.instant();
        for (Host host : wanted.hosts().values()) {
            if (keepers.containsKey(host.name())) {
                continue;
            }
            board.update(
                    b ->
                            b.withStatus(
                                    b.host(host.name())
                                            .map(FleetBoard.Entry::status)
                                            .map(s -> s.reachedBy(target(host)))
                                            .orElseGet(
                                                    () ->
                                                            HostStatus.connecting(
                                                                    host.name(), target(host), now))
                                            .to(HostState.CONNECTING, "connecting", now)
                                            .lastHeard(heard.get(host.name()))));
            HostKeeper keeper =
                    new HostKeeper(
                            host,
                            connector,
                            memory,
                            board,
                            identity.id(),
                            limits,
                            () -> AgentFolders.of(hosts, host),
                            clock);
            keepers.put(host.name(), keeper);
            keeper.start();
        }
        board.update(b -> disabled(b, wanted, now).ordered(wanted.hosts().keySet()));
    }

    private static FleetBoard disabled(FleetBoard board, Hosts wanted, Instant now) {
        FleetBoard next = board;
        for (FleetBoard.Entry entry : board.hosts().values()) {
            String name = entry.status().name();
            if (wanted.hosts().containsKey(name)) {
                continue;
            }
            next =
                    entry.sessions().isEmpty()
                            ? next.withoutHost(name)
                            : next.withStatus(
                                    entry.status()
                                            .to(HostState.DISABLED, "not in hosts.yaml", now));
        }
        return next;
    }

    /// How a host is reached, for people.
    private static String target(Host host) {
        return switch (host.reach()) {
            case Reach.Local local -> "local";
            case Reach.Ssh ssh ->
                    ssh.user().map(user -> user + "@").orElse("")
                            + ssh.destination()
                            + (ssh.port().isPresent() ? ":" + ssh.port().getAsInt() : "");
        };
    }

    public BoardKeeper board() {
        return board;
    }

    public Hosts hosts() {
        return hosts;
    }

    public Identity identity() {
        return identity;
    }

    Memory memory() {
        return memory;
    }

    Clock clock() {
        return clock;
    }

    Optional<HostKeeper> keeper(String host) {
        return Optional.ofNullable(keepers.get(host));
    }

    /// Why a host can't be reached now, as its link said; empty while it can.
    public Optional<LinkFailure> failure(String host) {
        return keeper(host).map(HostKeeper::failure);
    }

    /// Tries a host again now, because something changed that may let it be reached.
    public void wake(String host) {
        keeper(host).ifPresent(HostKeeper::wake);
    }

    /// Drops a host that is no longer configured, with all that is remembered of it. Nothing on the
    /// host is touched.
    public void forget(String host) throws Refused {
        if (hosts.hosts().containsKey(host)) {
            throw Refused.of(
                    Refused.Kind.CONFLICT,
                    host + " is in hosts.yaml: it would be back at once",
                    "take it out of hosts.yaml first");
        }
        if (board.now().host(host).isEmpty()) {
            throw Refused.of(Refused.Kind.NOT_FOUND, "no host `" + host + "` on the board", null);
        }
        memory.forget(host);
        board.update(b -> b.withoutHost(host));
    }

    /// The history of a session after `seq`, oldest first.
    public List<Memory.Remembered> history(SessionId session, long after, int limit) {
        return memory.history(session, after, limit);
    }

    /// Sums of what agents used, by name.
    ///
    /// @param since the first day that counts
    public UsageSum.Table usage(UsageBy by, LocalDate since) {
        return memory.usage(by, since);
    }

    @Override
    public void close() {
        close(List.copyOf(keepers.values()));
    }

    /// All at once: one that takes its time does not add to the others'.
    private static void close(List<HostKeeper> ending) {
        ending.forEach(HostKeeper::end);
        ending.forEach(HostKeeper::close);
    }
}
