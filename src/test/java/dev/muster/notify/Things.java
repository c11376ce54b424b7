package dev.muster.notify;

import dev.muster.agent.AgentEvent;
import dev.muster.agent.Reading;
import dev.muster.agent.Request;
import dev.muster.fleet.FleetBoard;
import dev.muster.fleet.HostState;
import dev.muster.fleet.HostStatus;
import dev.muster.host.Hosts;
import dev.muster.host.HostsFile;
import dev.muster.host.Notices;
import dev.muster.host.Notices.Event;
import dev.muster.host.Notices.Quiet;
import dev.muster.host.Notices.Secret;
import dev.muster.host.Notices.Target;
import dev.muster.host.Notices.Way;
import dev.muster.session.Session;
import dev.muster.session.SessionEvent;
import dev.muster.session.SessionId;
import dev.muster.session.TestSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Boards, targets and notices for tests.
final class Things {
    static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    static final String OWNER = "this-service";
    static final Set<Event> ALL = EnumSet.allOf(Event.class);

    private Things() {}

    static SessionId id(int number) {
        return new SessionId("01" + "0".repeat(22) + String.format("%02d", number));
    }

    static Session session(int number, String host, String repo, Map<String, String> labels) {
        return Session.asked(
                        TestSpec.of(id(number), NOON)
                                .owner(OWNER)
                                .name("s" + number)
                                .on(host, repo)
                                .branch("muster/s" + number)
                                .labels(labels)
                                .build())
                .apply(new SessionEvent.Started(NOON, 1, 7))
                .apply(said(NOON, new AgentEvent.Began("c", "startup", null)))
                .apply(said(NOON, new AgentEvent.Prompted("go", "d")));
    }

    static Session session(int number) {
        return session(number, "dev-1", "api", Map.of());
    }

    static SessionEvent said(Instant at, AgentEvent what) {
        return new SessionEvent.Said(at, 1, what);
    }

    static SessionEvent asks(Instant at, String request, Request.Kind kind) {
        return said(
                at,
                new AgentEvent.Asked(
                        new Request(
                                request,
                                kind,
                                "Bash",
                                "npm test",
                                null,
                                "d",
                                List.of(),
                                null,
                                at)));
    }

    static SessionEvent used(Instant at, @Nullable Double context, Reading.@Nullable Window five) {
        return said(
                at,
                new AgentEvent.Used(
                        new Reading(null, null, null, null, context, null, null, five, null)));
    }

    static SessionEvent exits(Instant at, int status) {
        return new SessionEvent.Exited(at, 1, status);
    }

    static HostStatus host(String name, HostState state, Instant since) {
        HostStatus online =
                HostStatus.connecting(name, "dev@" + name, NOON)
                        .to(HostState.ONLINE, null, NOON)
                        .heard(NOON, null);
        return state == HostState.ONLINE ? online : online.to(state, "no answer", since);
    }

    static FleetBoard board(Session... sessions) {
        FleetBoard board = FleetBoard.empty();
        for (Session session : sessions) {
            String host = session.spec().host();
            if (board.host(host).isEmpty()) {
                board = board.withStatus(host(host, HostState.ONLINE, NOON));
            }
            board = board.withSessions(host, List.of(session), Set.of());
        }
        return board;
    }

    static Target target(String name, Set<Event> when) {
        return new Target(
                name,
                new Way.Webhook(
                        new Secret.Plain("http://127.0.0.1:9/x"),
                        Optional.empty(),
                        Optional.empty()),
                when,
                List.of(),
                List.of(),
                Map.of(),
                Optional.empty());
    }

    static Target target(String name, Way way) {
        return new Target(name, way, ALL, List.of(), List.of(), Map.of(), Optional.empty());
    }

    static Target quiet(Target target, Quiet quiet) {
        return new Target(
                target.name(),
                target.way(),
                target.when(),
                target.hosts(),
                target.repos(),
                target.labels(),
                Optional.of(quiet));
    }

    /// Hosts as a file says them, with other targets.
    static Hosts hosts(Target... targets) {
        String text =
                "hosts: { dev-1: { ssh: dev-1, labels: { role: backend } }, dev-2: { ssh: dev-2 } }";
        HostsFile.Result read = HostsFile.parse(text, Path.of("hosts.yaml"), Path.of("/home/me"));
        if (!(read instanceof HostsFile.Result.Good good)) {
            throw new AssertionError("the file of the test is bad: " + read);
        }
        Hosts hosts = good.hosts();
        return new Hosts(
                hosts.hosts(),
                hosts.groups(),
                hosts.accounts(),
                hosts.rules(),
                new Notices(80, List.of(targets)),
                hosts.tokens());
    }

    static Notice notice(String name, Instant at) {
        return new Notice(
                name,
                List.of(),
                Event.APPROVAL,
                at,
                true,
                Duration.ZERO,
                null,
                "orders on dev-1 asks for approval",
                "Bash: npm test",
                new Notice.Subject(
                        "dev-1",
                        new Notice.Session(
                                id(1).value(),
                                "orders",
                                "api",
                                "muster/orders",
                                "claude",
                                "needs-approval",
                                "max"),
                        Map.of("team", "a")));
    }
}
