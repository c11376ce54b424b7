package dev.muster.store;

import dev.muster.fleet.access.PageSignIn;
import dev.muster.fleet.access.PageSignIns;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/// Signed-in browsers in the service's one database.
@ApplicationScoped
public class SqlPageSignIns implements PageSignIns {
    private final Database database;

    SqlPageSignIns(Database database) {
        this.database = database;
    }

    @Override
    public List<PageSignIn> all(Instant now) {
        return database.write(
                h -> {
                    h.createUpdate("DELETE FROM page_sign_in WHERE until_at <= :now")
                            .bind("now", now.toEpochMilli())
                            .execute();
                    return h.createQuery("SELECT digest, until_at FROM page_sign_in")
                            .map(
                                    (rs, ctx) ->
                                            new PageSignIn(
                                                    rs.getString(1),
                                                    Instant.ofEpochMilli(rs.getLong(2))))
                            .list();
                });
    }

    @Override
    public void add(PageSignIn signIn) {
        database.write(
                h ->
                        h.createUpdate(
                                        "INSERT INTO page_sign_in (digest, until_at)"
                                                + " VALUES (:digest, :until)")
                                .bind("digest", signIn.digest())
                                .bind("until", signIn.until().toEpochMilli())
                                .execute());
    }

    @Override
    public void remove(String digest) {
        database.write(
                h ->
                        h.createUpdate("DELETE FROM page_sign_in WHERE digest = :digest")
                                .bind("digest", digest)
                                .execute());
    }

    @Override
    public void removeAll() {
        database.write(h -> h.createUpdate("DELETE FROM page_sign_in").execute());
    }
}
