package dev.muster.store;

import dev.muster.fleet.access.AccessToken;
import dev.muster.fleet.access.AccessTokens;
import dev.muster.fleet.access.TokenScope;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/// Tokens in the same database as the fleet's memory, written by the same one writer.
@ApplicationScoped
public class SqlAccessTokens implements AccessTokens {
    private final Database database;

    SqlAccessTokens(Database database) {
        this.database = database;
    }

    @Override
    public List<AccessToken> all() {
        return database.read(
                h ->
                        h.createQuery(
                                        "SELECT name, scope, digest, created_at FROM access_token"
                                                + " ORDER BY created_at, name")
                                .map(
                                        (rs, ctx) ->
                                                new AccessToken(
                                                        rs.getString(1),
                                                        TokenScope.given(rs.getString(2))
                                                                .orElse(TokenScope.READ),
                                                        rs.getString(3),
                                                        Instant.ofEpochMilli(rs.getLong(4))))
                                .list());
    }

    @Override
    public boolean add(AccessToken token) {
        return database.write(
                        h ->
                                h.createUpdate(
                                                "INSERT INTO access_token"
                                                        + " (name, scope, digest, created_at)"
                                                        + " VALUES (:name, :scope, :digest, :at)"
                                                        + " ON CONFLICT (name) DO NOTHING")
                                        .bind("name", token.name())
                                        .bind("scope", token.scope().word())
                                        .bind("digest", token.digest())
                                        .bind("at", token.createdAt().toEpochMilli())
                                        .execute())
                == 1;
    }

    @Override
    public boolean remove(String name) {
        return database.write(
                        h ->
                                h.createUpdate("DELETE FROM access_token WHERE name = :name")
                                        .bind("name", name)
                                        .execute())
                == 1;
    }
}
