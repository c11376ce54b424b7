package dev.muster.web.gate;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Decides whether a request may go on. What protects against what:
///
/// - the token: against other users of the machine, and other programs; its scope: against more
///   being done with it than its maker wanted;
/// - `Host`: against a page whose name was made to resolve to this machine (DNS rebinding);
/// - `Origin` and `Sec-Fetch-Site`: against pages of other sites, dev servers on other ports of
///   this machine among them, whose requests a browser would send along.
///
/// @param names host names, besides those of loopback, that the service is reached by
public record RequestCheck(TokenBook tokens, PageBook pages, Set<String> names, boolean tls) {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    /// Answered without a token: whoever starts or watches a service may have none.
    private static final Set<String> OPEN =
            Set.of("/q/health", "/q/health/live", "/q/health/ready", "/q/health/started");

    /// Trades a code for a secret: the code is its token.
    private static final String SIGN_IN = "/api/v1/sign-in";

    private static final Pattern TERMINAL = Pattern.compile("/api/v1/sessions/[^/]+/terminal");

    private static final String BEARER = "bearer ";

    /// What is looked at of a request.
    ///
    /// @param path normalised: no `..`, no escapes of ordinary characters
    /// @param port the port that the connection came in at
    public record Asked(
            String method,
            String path,
            int port,
            boolean upgrade,
            @Nullable String host,
            @Nullable String origin,
            @Nullable String fetchSite,
            @Nullable String authorization) {}

    /// Why a request goes no further.
    public enum Refusal {
        /// The `Host` header names another server: RFC 9110, 15.5.20.
        WRONG_HOST(421),
        /// A page of another site, or of another port, asks.
        FOREIGN_PAGE(403),
        /// No token, or not this service's.
        NO_TOKEN(401),
        /// The token's scope does not reach that far.
        OUT_OF_SCOPE(403);

        private final int status;

        Refusal(int status) {
            this.status = status;
        }

        public int status() {
            return status;
        }
    }

    /// @return empty when it may go on
    public Optional<Refusal> refusal(Asked asked) {
        if (!isOurs(asked.host(), asked.port())) {
            return Optional.of(Refusal.WRONG_HOST);
        }
        // The page's files hold nothing that is not in every copy of Muster: a link from elsewhere,
        // or from the file that `muster dashboard` opens, may lead to them.
        if (PageFiles.isOne(asked)) {
            return Optional.empty();
        }
        if (!isOwnPage(asked)) {
            return Optional.of(Refusal.FOREIGN_PAGE);
        }
        if (OPEN.contains(asked.path()) || isSignIn(asked) || isTerminalOfThePage(asked)) {
            return Optional.empty();
        }
        Optional<Caller> caller = caller(asked.authorization());
        if (caller.isEmpty()) {
            return Optional.of(Refusal.NO_TOKEN);
        }
        return caller.get().may(Needed.of(asked))
                ? Optional.empty()
                : Optional.of(Refusal.OUT_OF_SCOPE);
    }

    private static boolean isSignIn(Asked asked) {
        return asked.method().equals("POST") && asked.path().equals(SIGN_IN);
    }

    /// A page's WebSocket can send no header: it shows its secret in its first message, before
    /// which nothing is opened for it. Its origin was looked at; without one it is no page's.
    private static boolean isTerminalOfThePage(Asked asked) {
        return asked.upgrade()
                && asked.origin() != null
                && asked.authorization() == null
                && TERMINAL.matcher(asked.path()).matches();
    }

    /// Who shows a token that is good.
    ///
    /// @param authorization the header of that name
    Optional<Caller> caller(@Nullable String authorization) {
        return bearer(authorization).flatMap(this::holder);
    }

    /// The secret that a tab shows which is signed in.
    ///
    /// @param authorization the header of that name
    Optional<String> page(@Nullable String authorization) {
        return bearer(authorization).filter(pages::holds);
    }

    /// Who holds that token, or is signed in with that secret.
    public Optional<Caller> holder(String token) {
        return pages.holds(token) ? Optional.of(Caller.owner()) : tokens.holder(token);
    }

    /// What a header `Authorization: Bearer …` holds.
    public static Optional<String> bearer(@Nullable String authorization) {
        return authorization != null
                        && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? Optional.of(authorization.substring(BEARER.length()).strip())
                : Optional.empty();
    }

    private boolean isOurs(@Nullable String host, int port) {
        if (host == null) {
            return false;
        }
        String lower = host.toLowerCase(Locale.ROOT);
        int colon = lower.lastIndexOf(':');
        boolean hasPort = colon > lower.lastIndexOf(']');
        String name = hasPort ? lower.substring(0, colon) : lower;
        String given = hasPort ? lower.substring(colon + 1) : tls ? "443" : "80";
        return given.equals(Integer.toString(port))
                && (LOOPBACK.contains(name) || names.contains(name));
    }

    private boolean isOwnPage(Asked asked) {
        String site = asked.fetchSite();
        boolean safe = Needed.SAFE.contains(asked.method()) && !asked.upgrade();
        if (site != null && !site.equals("same-origin") && !(safe && site.equals("none"))) {
            return false;
        }
        String origin = asked.origin();
        return origin == null
                || origin.equalsIgnoreCase((tls ? "https://" : "http://") + asked.host());
    }

    @Override
    public String toString() {
        return "RequestCheck[names=" + names + ", tls=" + tls + "]";
    }
}
