package dev.muster.fleet;

import dev.muster.link.LinkException;
import dev.muster.session.Session;
import dev.muster.tmux.HubNews;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jboss.logging.Logger;

/// Listens to a host's tmux server: which panes live, and what tmux keeps in mind for them.
final class HubFollower {
    private static final Logger LOG = Logger.getLogger(HubFollower.class);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final Duration AGAIN_MOST = Duration.ofSeconds(16);

    /// A run that ended writes its last record before its pane dies; the two arrive by different
    /// channels. After this long the pane's word is followed up by looking.
    private static final Duration LAST_WORD = Duration.ofMillis(300);

    private final VisitContext visit;
    private final HostLook look;
    private final LostEvents lost;
    private final ChangesCount changes;
    private final VisitThreads.Work deliverAll;
    private volatile Map<String, HubNews.Pane> panes = Map.of();

    /// @param deliverAll launches what has not begun
    HubFollower(
            VisitContext visit,
            HostLook look,
            LostEvents lost,
            ChangesCount changes,
            VisitThreads.Work deliverAll) {
        this.visit = visit;
        this.look = look;
        this.lost = lost;
        this.changes = changes;
        this.deliverAll = deliverAll;
    }

    /// Listens until the visit is over. Where there is no tmux, or none that answers, the host
    /// stays as reachable as it is: its row names the problem, and tmux is tried again, less and
    /// less often.
    void follow() throws LinkException, IOException, InterruptedException {
        Duration pause = AGAIN;
        while (!visit.threads().isOver()) {
            Instant begun = visit.clock().instant();
            try (TmuxHub hub = TmuxHub.open(visit.link(), visit.service())) {
                visit.threads().whenOver(hub::close);
                hub.follow(this::hear);
            } catch (IOException e) {
                LOG.debugf("%s: the tmux channel broke: %s", visit.name(), e.getMessage());
            }
            if (!visit.threads().isOver()) {
                // The server went, or sent us away: look what is left, and launch what had not
                // begun, then listen again.
                look.look();
                deliverAll.run();
                boolean lasted = begun.plus(AGAIN_MOST).isBefore(visit.clock().instant());
                pause = lasted ? AGAIN : pause;
                Thread.sleep(pause);
                Duration twice = pause.multipliedBy(2);
                pause = twice.compareTo(AGAIN_MOST) < 0 ? twice : AGAIN_MOST;
            }
        }
    }

    private void hear(HubNews news) {
        visit.heardNow();
        switch (news) {
            case HubNews.Panes p -> {
                panes = p.bySession();
                lost.heard(p.bySession());
                visit.threads().start("tmux-last-word", this::followUp);
            }
            case HubNews.Active a -> changes.moved(a.bySession());
            case HubNews.Alive a -> {}
        }
    }

    /// A pane that is dead or gone while its session is open: wait for the last word, then look.
    private void followUp() throws LinkException, InterruptedException {
        if (unexplained()) {
            Thread.sleep(LAST_WORD);
            if (unexplained()) {
                look.look();
            }
        }
    }

    private boolean unexplained() {
        Map<String, HubNews.Pane> now = panes;
        for (Session session : visit.ledger().sessions()) {
            HubNews.Pane pane = now.get(session.id().value());
            boolean open =
                    switch (session.state().lifecycle()) {
                        case PREPARING, RUNNING -> true;
                        case QUEUED, ENDED -> false;
                    };
            if (open && (pane == null || pane.dead())) {
                return true;
            }
        }
        return false;
    }
}
