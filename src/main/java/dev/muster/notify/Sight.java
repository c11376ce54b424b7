package dev.muster.notify;

import dev.muster.agent.Reading;
import dev.muster.agent.Request;
import dev.muster.fleet.FleetBoard;
import dev.muster.fleet.HostStatus;
import dev.muster.fleet.Quota;
import dev.muster.fleet.Warning;
import dev.muster.host.Host;
import dev.muster.host.Hosts;
import dev.muster.host.Notices.Event;
import dev.muster.session.Session;
import dev.muster.session.SessionSpec;
import dev.muster.session.State;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What there is to tell of a board, at one moment. Pure.
///
/// @param notices what holds now, oldest first
/// @param over names of what certainly holds no more: it is told again should it come back
record Sight(List<Notice> notices, Set<String> over) {
    /// An approval that a rule or a quick person gives at once is nobody's news.
    private static final Duration MOMENT = Duration.ofSeconds(1);

    /// Networks go and come.
    private static final Duration GONE = Duration.ofMinutes(2);

    private static final Duration REFUSED = Duration.ofSeconds(10);

    /// A context that has grown past the line is told again only after it was well below it.
    private static final double WELL_BELOW = 0.75;

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("EEE HH:mm z", Locale.ROOT);

    /// @param owner this service: sessions of others are for those to tell
    static Sight of(FleetBoard board, Hosts hosts, String owner, Instant now, ZoneId zone) {
        List<Notice> notices = new ArrayList<>();
        Set<String> over = new HashSet<>();
        int percent = hosts.notices().contextPercent();
        for (FleetBoard.Entry entry : board.hosts().values()) {
            String name = entry.status().name();
            Map<String, String> labels = hosts.host(name).map(Host::labels).orElse(Map.of());
            if (entry.status().online()) {
                over.add(hostName(name));
            }
            List<Session> ours =
                    entry.sessions().values().stream()
                            .filter(session -> session.spec().owner().equals(owner))
                            .toList();
            host(entry.status(), ours, labels).ifPresent(notices::add);
            for (Session session : ours) {
                Notice.Subject about = subject(session, labels);
                notices.addAll(state(session, about, zone));
                Warning.of(session, percent)
                        .map(warning -> context(warning, about))
                        .ifPresent(notices::add);
                if (isRoomy(session, percent)) {
                    over.add(contextName(session));
                }
            }
        }
        for (Quota quota : board.quotas().values()) {
            for (Warning warning : Warning.of(quota, now)) {
                if (warning instanceof Warning.Window window) {
                    notices.add(window(window, quota.asOf(), zone));
                }
            }
        }
        notices.sort(Comparator.comparing(Notice::at));
        return new Sight(List.copyOf(notices), Set.copyOf(over));
    }

    private static List<Notice> state(Session session, Notice.Subject about, ZoneId zone) {
        String who = who(session.spec());
        List<Request> requests = session.activity().requests();
        return switch (session.state()) {
            case State.NeedsApproval s ->
                    requests.isEmpty()
                            ? List.of(
                                    waits(
                                            session,
                                            about,
                                            Event.APPROVAL,
                                            who + " asks for approval"))
                            : asked(requests, about, who);
            case State.NeedsInput s ->
                    requests.isEmpty()
                            ? List.of(waits(session, about, Event.QUESTION, who + " asks"))
                            : asked(requests, about, who);
            case State.Blocked s ->
                    List.of(waits(session, about, Event.QUESTION, who + " can't begin"));
            case State.RateLimited s -> List.of(limited(session, s.until(), about, zone));
            case State.Idle s -> List.of(happened(session, about, Event.IDLE, who + " is idle"));
            case State.Finished s ->
                    List.of(happened(session, about, Event.FINISHED, who + " finished"));
            case State.Failed s -> List.of(happened(session, about, Event.FAILED, who + " failed"));
            case State.Crashed s ->
                    List.of(happened(session, about, Event.FAILED, who + " crashed"));
            case State.Lost s -> List.of(happened(session, about, Event.FAILED, who + " is lost"));
            case State.Queued s -> List.of();
            case State.Preparing s -> List.of();
            case State.Starting s -> List.of();
            case State.Working s -> List.of();
            case State.Stopped s -> List.of();
        };
    }

    private static List<Notice> asked(List<Request> requests, Notice.Subject about, String who) {
        return requests.stream()
                .map(
                        request -> {
                            boolean approval = request.kind() == Request.Kind.APPROVAL;
                            return new Notice(
                                    "request:" + session(about).id() + ":" + request.id(),
                                    List.of(),
                                    approval ? Event.APPROVAL : Event.QUESTION,
                                    request.askedAt(),
                                    true,
                                    MOMENT,
                                    null,
                                    approval ? who + " asks for approval" : who + " asks",
                                    Clean.line(
                                            approval
                                                    ? request.tool() + ": " + request.summary()
                                                    : request.summary()),
                                    about);
                        })
                .toList();
    }

    private static Notice waits(Session session, Notice.Subject about, Event event, String title) {
        return of(session, about, event, true, MOMENT, title, session.state().detail());
    }

