package dev.muster.tmux;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What a line of a host's tmux channel (`scripts/hub.sh`) tells.
public sealed interface HubNews {

    /// All panes, told when something about one of them changed.
    record Panes(Map<String, Pane> bySession) implements HubNews {}

    /// In which hundred seconds each session last wrote to its screen, told when that changed.
    record Active(Map<String, String> bySession) implements HubNews {}

    /// They were looked at, and nothing had changed.
    record Alive() implements HubNews {}

    /// @param dead its program has ended
    /// @param lost something could not be written to the journal there
    record Pane(boolean dead, boolean lost) {}

    String PANES = "panes ";
    String ACTIVE = "active ";

    /// The news in a line, if there is any.
    static Optional<HubNews> parse(String line) {
        if (line.equals("alive")) {
            return Optional.of(new Alive());
        }
        if (line.startsWith(ACTIVE)) {
            return Optional.of(new Active(bySession(line.substring(ACTIVE.length()))));
        }
        return line.startsWith(PANES)
                ? Optional.of(new Panes(panes(line.substring(PANES.length()))))
                : Optional.empty();
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

    private static Map<String, Pane> panes(String value) {
        Map<String, Pane> panes = new HashMap<>();
        bySession(value)
                .forEach(
                        (session, pane) -> {
                            String[] fields = pane.split("\\|", -1);
                            boolean lost = fields.length > 1 && fields[1].equals("1");
                            panes.put(session, new Pane(fields[0].equals("1"), lost));
                        });
        return panes;
    }
}
