package dev.muster.web.gate;

import dev.muster.fleet.access.TokenScope;

/// Who sent a request.
///
/// @param name as the audit names it
public record Caller(String name, TokenScope scope) {
    /// The audit's name of whoever shows the service's own token: the user that it runs as.
    private static final String USER = System.getProperty("user.name", "someone");

    static Caller owner() {
        return new Caller(USER, TokenScope.OWNER);
    }

    /// @param token the name of a token that a person made
    static Caller holder(String token, TokenScope scope) {
        return new Caller("token " + token, scope);
    }

    public boolean may(TokenScope needed) {
        return scope.covers(needed);
    }
}
