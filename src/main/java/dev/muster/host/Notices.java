package dev.muster.host;

import java.time.LocalTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Who is told when something needs a person: `notify` of the hosts file.
///
/// @param contextPercent the share of a conversation's context from which on it is worth a warning
/// @param targets in the file's order
public record Notices(int contextPercent, List<Target> targets) {
    /// Nobody is told.
    public static final Notices NONE = new Notices(80, List.of());

    /// What a `body` may have in braces.
    public static final List<String> PLACEHOLDERS =
            List.of("id", "at", "event", "title", "text", "host", "session", "repo", "state");

    public Notices {
        targets = List.copyOf(targets);
    }

    /// One place that is told.
    ///
    /// @param when what it is told of
    /// @param hosts only these; empty: all
    /// @param repos only these; empty: all
    /// @param labels only sessions that have all of these, by their own labels or their host's
    /// @param quiet when it is not told; what still holds then is told afterwards
    public record Target(
            String name,
            Way way,
            Set<Event> when,
            List<String> hosts,
            List<String> repos,
            Map<String, String> labels,
            Optional<Quiet> quiet) {
        public Target {
            when = Set.copyOf(when);
            hosts = List.copyOf(hosts);
            repos = List.copyOf(repos);
            labels = Map.copyOf(new LinkedHashMap<>(labels));
        }
    }

    /// How it is told.
    public sealed interface Way {
        /// The desktop of the machine that the service runs on.
        record Desktop() implements Way {}

        /// A POST of JSON.
        ///
        /// @param secret signs each request
        /// @param body a template in place of Muster's own document
        record Webhook(Secret url, Optional<Secret> secret, Optional<String> body) implements Way {}

        /// What Slack calls an incoming webhook; others speak the same.
        record Slack(Secret url) implements Way {}

        /// A topic of ntfy.
        ///
        /// @param token for topics that are not open to all
        record Ntfy(Secret url, Optional<Secret> token) implements Way {}
    }

    /// A value that may be known to few: its text, or where the service finds it.
    public sealed interface Secret {
        record Plain(String value) implements Secret {
            /// An address may hold a key: it is for nobody's log.
            @Override
            public String toString() {
                return "Plain[…]";
            }
        }

        /// A variable of the service's environment.
        record Env(String name) implements Secret {}

        /// A file on the service's machine, its first line.
        record File(String path) implements Secret {}
    }

    /// What somebody can be told of.
    public enum Event {
        /// An agent asks whether it may use a tool.
        APPROVAL("approval"),
        /// An agent asks something else, or stands before a dialog.
        QUESTION("question"),
        /// An agent ended its turn and waits for the next prompt.
        IDLE("idle"),
        /// A session ended well.
        FINISHED("finished"),
        /// A session ended otherwise, and nobody had asked for it.
        FAILED("failed"),
        /// A quota or a context is used up, or nearly.
        LIMIT("limit"),
        /// A host can't be reached any more.
        HOST("host");

        private final String word;

        Event(String word) {
            this.word = word;
        }

        /// The word of the hosts file, and of what is sent.
        public String word() {
            return word;
        }
    }

    /// Hours of the day when nobody is to be told; over midnight where `to` is the earlier one.
    ///
    /// @param from the first moment
    /// @param to the first moment after it
    public record Quiet(LocalTime from, LocalTime to, ZoneId zone) {}
}
