package dev.muster.store;

import dev.muster.fleet.Quota;
import dev.muster.fleet.Spent;
import dev.muster.fleet.UsageBy;
import dev.muster.fleet.UsageSum;
import dev.muster.session.Counters;
import java.time.LocalDate;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// The tables of what was used.
final class UsageRows {
    /// As wide as the column; a longer name is a host's mischief.
    private static final int WIDEST = 255;

    private UsageRows() {}

    static void add(Handle h, Spent spent) {
        Counters used = spent.used();
        h.createUpdate(
                        "INSERT INTO spent (session, day, model, host, repo, account, cost_micros,"
                                + " input_tokens, output_tokens, lines_added, lines_removed)"
                                + " VALUES (:session, :day, :model, :host, :repo, :account, :cost,"
                                + " :input, :output, :added, :removed)"
                                + " ON CONFLICT (session, day, model) DO UPDATE SET"
                                + " cost_micros = spent.cost_micros + excluded.cost_micros,"
                                + " input_tokens = spent.input_tokens + excluded.input_tokens,"
                                + " output_tokens = spent.output_tokens + excluded.output_tokens,"
                                + " lines_added = spent.lines_added + excluded.lines_added,"
                                + " lines_removed = spent.lines_removed + excluded.lines_removed")
                .bind("session", spent.session())
                .bind("day", spent.day().toString())
                .bind("model", cut(spent.model()))
                .bind("host", spent.host())
                .bind("repo", spent.repo())
                .bind("account", cut(spent.account()))
                .bind("cost", used.costMicros())
                .bind("input", used.inputTokens())
                .bind("output", used.outputTokens())
                .bind("added", used.linesAdded())
                .bind("removed", used.linesRemoved())
                .execute();
    }

    static void keep(Handle h, Quota quota) {
        h.createUpdate(
                        "INSERT INTO quota (account, as_of, body) VALUES (:account, :asOf, :body)"
                                + " ON CONFLICT (account) DO UPDATE SET as_of = excluded.as_of,"
                                + " body = excluded.body WHERE quota.as_of <= excluded.as_of")
                .bind("account", cut(quota.account()))
                .bind("asOf", quota.asOf().toEpochMilli())
                .bind("body", Bodies.write(quota))
                .execute();
    }

    static List<Quota> quotas(Handle h) {
        return h.createQuery("SELECT body FROM quota ORDER BY account")
                .mapTo(String.class)
                .map(body -> Bodies.read(body, Quota.class))
                .list();
    }

    static UsageSum.Table sums(Handle h, UsageBy by, LocalDate since) {
        return new UsageSum.Table(
                sums(h, column(by), " GROUP BY 1 ORDER BY 1", since),
                // Without groups there is a row even of nothing.
                sums(h, "'total'", "", since).getFirst());
    }

    private static List<UsageSum> sums(Handle h, String name, String order, LocalDate since) {
        return h.createQuery(
                        "SELECT "
                                + name
                                + ", COUNT(DISTINCT session), SUM(cost_micros), SUM(input_tokens),"
                                + " SUM(output_tokens), SUM(lines_added), SUM(lines_removed)"
                                + " FROM spent WHERE day >= :since"
                                + order)
                .bind("since", since.toString())
                .map(
                        (rs, ctx) ->
                                new UsageSum(
                                        rs.getString(1),
                                        rs.getInt(2),
                                        new Counters(
                                                rs.getLong(3),
                                                rs.getLong(4),
                                                rs.getLong(5),
                                                rs.getLong(6),
                                                rs.getLong(7))))
                .list();
    }

    /// Words of this class, never of a caller's.
    private static String column(UsageBy by) {
        return switch (by) {
            case DAY -> "day";
            case HOST -> "host";
            case REPO -> "repo";
            case ACCOUNT -> "account";
            case MODEL -> "model";
        };
    }

    private static String cut(String name) {
        return name.length() <= WIDEST ? name : name.substring(0, WIDEST);
    }
}
