package dev.muster.notify;

import dev.muster.agent.Digest;
import dev.muster.host.Notices.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Something that a person should know. Its texts are of one line and free of control characters,
/// but come from hosts: whoever shows them escapes them.
///
/// @param name what it is about: one name is told once
/// @param implied names of lesser things that need not be told any more
/// @param at when it happened
/// @param stands it waits for a person, however long ago it began
/// @param settle how long it has to last before it is worth a word
/// @param until when its name may be told again; null: when it is over, if ever
/// @param title a sentence in Muster's own words
/// @param text what the agent or the host says; may be empty
public record Notice(
        String name,
        List<String> implied,
        Event event,
        Instant at,
        boolean stands,
        Duration settle,
        @Nullable Instant until,
        String title,
        String text,
        Subject about) {

    /// What it is about.
    ///
    /// @param host null for what is of no single host: an account's quota
    /// @param labels of the session, over those of its host
    public record Subject(
            @Nullable String host, @Nullable Session session, Map<String, String> labels) {
        public Subject {
            labels = labels == null ? Map.of() : Map.copyOf(labels);
        }
    }

    /// A session, as those who are told may need it.
    public record Session(
            String id,
            String name,
            String repo,
            @Nullable String branch,
            String agent,
            String state,
            @Nullable String account) {}

    public Notice {
        implied = implied == null ? List.of() : List.copyOf(implied);
    }

    /// The same for each attempt to tell it, so that who is told twice can see that.
    public String id() {
        return Digest.of(name + "|" + at.toEpochMilli());
    }
}
