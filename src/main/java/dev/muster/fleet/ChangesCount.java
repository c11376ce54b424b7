package dev.muster.fleet;

import dev.muster.agent.AgentEvent;
import dev.muster.git.Changes;
import dev.muster.link.Link;
import dev.muster.link.LinkException;
import dev.muster.link.RunResult;
import dev.muster.session.JournalRecord;
import dev.muster.session.JournalRecord.Content;
import dev.muster.session.Session;
import dev.muster.session.SessionEvent;
import dev.muster.session.SessionId;
import dev.muster.session.State.Lifecycle;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/// Keeps the numbers of a host's sessions (files, lines, commits) fresh: counts after what an agent
/// said or how it ended, and now and then while all that moves is its screen. Where nothing moves,
/// nothing is asked. One at a time, and never in the way of anything else.
final class ChangesCount {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Link link;
    private final HostLedger ledger;
    private final Clock clock;
    private final LinkedBlockingQueue<SessionId> asked = new LinkedBlockingQueue<>();
    private final Map<SessionId, String> activity = new ConcurrentHashMap<>();

    ChangesCount(Link link, HostLedger ledger, Clock clock) {
        this.link = link;
        this.ledger = ledger;
        this.clock = clock;
    }

    /// Whether a record means that there may be something new to count.
    void heard(JournalRecord record) {
        if (record.content() instanceof Content.Of of) {
            if (of.events().stream().anyMatch(ChangesCount::mayChangeFiles)) {
                asked.add(of.session());
            }
        }
    }

    /// @param now when each session last wrote to its screen; what is new is counted, on a new
    ///     connection all that runs
    void moved(Map<String, String> now) {
        for (Session session : ledger.sessions()) {
            String at = now.get(session.id().value());
            if (at != null
                    && session.state().lifecycle() == Lifecycle.RUNNING
                    && !at.equals(activity.put(session.id(), at))) {
                asked.add(session.id());
            }
        }
    }

    private static boolean mayChangeFiles(SessionEvent event) {
        return switch (event) {
            case SessionEvent.Reported e -> true;
            case SessionEvent.Exited e -> true;
            case SessionEvent.Said e ->
                    e.what() instanceof AgentEvent.ToolEnded
                            || e.what() instanceof AgentEvent.TurnEnded;
            case SessionEvent.Step e -> false;
            case SessionEvent.Started e -> false;
            case SessionEvent.Asked e -> false;
            case SessionEvent.NotLaunched e -> false;
            case SessionEvent.StopAsked e -> false;
            case SessionEvent.Swept e -> false;
            case SessionEvent.Missing e -> false;
            case SessionEvent.Counted e -> false;
            case SessionEvent.Owned e -> false;
            case SessionEvent.Noted e -> false;
        };
    }

    /// Counts whatever is to be counted, until it is interrupted.
    void keepCounting() throws LinkException, InterruptedException {
        while (true) {
            Set<SessionId> now = new LinkedHashSet<>(Set.of(asked.take()));
            asked.drainTo(now);
            for (SessionId id : now) {
                count(id);
            }
        }
    }

    private void count(SessionId id) throws LinkException, InterruptedException {
        Optional<Session> known =
                ledger.sessions().stream().filter(s -> s.id().equals(id)).findFirst();
        if (known.isEmpty() || known.get().spec().worktree() == null) {
            return;
        }
        Session session = known.get();
        String worktree = session.spec().worktree();
        RunResult result =
                link.run(
                        Changes.script(
                                worktree == null ? "" : worktree,
                                Optional.ofNullable(session.spec().base()).orElse(""),
                                Optional.ofNullable(session.startCommit()).orElse("")),
                        SOON);
        try {
            Changes counted = Changes.parse(result.outText());
            // That a session which has just begun has changed nothing is no news.
            Changes before = Optional.ofNullable(session.changes()).orElse(Changes.NONE);
            if (!counted.equals(before)) {
                ledger.note(id, new SessionEvent.Counted(clock.instant(), counted));
            }
        } catch (IllegalArgumentException e) {
            // The worktree could not be read: what was counted last stays, with its age.
        }
    }
}
