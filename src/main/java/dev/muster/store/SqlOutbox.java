package dev.muster.store;

import dev.muster.notify.Mark;
import dev.muster.notify.Notice;
import dev.muster.notify.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The notifier's memory in the database.
@ApplicationScoped
public class SqlOutbox implements Outbox {
    private final Database database;

    public SqlOutbox(Database database) {
        this.database = database;
    }

    @Override
    public List<Mark> marks() {
        return database.read(
                h ->
                        h.createQuery("SELECT target, name, until_at FROM notice_mark")
                                .map(
                                        (rs, ctx) -> {
                                            long millis = rs.getLong(3);
                                            // Of the column that was read last.
                                            Instant until =
                                                    rs.wasNull()
                                                            ? null
                                                            : Instant.ofEpochMilli(millis);
                                            return new Mark(
                                                    rs.getString(1), rs.getString(2), until);
                                        })
                                .list());
    }

    @Override
    public void tell(
            String target,
            List<Notice> letters,
            List<Mark> marks,
            Collection<String> over,
            Instant now) {
        database.write(
                h -> {
                    over.forEach(name -> unmark(h, target, name));
                    marks.forEach(mark -> mark(h, mark, now));
                    letters.forEach(notice -> write(h, target, notice, now));
                    return letters.size();
                });
    }

    private static void unmark(Handle h, String target, String name) {
        h.createUpdate("DELETE FROM notice_mark WHERE target = :target AND name = :name")
                .bind("target", target)
                .bind("name", name)
                .execute();
    }

    private static void mark(Handle h, Mark mark, Instant now) {
        Instant until = mark.until();
        h.createUpdate(
                        "INSERT INTO notice_mark (target, name, told_at, until_at)"
                                + " VALUES (:target, :name, :at, :until)"
                                + " ON CONFLICT (target, name) DO UPDATE SET"
                                + " told_at = excluded.told_at, until_at = excluded.until_at")
                .bind("target", mark.target())
                .bind("name", mark.name())
                .bind("at", now.toEpochMilli())
                .bind("until", until == null ? null : Long.valueOf(until.toEpochMilli()))
                .execute();
    }

    private static void write(Handle h, String target, Notice notice, Instant now) {
        h.createUpdate(
                        "INSERT INTO letter (seq, target, written_at, body)"
                                + " SELECT COALESCE(MAX(seq), 0) + 1, :target, :at, :body"
                                + " FROM letter")
                .bind("target", target)
                .bind("at", now.toEpochMilli())
                .bind("body", Bodies.write(notice))
                .execute();
    }

    @Override
    public Optional<Letter> next(String target) {
        return database.read(
                h ->
                        h.createQuery(
                                        "SELECT seq, target, written_at, body FROM letter"
                                                + " WHERE target = :target ORDER BY seq LIMIT 1")
                                .bind("target", target)
                                .map(
                                        (rs, ctx) ->
                                                new Letter(
                                                        rs.getLong(1),
                                                        rs.getString(2),
                                                        Instant.ofEpochMilli(rs.getLong(3)),
                                                        Bodies.read(rs.getString(4), Notice.class)))
                                .findFirst());
    }

    @Override
    public void done(Letter letter) {
        // A number is used again when it was the last: the target makes sure of the letter.
        database.write(
                h ->
                        h.createUpdate("DELETE FROM letter WHERE seq = :seq AND target = :target")
                                .bind("seq", letter.seq())
                                .bind("target", letter.target())
                                .execute());
    }

    @Override
    public void keepOnly(Collection<String> targets, Instant marksSince) {
        database.write(
                h -> {
                    List<String> known =
                            h.createQuery("SELECT DISTINCT target FROM letter")
                                    .mapTo(String.class)
                                    .list();
                    for (String target : known) {
                        if (!targets.contains(target)) {
                            h.createUpdate("DELETE FROM letter WHERE target = :target")
                                    .bind("target", target)
                                    .execute();
                        }
                    }
                    return h.createUpdate("DELETE FROM notice_mark WHERE told_at < :since")
                            .bind("since", marksSince.toEpochMilli())
                            .execute();
                });
    }
}
