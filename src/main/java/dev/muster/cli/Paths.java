package dev.muster.cli;

import static dev.muster.cli.client.ServiceAddress.encode;

import java.util.List;
import java.util.stream.Collectors;

/// The service's addresses below `/api/v1/`.
final class Paths {
    static final String TOKENS = "tokens";

    private Paths() {}

    /// @param what hosts, ranges, groups or names of sessions; empty for everything
    static String board(List<String> what) {
        return "board" + query(what);
    }

    /// The board with no more of each session than a table of them shows.
    static String boardTable(List<String> what) {
        return trimmed(
                what,
                "fields=name,host,branch,state,detail,since,asOf,stale,estimated,changes,until");
    }

    /// The board's hosts alone.
    static String boardHosts(List<String> what) {
        return trimmed(what, "limit=0");
    }

    private static String trimmed(List<String> what, String trim) {
        return board(what) + (what.isEmpty() ? "?" : "&") + trim;
    }

    static String boardEvents(List<String> what) {
        return "board/events" + query(what);
    }

    /// A session, or something below it: `session("dev-1/api", "/log")`.
    static String session(String ref, String below) {
        return "sessions/" + encode(ref) + below;
    }

    static String requests() {
        return "requests";
    }

    static String request(String id, String below) {
        return "requests/" + encode(id) + below;
    }

    static String host(String name, String below) {
        return "hosts/" + encode(name) + below;
    }

    static String token(String name) {
        return TOKENS + "/" + encode(name);
    }

    static String usage(String since, String by) {
        return "usage?since=" + encode(since) + "&by=" + encode(by);
    }

    private static String query(List<String> what) {
        return what.isEmpty()
                ? ""
                : what.stream()
                        .map(w -> "what=" + encode(w))
                        .collect(Collectors.joining("&", "?", ""));
    }
}