    private static Notice happened(
            Session session, Notice.Subject about, Event event, String title) {
        return of(session, about, event, false, MOMENT, title, session.state().detail());
    }

    private static Notice limited(
            Session session, @Nullable Instant until, Notice.Subject about, ZoneId zone) {
        String when = until == null ? "" : "until " + clock(until, zone);
        String detail = Clean.line(session.state().detail());
        String text = when.isEmpty() || detail.isEmpty() ? when + detail : when + ": " + detail;
        String title = who(session.spec()) + " is over a limit";
        return of(session, about, Event.LIMIT, true, MOMENT, title, text);
    }

    private static Notice of(
            Session session,
            Notice.Subject about,
            Event event,
            boolean stands,
            Duration settle,
            String title,
            @Nullable String text) {
        return new Notice(
                "state:"
                        + session.id().value()
                        + ":"
                        + session.run()
                        + ":"
                        + session.state().word()
                        + ":"
                        + session.since().toEpochMilli(),
                List.of(),
                event,
                session.since(),
                stands,
                settle,
                null,
                title,
                Clean.line(text),
                about);
    }

    private static Notice context(Warning.Context warning, Notice.Subject about) {
        return new Notice(
                contextName(warning.session()),
                List.of(),
                Event.LIMIT,
                warning.session().asOf(),
                true,
                Duration.ZERO,
                null,
                who(warning.session().spec())
                        + " has used "
                        + Math.round(warning.usedPercent())
                        + " % of its context",
                "",
                about);
    }

    private static boolean isRoomy(Session session, int percent) {
        Reading reading = session.activity().reading();
        Double used = reading == null ? null : reading.contextUsedPercent();
        return used != null && used < percent * WELL_BELOW;
    }

    private static Notice window(Warning.Window warning, Instant asOf, ZoneId zone) {
        String window = "quota:" + warning.account() + ":" + warning.span().word() + ":";
        return new Notice(
                window + warning.threshold(),
                Warning.WINDOW_PERCENT.stream()
                        .filter(lesser -> lesser < warning.threshold())
                        .map(lesser -> window + lesser)
                        .toList(),
                Event.LIMIT,
                asOf,
                true,
                Duration.ZERO,
                warning.passes(),
                "Account "
                        + Clean.line(warning.account())
                        + " has used "
                        + Math.round(warning.usedPercent())
                        + " % of its "
                        + warning.span().word()
                        + " window",
                "begins anew " + clock(warning.passes(), zone),
                new Notice.Subject(null, null, Map.of()));
    }

    private static Optional<Notice> host(
            HostStatus status, List<Session> sessions, Map<String, String> labels) {
        long going = sessions.stream().filter(session -> !session.ended()).count();
        boolean silent =
                switch (status.state()) {
                    // A laptop that sleeps is nobody's trouble unless something ought to go on
                    // there.
                    case OFFLINE, PENALISED -> going > 0;
                    case LOCKED, AUTH_FAILED, HOST_KEY_UNKNOWN, HOST_KEY_CHANGED -> true;
                    case CONNECTING, ONLINE, DISABLED -> false;
                };
        // Who was never reached is not gone: whoever adds a host looks at it.
        if (!silent || status.lastHeard() == null) {
            return Optional.empty();
        }
        boolean network =
                switch (status.state()) {
                    case OFFLINE, PENALISED -> true;
                    default -> false;
                };
        return Optional.of(
                new Notice(
                        hostName(status.name()),
                        List.of(),
                        Event.HOST,
                        status.since(),
                        true,
                        network ? GONE : REFUSED,
                        null,
                        status.name()
                                + " is "
                                + status.state().word()
                                + (going == 0
                                        ? ""
                                        : "; "
                                                + going
                                                + (going == 1 ? " session" : " sessions")
                                                + " there can't be seen"),
                        Clean.line(status.detail()),
                        new Notice.Subject(status.name(), null, labels)));
    }

    private static Notice.Subject subject(Session session, Map<String, String> hostLabels) {
        SessionSpec spec = session.spec();
        Map<String, String> labels = new HashMap<>(hostLabels);
        labels.putAll(spec.labels());
        return new Notice.Subject(
                spec.host(),
                new Notice.Session(
                        spec.id().value(),
                        Clean.line(spec.name()),
                        Clean.line(spec.repo()),
                        spec.branch() == null ? null : Clean.line(spec.branch()),
                        Clean.line(spec.agent()),
                        session.state().word(),
                        spec.account()),
                labels);
    }

    private static Notice.Session session(Notice.Subject about) {
        return java.util.Objects.requireNonNull(about.session());
    }

    private static String who(SessionSpec spec) {
        return Clean.line(spec.name()) + " on " + spec.host();
    }

    private static String contextName(Session session) {
        return "context:" + session.id().value();
    }

    private static String hostName(String host) {
        return "host:" + host;
    }

    private static String clock(Instant moment, ZoneId zone) {
        return CLOCK.format(moment.atZone(zone));
    }
}
