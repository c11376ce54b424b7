package dev.muster.web.view;

import dev.muster.agent.Reading;
import dev.muster.api.AccountRow;
import dev.muster.api.BoardProblem;
import dev.muster.api.HostRow;
import dev.muster.api.SessionRow;
import dev.muster.fleet.FleetBoard;
import dev.muster.fleet.HostStatus;
import dev.muster.fleet.Quota;
import dev.muster.fleet.Warning;
import dev.muster.git.Changes;
import dev.muster.host.Host;
import dev.muster.session.Counters;
import dev.muster.session.Load;
import dev.muster.session.Session;
import dev.muster.session.SessionSpec;
import dev.muster.session.Signals;
import dev.muster.session.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Hosts and sessions as rows.
///
/// @param service the id of this service, which its own sessions carry as their owner
public record Views(String service) {
    private static final String THIS = "this";

    /// @param configured what `hosts.yaml` says of it, or null for one that left the file
    public HostRow host(FleetBoard.Entry entry, @Nullable Host configured) {
        HostStatus status = entry.status();
        Duration latency = status.latency();
        return new HostRow(
                status.name(),
                status.state().word(),
                status.detail(),
                status.secret(),
                status.since(),
                status.lastHeard(),
                latency == null ? null : latency.toMillis(),
                status.target(),
                entry.sessions().size(),
                status.problems().stream()
                        .map(p -> new HostRow.HostProblem(p.what(), p.detail(), p.fix()))
                        .toList(),
                configured == null ? Map.of() : configured.labels(),
                configured == null ? List.of() : List.copyOf(configured.repos().keySet()),
                status.versions(),
                status.vitals()
                        .space()
                        .map(space -> new HostRow.Disk(space.size(), space.free()))
                        .orElse(null),
                status.vitals().load().map(Views::load).orElse(null));
    }

    private static HostRow.Load load(Load load) {
        return new HostRow.Load(load.average(), load.cpus() == 0 ? null : load.cpus());
    }

    /// @param host where it runs: as long as that is online, everything known is as of the moment
    ///     that it was last heard of
    public SessionRow session(Session session, HostStatus host) {
        SessionSpec spec = session.spec();
        Integer status = session.status();
        return new SessionRow(
                spec.id().value(),
                spec.name(),
                spec.host(),
                spec.repo(),
                spec.branch(),
                spec.base(),
                spec.worktree(),
                spec.agent(),
                session.modelInUse(),
                session.state().lifecycle().word(),
                session.state().word(),
                session.state().detail(),
                session.since(),
                asOf(session, host),
                spec.createdAt(),
                !host.online(),
                session.estimated(),
                spec.managed(),
                spec.owner().equals(service) ? THIS : spec.owner(),
                changes(session.changes()),
                usage(session),
                spec.labels(),
                spec.account(),
                status,
                status == null ? null : Signals.name(status).orElse(null),
                spec.promptHead(),
                session.state() instanceof State.RateLimited limited ? limited.until() : null);
    }

    private static Instant asOf(Session session, HostStatus host) {
        Instant heard = host.lastHeard();
        return host.online() && heard != null && heard.isAfter(session.asOf())
                ? heard
                : session.asOf();
    }

    /// @param quota what is known of it, or null
    public AccountRow account(String name, @Nullable Quota quota) {
        return quota == null
                ? new AccountRow(name, null, null, null)
                : new AccountRow(
                        name, window(quota.fiveHour()), window(quota.sevenDay()), quota.asOf());
    }

    private static AccountRow.@Nullable Window window(Reading.@Nullable Window window) {
        return window == null
                ? null
                : new AccountRow.Window(window.usedPercent(), window.resetsAt());
    }

    public BoardProblem problem(Warning warning) {
        return switch (warning) {
            case Warning.Window w ->
                    new BoardProblem(
                            "quota",
                            w.account(),
                            percent(w.usedPercent())
                                    + " of its "
                                    + w.span().word()
                                    + " window used",
                            w.threshold(),
                            "start the next sessions with another --account, or wait",
                            w.passes());
            case Warning.Context c ->
                    new BoardProblem(
                            "context",
                            c.session().spec().host() + "/" + c.session().spec().name(),
                            percent(c.usedPercent()) + " of its context used",
                            c.threshold(),
                            "let it write down what matters, then have it compact or begin anew",
                            null);
        };
    }

    private static String percent(double share) {
        return Math.round(share) + " %";
    }

    private static SessionRow.@Nullable Usage usage(Session session) {
        Reading reading = session.activity().reading();
        if (reading == null) {
            return null;
        }
        Counters total = session.meter().total();
        return new SessionRow.Usage(
                reading.costUsd() == null && total.costMicros() == 0 ? null : total.costUsd(),
                reading.inputTokens() == null ? null : total.inputTokens(),
                reading.outputTokens() == null ? null : total.outputTokens(),
                reading.contextUsedPercent(),
                reading.linesAdded() == null ? null : total.linesAdded(),
                reading.linesRemoved() == null ? null : total.linesRemoved());
    }

    private static SessionRow.@Nullable Changes changes(@Nullable Changes changes) {
        return changes == null
                ? null
                : new SessionRow.Changes(
                        changes.files(), changes.added(), changes.removed(), changes.commits());
    }
}
