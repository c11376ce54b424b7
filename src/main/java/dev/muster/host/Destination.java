package dev.muster.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// Where SSH goes: `[user@]name[:port]`, an IPv6 address in brackets.
///
/// @param name an alias of `~/.ssh/config`, or a host name or address, without brackets
/// @param port 1 to 65535
public record Destination(String name, Optional<String> user, OptionalInt port) {
    static final String WANTED =
            "an alias of `~/.ssh/config`, or `user@name:port`, such as `deploy@example.com:2222`";

    /// A name has at most 253 characters (RFC 1035, 2.3.4), and a user few.
    private static final int MAX_LENGTH = 320;

    /// For editors: `user@`, then a name or `[v6]`, then `:port`.
    static final String PATTERN =
            "([^\\s@-][^\\s]*@)?(\\[[^\\s\\]]+\\]|[^\\s@:\\[\\]-][^\\s@:]*)(:\\d+)?";

    /// What OpenSSH's client refuses in names and users given on its command line, since they may
    /// reach a shell through ProxyCommand (CVE-2023-51385, ssh.c `valid_hostname`).
    private static final Pattern UNSAFE = Pattern.compile("[\\s\\p{Cntrl}'`\"$\\\\;&<>|(){}]");

    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%[\\w.-]+)?");

    /// Reads one destination.
    static Destination parse(String text) throws Refused {
        if (text.isEmpty()) {
            throw new Refused("is empty", "write " + WANTED);
        }
        if (text.length() > MAX_LENGTH) {
            throw new Refused("is longer than " + MAX_LENGTH + " characters", "write " + WANTED);
        }
        if (text.startsWith("ssh://")) {
            throw new Refused("is a URL", "write it without `ssh://`");
        }
        int at = text.lastIndexOf('@');
        Optional<String> user =
                at < 0 ? Optional.empty() : Optional.of(user(text.substring(0, at)));
        String rest = text.substring(at + 1);
        if (rest.startsWith("[")) {
            int close = rest.indexOf(']');
            if (close < 0) {
                throw new Refused("opens a `[` and does not close it", "write `[address]:port`");
            }
            String address = rest.substring(1, close);
            if (!V6.matcher(address).matches()) {
                throw new Refused("has no IPv6 address in its brackets", "leave the brackets out");
            }
            return new Destination(address, user, port(rest.substring(close + 1)));
        }
        int colon = rest.indexOf(':');
        if (colon != rest.lastIndexOf(':')) {
            throw new Refused("has more than one `:`", "write an IPv6 address as `[address]:port`");
        }
        String name = colon < 0 ? rest : rest.substring(0, colon);
        return new Destination(name(name), user, port(colon < 0 ? "" : rest.substring(colon)));
    }

    /// Reads a list with commas between.
    static List<Destination> parseList(String text) throws Refused {
        List<Destination> hops = new ArrayList<>();
        for (String hop : text.split(",", -1)) {
            if (hop.isBlank()) {
                throw new Refused(
                        text.isBlank() ? "is empty" : "has nothing beside a comma",
                        "write a host of this file, or [user@]name[:port]");
            }
            hops.add(parse(hop.strip()));
        }
        return List.copyOf(hops);
    }

    static String user(String user) throws Refused {
        if (user.isEmpty()) {
            throw new Refused("has no user before the `@`", "write `user@name`");
        }
        if (user.startsWith("-") || user.contains(":") || UNSAFE.matcher(user).find()) {
            throw new Refused(
                    "has a user with characters that SSH refuses",
                    "use letters, digits, `.`, `_` and `-`; a password has no place here");
        }
        return user;
    }

    private static String name(String name) throws Refused {
        if (name.isEmpty()) {
            throw new Refused("has no host name", "write " + WANTED);
        }
        if (name.startsWith("-") || name.contains("/") || UNSAFE.matcher(name).find()) {
            throw new Refused(
                    "has a host name with characters that SSH refuses",
                    "use letters, digits, `.`, `_` and `-`");
        }
        return name;
    }

    private static OptionalInt port(String text) throws Refused {
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        if (!text.matches(":\\d{1,9}")) {
            throw new Refused("has a port that is no number", "write `name:22`");
        }
        int port = Integer.parseInt(text.substring(1));
        if (port < 1 || port > 65535) {
            throw new Refused("has port " + port, "ports go from 1 to 65535");
        }
        return OptionalInt.of(port);
    }

    /// As it is written in a file: `user@[::1]:22`.
    @Override
    public String toString() {
        String shown = name.contains(":") ? "[" + name + "]" : name;
        return user.map(u -> u + "@").orElse("")
                + shown
                + (port.isPresent() ? ":" + port.getAsInt() : "");
    }
}
