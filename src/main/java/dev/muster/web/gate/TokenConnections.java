package dev.muster.web.gate;

import dev.muster.fleet.access.TokenScope;
import io.vertx.core.http.HttpConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/// The connections that tokens were shown on, so that a revoked token's streams end with it. The
/// service's own token is not revoked, and its connections are not kept.
@ApplicationScoped
public class TokenConnections {
    /// Weakly: a connection that has ended is nobody's business.
    private final Map<Caller, Set<HttpConnection>> open = new ConcurrentHashMap<>();

    void add(Caller caller, HttpConnection connection) {
        if (!caller.may(TokenScope.OWNER)) {
            open.computeIfAbsent(
                            caller,
                            _ ->
                                    Collections.synchronizedSet(
                                            Collections.newSetFromMap(new WeakHashMap<>())))
                    .add(connection);
        }
    }

    /// Closes what a token opened. To be called once it is no longer good.
    public void close(String token) {
        TokenScope.GIVEN.stream()
                .map(scope -> open.remove(Caller.holder(token, scope)))
                .filter(connections -> connections != null)
                .forEach(connections -> Set.copyOf(connections).forEach(HttpConnection::close));
    }
}
