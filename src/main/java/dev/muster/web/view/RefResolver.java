package dev.muster.web.view;

import dev.muster.fleet.FleetBoard;
import dev.muster.fleet.Refused;
import dev.muster.fleet.Refused.Kind;
import dev.muster.host.Near;
import dev.muster.session.Session;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/// Finds the session that a person means: an id, a name, `HOST/NAME`, or the unambiguous beginning
/// of one of these. An exact match wins over beginnings; among several the person decides.
public final class RefResolver {
    private RefResolver() {}

    /// @throws Refused when there is none, or when several match: its findings list them
    public static Session one(String ref, FleetBoard board) throws Refused {
        List<Session> found = matches(ref, board);
        return switch (found.size()) {
            case 0 -> throw none(ref, board);
            case 1 -> found.getFirst();
            default -> throw several(ref, found);
        };
    }

    /// Every session that it can mean.
    public static List<Session> matches(String ref, FleetBoard board) {
        String upper = ref.toUpperCase(Locale.ROOT);
        List<Session> exact =
                filter(board, s -> s.id().value().equals(upper) || hasName(s, ref, true));
        return exact.isEmpty() && !ref.isEmpty()
                ? filter(board, s -> s.id().value().startsWith(upper) || hasName(s, ref, false))
                : exact;
    }

    private static List<Session> filter(FleetBoard board, Predicate<Session> wanted) {
        return board.sessions().filter(wanted).toList();
    }

    private static boolean hasName(Session session, String ref, boolean whole) {
        String name = session.spec().name();
        String full = full(session);
        return whole
                ? name.equals(ref) || full.equals(ref)
                : name.startsWith(ref)
                        || (full.startsWith(ref) && ref.length() > session.spec().host().length());
    }

    private static String full(Session session) {
        return session.spec().host() + "/" + session.spec().name();
    }

    private static Refused none(String ref, FleetBoard board) {
        List<String> names =
                board.sessions()
                        .map(s -> ref.contains("/") ? full(s) : s.spec().name())
                        .distinct()
                        .toList();
        return Refused.of(
                Kind.NOT_FOUND,
                "no session `" + ref + "`",
                Near.of(ref, names)
                        .map(near -> "did you mean `" + near + "`?")
                        .orElse(
                                names.isEmpty()
                                        ? "there are no sessions yet: `muster start HOST:REPO`"
                                        : "`muster status` lists them"));
    }

    private static Refused several(String ref, List<Session> found) {
        return Refused.of(
                        Kind.NOT_FOUND,
                        "`" + ref + "` can mean " + found.size() + " sessions",
                        "write more of it, or HOST/NAME, or the id")
                .withFindings(
                        found.stream()
                                .map(s -> full(s) + "  " + s.id() + "  " + s.state().word())
                                .toList());
    }
}
