package dev.muster.session;

import java.util.List;
import java.util.Optional;

/// One record of a host's journal.
///
/// @param offset of its first byte in its generation
/// @param end offset of the byte after it: where reading goes on
/// @param content what it says
public record JournalRecord(long offset, long end, Content content) {

    /// What a record says.
    public sealed interface Content {
        /// What happened to a session: one record of an agent may say several things, or none.
        record Of(SessionId session, List<SessionEvent> events) implements Content {
            public Of {
                events = List.copyOf(events);
            }
        }

        /// The journal goes on in another generation.
        record Next(String generation) implements Content {}

        /// Bytes that are no record: torn in the middle by a kill or a full disk.
        record Gap(int bytes) implements Content {}
    }

    public Optional<SessionId> session() {
        return content instanceof Content.Of of ? Optional.of(of.session()) : Optional.empty();
    }
}
