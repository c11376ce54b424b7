package dev.muster.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.muster.shell.HostScript;
import dev.muster.shell.Script;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// All sessions that a host has, as `sweep.sh` found them.
///
/// @param server what became of the question to tmux
/// @param found each session folder, but for those of removed sessions
/// @param gone ids of removed sessions
/// @param halfGone removed sessions whose folder is still there: a removal was cut off at its end
/// @param journal how long the journal was after all this was looked at; null when it is not known
/// @param complete false when the answer broke off: then absence means nothing
public record Sweep(
        Server server,
        List<Found> found,
        Set<SessionId> gone,
        List<SessionSpec> halfGone,
        @Nullable JournalEnd journal,
        boolean complete) {

    /// @param size in bytes
    public record JournalEnd(String generation, long size) {}

    /// Whether Muster's tmux server answered.
    public enum Server {
        UP,
        DOWN,
        UNKNOWN
    }

    /// @param run the newest run that was claimed, 0 for none
    /// @param pid of its agent, once started
    /// @param status of the run, when it ended by itself
    /// @param pane whether its pane lives; null when tmux could not be asked
    public record Found(
            SessionSpec spec,
            int run,
            @Nullable Long pid,
            @Nullable Integer status,
            @Nullable Boolean pane) {

        public SessionEvent.Swept event(Instant at) {
            return new SessionEvent.Swept(at, run, pid, status, pane);
        }
    }

    private static final ObjectMapper JSON =
            new ObjectMapper().registerModule(new JavaTimeModule());

    public static Script script() {
        return HostScript.named("sweep");
    }

    public static Sweep parse(String text) {
        Server server = Server.UNKNOWN;
        Map<String, Boolean> panes = new HashMap<>();
        List<Found> found = new ArrayList<>();
        Set<SessionId> gone = new HashSet<>();
        JournalEnd journal = null;
        boolean complete = false;
        String[] session = {};
        for (String line : text.split("\n")) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "server" -> server = server(words);
                case "pane" -> {
                    if (words.length > 2) {
                        panes.put(words[1], words[2].equals("0"));
                    }
                }
                case "session" -> session = words;
                case "json" -> {
                    if (session.length == 5) {
                        add(found, session, line.substring(5), server, panes);
                    }
                    session = new String[0];
                }
                case "gone" -> {
                    if (words.length == 2 && SessionId.isValid(words[1])) {
                        gone.add(new SessionId(words[1]));
                    }
                }
                case "journal" -> journal = journal(words);
                case "done" -> complete = true;
                default -> {
                    // Words of a newer version mean nothing to this one.
                }
            }
        }
        Map<Boolean, List<Found>> removed =
                found.stream()
                        .collect(Collectors.partitioningBy(f -> gone.contains(f.spec().id())));
        return new Sweep(
                server,
                List.copyOf(removed.getOrDefault(false, List.of())),
                Set.copyOf(gone),
                removed.getOrDefault(true, List.of()).stream().map(Found::spec).toList(),
                journal,
                complete);
    }

    private static @Nullable JournalEnd journal(String[] words) {
        try {
            return words.length == 3 && Generations.isName(words[1])
                    ? new JournalEnd(words[1], Long.parseLong(words[2]))
                    : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static Server server(String[] words) {
        return switch (words.length > 1 ? words[1] : "") {
            case "up" -> Server.UP;
            case "down" -> Server.DOWN;
            default -> Server.UNKNOWN;
        };
    }

    private static void add(
            List<Found> found,
            String[] words,
            String json,
            Server server,
            Map<String, Boolean> panes) {
        try {
            SessionSpec spec = JSON.readValue(json, SessionSpec.class);
            if (!spec.id().value().equals(words[1])) {
                return;
            }
            Boolean pane =
                    switch (server) {
                        case UP -> panes.getOrDefault(words[1], false);
                        case DOWN -> Boolean.FALSE;
                        case UNKNOWN -> null;
                    };
            Integer status = words[4].equals("-") ? null : Integer.valueOf(words[4]);
            Long pid = words[3].equals("-") ? null : Long.valueOf(words[3]);
            found.add(new Found(spec, Integer.parseInt(words[2]), pid, status, pane));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            // Not a session of ours: a folder that a person made, or a file that was damaged.
        }
    }
}
