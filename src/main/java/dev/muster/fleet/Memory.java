package dev.muster.fleet;

import dev.muster.session.LaunchOrder;
import dev.muster.session.Session;
import dev.muster.session.SessionEvent;
import dev.muster.session.SessionId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What must outlive the service: the database, as the fleet needs it. Every method is one
/// transaction.
///
/// @throws MemoryException from every method, when the database can't be read or written
public interface Memory {

    /// @param cursor how far the journal was read by this, or null when nothing was read
    /// @param events in order
    /// @param sessions as they are after the events
    /// @param spent what the events added to the use of sessions
    /// @param quotas what they say of accounts, oldest first
    record Commit(
            String host,
            @Nullable CursorMove cursor,
            List<Happened> events,
            List<Session> sessions,
            List<Spent> spent,
            List<Quota> quotas) {}

    /// @param from where the cursor must stand now, else the whole commit is refused: somebody else
    ///     has read the same bytes
    record CursorMove(String generation, long from, long to) {}

    /// @param origin where it is written: `generation:offset` of the host's journal, or of the
    ///     service's own making; one origin counts once
    record Happened(SessionId session, String origin, SessionEvent event) {}

    /// One line of a session's history.
    record Remembered(long seq, Instant readAt, SessionEvent event) {}

    /// A removal that was asked for and may not be finished.
    ///
    /// @param run the run that had ended then: a session that was brought back since is wanted
    ///     again
    record RemovalOrder(SessionId session, int run, boolean force) {}

    /// Every session that was not removed.
    List<Session> sessions();

    /// Reading positions of a host's journal, by generation.
    Map<String, Long> cursors(String host);

    /// Drops the reading positions of generations that the host does not have any more.
    void forgetCursors(String host, Collection<String> generations);

    /// Writes down what happened. The order of a run that is no longer queued, with the secrets in
    /// it, is forgotten in the same transaction.
    ///
    /// @return false when the cursor was not where it was expected: nothing was written
    boolean commit(Commit commit);

    /// Writes down a new session and what its host is to be told, before anything is done.
    void ask(Session session, LaunchOrder order, SessionEvent.Asked asked);

    /// Orders of runs that have not begun yet, oldest first.
    List<LaunchOrder> orders(String host);

    /// Writes down that a removal was asked for, before anything is done.
    void askRemoval(String host, RemovalOrder order);

    List<RemovalOrder> removals(String host);

    /// The removal was refused: the session stays.
    void keep(SessionId session);

    /// The session is gone from its host, with its orders.
    void removed(SessionId session, Instant at);

    /// History after `seq`, oldest first.
    List<Remembered> history(SessionId session, long after, int limit);

    /// When each host was last heard of.
    Map<String, Instant> lastHeard();

    void heard(String host, Instant at);

    /// The newest reading of each account.
    List<Quota> quotas();

    /// Sums of use, by name. Use outlives the removal of its session.
    ///
    /// @param since the first day that counts
    UsageSum.Table usage(UsageBy by, LocalDate since);

    /// Everything that is remembered of a host and its sessions, their use too: should the host
    /// come back, its journal is read, and counted, from the beginning.
    void forget(String host);

    void audit(Audit entry);

    /// Writes down an answer before it is tried, unless there is one to the same request.
    ///
    /// @return the one that counts: this, or the one that was there
    AnswerOrder answer(AnswerOrder order);

    Optional<AnswerOrder> answerTo(String request);

    /// Answers whose outcome is not known, oldest first.
    List<AnswerOrder> answers(String host);

    /// What became of an answer is known.
    void answered(String request, String outcome);

    /// An answer could not be taken down on its host: another may be given.
    void withdraw(String request);

    /// How often a session's agent took a prompt of that digest; of any, for an empty one.
    int prompted(SessionId session, String digest);

    /// What a session's agent said of a request, oldest first.
    ///
    /// @param beginning of the request's id; hexadecimal digits
    List<Remembered> said(@Nullable SessionId session, String beginning);

    /// Who did what where, and what became of it.
    record Audit(
            Instant at,
            String who,
            String action,
            @Nullable String host,
            @Nullable SessionId session,
            String outcome) {}

    /// The database could not be read or written.
    final class MemoryException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String fix;

        /// @param message a sentence
        /// @param fix what a person can do
        public MemoryException(String message, String fix, Throwable cause) {
            super(message, cause);
            this.fix = fix;
        }

        public String fix() {
            return fix;
        }
    }
}
