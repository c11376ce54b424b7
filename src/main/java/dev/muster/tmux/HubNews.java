package dev.muster.tmux;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a line of tmux's control mode tells (tmux(1), CONTROL MODE).
public sealed interface HubNews {

    /// All panes, told when something about one of them changed.
    record Panes(Map<String, Pane> bySession) implements HubNews {}

    /// The tmux server ended, or sent this client away.
    record Exit(String why) implements HubNews {}

    /// @param dead its program has ended
    /// @param lost something could not be written to the journal there
    record Pane(boolean dead, boolean lost) {}

    /// The commands that make a control client hear of every session's panes, checked by tmux once
    /// a second and told when they differ. No comma may stand inside `#{P:…}`.
    List<String> SUBSCRIBE =
            List.of(
                    "refresh-client -f no-output,ignore-size",
                    "refresh-client -B"
                            + " 'panes::#{S:#{session_name}=#{W:#{P:#{pane_dead}|#{@muster_lost}}};}'");

    String TOLD = "%subscription-changed panes ";

    /// The news in a line, if there is any.
    static Optional<HubNews> parse(String line) {
        if (line.startsWith("%exit")) {
            return Optional.of(new Exit(line.substring(5).strip()));
        }
        if (!line.startsWith(TOLD)) {
            return Optional.empty();
        }
        int value = line.indexOf(" : ");
        return value < 0
                ? Optional.empty()
                : Optional.of(new Panes(panes(line.substring(value + 3))));
    }

    private static Map<String, Pane> panes(String value) {
        Map<String, Pane> panes = new HashMap<>();
        for (String entry : value.split(";")) {
            int equals = entry.indexOf('=');
            if (equals > 0) {
                String[] fields = entry.substring(equals + 1).split("\\|", -1);
                panes.put(
                        entry.substring(0, equals),
                        new Pane(
                                fields[0].equals("1"), fields.length > 1 && fields[1].equals("1")));
            }
        }
        return panes;
    }
}
