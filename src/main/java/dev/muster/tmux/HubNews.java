package dev.muster.tmux;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a line of tmux's control mode tells (tmux(1), CONTROL MODE).
public sealed interface HubNews {

    /// All panes, told when something about one of them changed.
    record Panes(Map<String, Pane> bySession) implements HubNews {}

    /// In which hundred seconds each session last wrote to its screen, told when that changed.
    record Active(Map<String, String> bySession) implements HubNews {}

    /// The tmux server ended, or sent this client away.
    record Exit(String why) implements HubNews {}

    /// @param dead its program has ended
    /// @param lost something could not be written to the journal there
    record Pane(boolean dead, boolean lost) {}

    /// The commands that make a control client hear of every session's panes, checked by tmux once
    /// a second and told when they differ. No comma may stand inside `#{P:…}`. Of the second of its
    /// last output a window tells all but the last two digits, or a busy one would never be quiet.
    List<String> SUBSCRIBE =
            List.of(
                    "refresh-client -f no-output,ignore-size",
                    "refresh-client -B"
                            + " 'panes::#{S:#{session_name}=#{W:#{P:#{pane_dead}|#{@muster_lost}}};}'",
                    "refresh-client -B"
                            + " 'active::#{S:#{session_name}=#{W:#{=8:window_activity}};}'");

    String TOLD = "%subscription-changed ";

    /// Whether this line says that the client is attached. A server that runs already may take what
    /// is said before for the words of nobody: `no current client`.
    static boolean hasBegun(String line) {
        return line.startsWith("%session-changed ");
    }

    /// The news in a line, if there is any.
    static Optional<HubNews> parse(String line) {
        if (line.startsWith("%exit")) {
            return Optional.of(new Exit(line.substring(5).strip()));
        }
        int value = line.indexOf(" : ");
        if (!line.startsWith(TOLD) || value < 0) {
            return Optional.empty();
        }
        Map<String, String> bySession = bySession(line.substring(value + 3));
        return switch (line.substring(TOLD.length(), line.indexOf(' ', TOLD.length()))) {
            case "panes" -> Optional.of(new Panes(panes(bySession)));
            case "active" -> Optional.of(new Active(bySession));
            default -> Optional.empty();
        };
    }

    private static Map<String, String> bySession(String value) {
        Map<String, String> sessions = new HashMap<>();
        for (String entry : value.split(";")) {
            int equals = entry.indexOf('=');
            if (equals > 0) {
                sessions.put(entry.substring(0, equals), entry.substring(equals + 1));
            }
        }
        return sessions;
    }

    private static Map<String, Pane> panes(Map<String, String> bySession) {
        Map<String, Pane> panes = new HashMap<>();
        bySession.forEach(
                (session, value) -> {
                    String[] fields = value.split("\\|", -1);
                    panes.put(
                            session,
                            new Pane(
                                    fields[0].equals("1"),
                                    fields.length > 1 && fields[1].equals("1")));
                });
        return panes;
    }
}
