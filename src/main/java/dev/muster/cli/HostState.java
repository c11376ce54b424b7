package dev.muster.cli;

import dev.muster.api.HostRow;
import dev.muster.cli.text.Ages;
import dev.muster.cli.text.Escape;
import dev.muster.cli.text.Style;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What the board makes of a host's state.
final class HostState {
    private HostState() {}

    static boolean isReachable(String state) {
        return state.equals("online");
    }

    static Style style(String state) {
        return switch (state) {
            case "online" -> Style.GREEN;
            case "connecting", "disabled" -> Style.DIM;
            case "offline" -> Style.YELLOW;
            default -> Style.RED;
        };
    }

    /// `dev-3: offline for 2h: no answer within 30 s; 3 sessions as last known 2h ago`.
    static String sentence(HostRow host, Instant now) {
        StringBuilder text = new StringBuilder(Escape.line(host.name()));
        text.append(": ").append(Escape.line(host.state()));
        text.append(" for ").append(Ages.age(host.since(), now));
        String fix = fix(host);
        if (fix != null) {
            text.append(" (").append(fix).append(')');
        }
        if (host.detail() != null && !host.detail().isBlank()) {
            text.append(": ").append(Escape.line(host.detail()));
        }
        if (host.sessions() > 0) {
            text.append("; ").append(Totals.count(host.sessions(), "session"));
            text.append(" as last known ").append(Ages.age(host.asOf(), now)).append(" ago");
        }
        return text.toString();
    }

    /// The command that helps, or null where there is none.
    static @Nullable String fix(HostRow host) {
        String name = Escape.line(host.name());
        return switch (host.state()) {
            case "locked" -> "muster unlock " + name;
            case "host-key-unknown", "host-key-changed" -> "muster hosts trust " + name;
            case "auth-failed" ->
                    (host.secret() == null ? "muster doctor " : "muster unlock ") + name;
            case "disabled" -> "muster forget " + name;
            default -> null;
        };
    }
}
