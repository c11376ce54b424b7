package dev.muster.web.gate;

import dev.muster.fleet.access.TokenScope;
import dev.muster.web.gate.RequestCheck.Asked;
import java.util.Set;
import java.util.regex.Pattern;

/// Which scope a request needs. What is not named here needs the owner's: a new operation is
/// forbidden to tokens until somebody has thought about it.
final class Needed {
    static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    /// The tools of an agent are asked for by POST, whatever they do: each looks at the caller's
    /// scope itself. Below it is MCP's older transport, which no token is given.
    private static final String TOOLS = "/mcp";

    private static final Pattern TOKENS = Pattern.compile("/api/v1/tokens(/.*)?");

    private static final Pattern SESSIONS =
            Pattern.compile("/api/v1/sessions(/[^/]+(/(stop|resume|prompts|interrupt))?)?");

    private static final Pattern REQUESTS = Pattern.compile("/api/v1/requests/.*");

    private Needed() {}

    static TokenScope of(Asked asked) {
        if (TOOLS.equals(asked.path())) {
            return TokenScope.READ;
        }
        if (asked.upgrade()
                || asked.path().startsWith(TOOLS + "/")
                || TOKENS.matcher(asked.path()).matches()) {
            return TokenScope.OWNER;
        }
        if (SAFE.contains(asked.method())) {
            return TokenScope.READ;
        }
        if (SESSIONS.matcher(asked.path()).matches()) {
            return TokenScope.ACT;
        }
        return REQUESTS.matcher(asked.path()).matches() ? TokenScope.APPROVE : TokenScope.OWNER;
    }
}
