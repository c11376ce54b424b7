package dev.muster.web.view;

import dev.muster.fleet.FleetBoard;
import dev.muster.fleet.Refused;
import dev.muster.fleet.Refused.Kind;
import dev.muster.host.HostSelector;
import dev.muster.host.Hosts;
import dev.muster.host.Near;
import dev.muster.session.Session;
import dev.muster.session.SessionId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads the filter of a board: each word names hosts (`dev-1`, `dev-1..4`, `@backend`) or
/// sessions.
public final class What {
    private What() {}

    /// @param words what is empty means everything
    /// @throws Refused when a word names nothing
    public static Scope scope(List<String> words, Hosts hosts, FleetBoard board) throws Refused {
        Set<String> names = new LinkedHashSet<>();
        Set<SessionId> sessions = new LinkedHashSet<>();
        for (String word : words) {
            Optional<List<String>> found = hosts(word, hosts, board);
            if (found.isPresent()) {
                names.addAll(found.get());
            } else {
                sessions.addAll(sessions(word, hosts, board));
            }
        }
        return words.isEmpty()
                ? new Scope.Everything()
                : new Scope.Part(Set.copyOf(names), Set.copyOf(sessions));
    }

    private static Optional<List<String>> hosts(String word, Hosts hosts, FleetBoard board)
            throws Refused {
        // One that left the file is no host of it, but still has rows.
        if (board.host(word).isPresent()) {
            return Optional.of(List.of(word));
        }
        return switch (HostSelector.resolve(word, hosts)) {
            case HostSelector.Selection.Found found -> Optional.of(found.hosts());
            case HostSelector.Selection.Unknown unknown -> {
                if (HostSelector.isPlural(word)) {
                    throw Refused.of(Kind.NOT_FOUND, unknown.problem(), unknown.fix());
                }
                yield Optional.empty();
            }
        };
    }

    /// All that it can mean: a look at several is no mistake.
    private static Set<SessionId> sessions(String word, Hosts hosts, FleetBoard board)
            throws Refused {
        List<Session> found = RefResolver.matches(word, board);
        if (found.isEmpty()) {
            List<String> names =
                    java.util.stream.Stream.concat(
                                    hosts.hosts().keySet().stream(),
                                    board.sessions().map(s -> s.spec().name()))
                            .distinct()
                            .toList();
            throw Refused.of(
                    Kind.NOT_FOUND,
                    "no host and no session `" + word + "`",
                    Near.of(word, names)
                            .map(near -> "did you mean `" + near + "`?")
                            .orElse("`muster status` lists all"));
        }
        return found.stream().map(Session::id).collect(Collectors.toSet());
    }
}
