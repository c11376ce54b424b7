package dev.muster.fleet;

import dev.muster.agent.Request;
import dev.muster.agent.StandingRules;
import dev.muster.fleet.AnswerDelivery.Waits;
import dev.muster.fleet.Inbox.Waiting;
import dev.muster.link.LinkException;
import dev.muster.session.Session;
import dev.muster.session.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// Looks after the inbox while nobody asks: answers by the standing rules, gives answers that were
/// kept when their host is back, and ends hooks on the hosts whose requests were answered by hand;
/// and first prompts are typed.
public final class InboxKeeper implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(InboxKeeper.class);

    /// Between two visits of one host: requests that were answered come in groups.
    private static final Duration APART = Duration.ofSeconds(1);

    /// Before a host is asked again that did not say what became of an answer.
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final Fleet fleet;
    private final Inbox inbox;
    private final FirstPrompts first;
    private final Semaphore bell = new Semaphore(0);
    private final Thread thread = Thread.ofVirtual().name("inbox").unstarted(this::keep);

    /// Requests that a rule was tried on: once in a life of the service.
    private final Set<String> tried = ConcurrentHashMap.newKeySet();

    private final Set<String> visiting = ConcurrentHashMap.newKeySet();
    private final Set<String> due = ConcurrentHashMap.newKeySet();
    private final Map<String, Instant> online = new HashMap<>();
    private Map<SessionId, Set<String>> open = Map.of();
    private volatile boolean closing;

    public InboxKeeper(Fleet fleet, Inbox inbox) {
        this.fleet = fleet;
        this.inbox = inbox;
        this.first = new FirstPrompts(fleet);
    }

    public void start() {
        thread.start();
    }

    @Override
    public void close() {
        closing = true;
        thread.interrupt();
    }

    private void keep() {
        Runnable stop = fleet.board().listen(bell::release);
        try {
            while (!closing) {
                look(fleet.board().now());
                if (bell.tryAcquire(AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                    bell.drainPermits();
                } else {
                    inbox.takeUnclear().forEach(this::visit);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stop.run();
        }
    }

    private void look(FleetBoard board) {
        Map<SessionId, Set<String>> now = new HashMap<>();
        for (FleetBoard.Entry entry : board.hosts().values()) {
            String host = entry.status().name();
            boolean isOnline = entry.status().online();
            for (Session session : entry.sessions().values()) {
                if (isOnline) {
                    first.look(session);
                }
                if (session.activity().open().isEmpty()) {
                    continue;
                }
                Set<String> ids = new HashSet<>();
                session.activity().open().forEach(o -> ids.add(o.request().id()));
                now.put(session.id(), ids);
                if (isOnline) {
                    session.activity()
                            .requests()
                            .forEach(request -> byRule(new Waiting(session, request)));
                }
            }
            if (!isOnline) {
                online.remove(host);
            } else if (!entry.status().since().equals(online.put(host, entry.status().since()))) {
                visit(host);
            }
            for (SessionId id : entry.sessions().keySet()) {
                if (!now.getOrDefault(id, Set.of()).containsAll(open.getOrDefault(id, Set.of()))) {
                    visit(host);
                }
            }
        }
        due.forEach(this::visit);
        tried.removeIf(id -> now.values().stream().noneMatch(ids -> ids.contains(id)));
        open = now;
    }

    private void byRule(Waiting waiting) {
        Request request = waiting.request();
        Session session = waiting.session();
        if (!session.spec().owner().equals(fleet.identity().id()) || !tried.add(request.id())) {
            return;
        }
        StandingRules.verdict(
                        fleet.hosts().rules(),
                        request,
                        session.spec().repo(),
                        session.spec().host())
                .ifPresent(verdict -> start("inbox-rule", () -> answer(waiting, verdict)));
    }

    private void answer(Waiting waiting, StandingRules.Verdict verdict)
            throws InterruptedException {
        AnswerOrder order =
                new AnswerOrder(
                        waiting.request().id(),
                        waiting.session().id(),
                        waiting.host(),
                        "rule" + waiting.request().id(),
                        verdict.by(),
                        fleet.clock().instant(),
                        verdict.answer(),
                        null);
        String outcome = "broken off";
        try {
            outcome = "done: " + inbox.take(waiting, order).sentence();
        } catch (Refused e) {
            outcome = e.kind().name().toLowerCase(Locale.ROOT) + ": " + e.sentence();
        } finally {
            audit(order, verdict.approved() ? "approve" : "deny", outcome);
        }
    }

    private void audit(AnswerOrder order, String action, String outcome) {
        fleet.memory()
                .audit(
                        new Memory.Audit(
                                fleet.clock().instant(),
                                order.who(),
                                action,
                                order.host(),
                                order.session(),
                                outcome));
    }

    /// Sees after one host, soon, and not twice at once.
    private void visit(String host) {
        due.add(host);
        if (!visiting.add(host)) {
            return;
        }
        start(
                "inbox-" + host,
                () -> {
                    try {
                        while (due.remove(host) && !closing) {
                            giveKept(host);
                            retire(host);
                            Thread.sleep(APART);
                        }
                    } finally {
                        visiting.remove(host);
                        if (due.contains(host)) {
                            bell.release();
                        }
                    }
                });
    }

    /// Gives the answers that were left for this host. One that somebody gives just now is theirs
    /// to tell of, and is looked at again.
    void giveKept(String host) throws InterruptedException {
        for (AnswerOrder order : fleet.memory().answers(host)) {
            if (inbox.isInHand(order)) {
                due.add(host);
                continue;
            }
            if (!isLeft(order)) {
                continue;
            }
            String outcome;
            try {
                Inbox.Taken taken = inbox.goOn(order);
                if (taken.kept()) {
                    continue;
                }
                outcome = "done, later: " + taken.sentence();
            } catch (Refused e) {
                if (e.kind() == Refused.Kind.UNKNOWN) {
                    continue;
                }
                outcome = "not done: " + e.sentence();
            }
            audit(order, "answer", outcome);
        }
    }

    /// Whether nobody has learned yet what became of it, since it was read.
    private boolean isLeft(AnswerOrder order) {
        return fleet.memory()
                .answerTo(order.request())
                .filter(now -> now.outcome() == null)
                .isPresent();
    }

    /// Ends hooks that wait for nothing. One counts as answered by hand only when it was known to
    /// wait before and does not now: what was just asked may not have been read yet.
    private void retire(String host) throws InterruptedException {
        Optional<HostLedger> ledger = fleet.keeper(host).map(HostKeeper::ledger);
        if (ledger.isEmpty()) {
            return;
        }
        try {
            for (Waits waits : AnswerDelivery.waiting(inbox.link(host))) {
                if (ledger.get().isOver(waits.session(), waits.request())) {
                    AnswerDelivery.retire(inbox.link(host), waits);
                }
            }
        } catch (LinkException e) {
            LOG.debugf("%s: its waiting hooks could not be seen: %s", host, e.getMessage());
        }
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private void start(String name, Work work) {
        Thread.ofVirtual()
                .name(name)
                .start(
                        () -> {
                            try {
                                work.run();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            } catch (RuntimeException e) {
                                LOG.errorf(e, "%s: Muster itself failed", name);
                            }
                        });
    }
}
