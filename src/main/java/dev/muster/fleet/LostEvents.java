package dev.muster.fleet;

import dev.muster.link.LinkException;
import dev.muster.link.RunResult;
import dev.muster.session.Session;
import dev.muster.session.SessionEvent;
import dev.muster.session.SessionId;
import dev.muster.session.State;
import dev.muster.session.Vitals;
import dev.muster.shell.HostScript;
import dev.muster.tmux.HubNews;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/// Events that a host could not write to its journal. That there were some is kept in mind by tmux
/// there, until it can write again.
final class LostEvents {
    private static final Duration SOON = Duration.ofSeconds(30);

    /// Between two looks whether a host that could not write can do so again.
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final VisitContext visit;
    private final HostLook look;
    private final AtomicBoolean mending = new AtomicBoolean();

    LostEvents(VisitContext visit, HostLook look) {
        this.visit = visit;
        this.look = look;
    }

    /// @param now the panes, by their sessions
    void heard(Map<String, HubNews.Pane> now) {
        Set<SessionId> ids =
                visit.ledger().sessions().stream()
                        .filter(s -> s.state().lifecycle() != State.Lifecycle.QUEUED)
                        .map(Session::id)
                        .filter(id -> now.containsKey(id.value()) && now.get(id.value()).lost())
                        .collect(Collectors.toUnmodifiableSet());
        visit.health().accept(h -> h.withLost(ids));
        if (!ids.isEmpty() && mending.compareAndSet(false, true)) {
            visit.threads().start("lost-events", () -> mend(ids));
        }
    }

    void vitals(Vitals vitals) {
        visit.health().accept(h -> h.withVitals(vitals));
    }

    /// Tells the sessions, then waits until the host can write again, and looks how they stand.
    private void mend(Set<SessionId> first) throws LinkException, InterruptedException {
        try {
            Set<SessionId> told = new HashSet<>();
            Set<SessionId> now = first;
            while (!visit.threads().isOver() && !now.isEmpty()) {
                now.stream().filter(told::add).forEach(this::note);
                String[] ids = now.stream().map(SessionId::value).toArray(String[]::new);
                RunResult result = visit.link().run(HostScript.named("lost", ids), SOON);
                HostHealth.space(result.outText()).ifPresent(space -> vitals(Vitals.of(space)));
                if (result.outText().lines().anyMatch("written"::equals)) {
                    look.look();
                    visit.health().accept(h -> h.withLost(Set.of()));
                    return;
                }
                Thread.sleep(AGAIN);
                now =
                        now.stream()
                                .filter(visit.ledger()::known)
                                .collect(Collectors.toUnmodifiableSet());
            }
        } finally {
            mending.set(false);
        }
    }

    private void note(SessionId id) {
        visit.ledger()
                .note(
                        id,
                        new SessionEvent.Noted(
                                visit.clock().instant(),
                                "gap",
                                "an event could not be written on "
                                        + visit.name()
                                        + ", whose disk may be full: it is lost",
                                null));
    }
}
