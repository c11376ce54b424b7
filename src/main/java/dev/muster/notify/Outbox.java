package dev.muster.notify;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// What was told to whom, and what is still to be sent: outlives the service. Every method is one
/// transaction.
public interface Outbox {
    /// One notice on its way to one target.
    ///
    /// @param seq in the order in which they are to be sent
    /// @param at when it was written
    record Letter(long seq, String target, Instant at, Notice notice) {}

    /// All that was told and counts still.
    List<Mark> marks();

    /// Writes letters to a target, and that it was told, at once.
    ///
    /// @param over names that may be told again
    void tell(
            String target,
            List<Notice> letters,
            List<Mark> marks,
            Collection<String> over,
            Instant now);

    /// The oldest letter to a target.
    Optional<Letter> next(String target);

    /// It was sent, or given up.
    void done(Letter letter);

    /// Drops letters to anybody else, and marks so old that what they are of is long gone.
    void keepOnly(Collection<String> targets, Instant marksSince);
}
