package dev.muster.notify;

import dev.muster.agent.Request;
import dev.muster.host.Notices.Event;
import dev.muster.session.Session;
import dev.muster.session.SessionSpec;
import dev.muster.session.State;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What there is to tell of how a session stands. Pure.
final class SessionNotices {
    /// An approval that a rule or a quick person gives at once is nobody's news.
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private SessionNotices() {}

    static List<Notice> of(Session session, Notice.Subject about, ZoneId zone) {
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
        String when = until == null ? "" : "until " + LimitNotices.clock(until, zone);
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

    private static Notice.Session session(Notice.Subject about) {
        return Objects.requireNonNull(about.session());
    }

    static String who(SessionSpec spec) {
        return Clean.line(spec.name()) + " on " + spec.host();
    }
}
