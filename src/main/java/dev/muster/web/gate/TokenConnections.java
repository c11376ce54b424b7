package dev.muster.web.gate;

import dev.muster.fleet.access.AccessToken;
import dev.muster.fleet.access.TokenScope;
import io.vertx.core.http.HttpConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The connections that tokens and tabs' secrets were shown on, so that streams and terminals end
/// with what opened them. The service's own token is not revoked, and its connections are not kept.
@ApplicationScoped
public class TokenConnections {
    private static final String PAGE = "page ";

    /// By whose they are. Weakly: a connection that has ended is nobody's business.
    private final Map<String, Set<HttpConnection>> open = new ConcurrentHashMap<>();

    void add(Caller caller, HttpConnection connection) {
        if (!caller.may(TokenScope.OWNER)) {
            keep(caller.name(), connection);
        }
    }

    /// Keeps a connection of a tab that is signed in.
    ///
    /// @param secret what the tab showed; only its digest is kept
    public void addPage(String secret, HttpConnection connection) {
        keep(page(secret), connection);
    }

    /// Closes what a token opened. To be called once it is no longer good.
    public void close(String token) {
        TokenScope.GIVEN.forEach(
                scope -> closeAll(open.remove(Caller.holder(token, scope).name())));
    }

    /// Closes what a tab opened. To be called once its secret is no longer good.
    public void closePage(String secret) {
        closeAll(open.remove(page(secret)));
    }

    /// Closes what any tab opened. To be called once no secret is good.
    public void closePages() {
        open.keySet().stream()
                .filter(whose -> whose.startsWith(PAGE))
                .forEach(whose -> closeAll(open.remove(whose)));
    }

    private static String page(String secret) {
        return PAGE + AccessToken.digest(secret);
    }

    private void keep(String whose, HttpConnection connection) {
        open.computeIfAbsent(
                        whose,
                        _ ->
                                Collections.synchronizedSet(
                                        Collections.newSetFromMap(new WeakHashMap<>())))
                .add(connection);
    }

    private static void closeAll(@Nullable Set<HttpConnection> connections) {
        if (connections != null) {
            Set.copyOf(connections).forEach(HttpConnection::close);
        }
    }
}
