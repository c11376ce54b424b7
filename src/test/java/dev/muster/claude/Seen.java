package dev.muster.claude;

import dev.muster.api.SessionRow;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// How a session of the board is to look.
final class Seen {
    private Seen() {}

    /// Tokens as the model billed them, and what they cost. That comes by the status line, which
    /// stands still behind a dialog and lags where a tool or a subagent works.
    static Predicate<SessionRow> billed(StubModel model) {
        return row ->
                model.bill().tokensIn(row.usage())
                        && (!row.state().equals("idle") || model.bill().costIn(row.usage()));
    }

    static Predicate<SessionRow> working(@Nullable String detail) {
        return is("working", detail);
    }

    static Predicate<SessionRow> idle(@Nullable String detail) {
        return is("idle", detail);
    }

    static Predicate<SessionRow> approval(String detail) {
        return is("needs-approval", detail);
    }

    static Predicate<SessionRow> question(String detail) {
        return is("needs-input", detail);
    }

    static Predicate<SessionRow> crashed(@Nullable String signal) {
        return row -> row.state().equals("crashed") && Objects.equals(row.signal(), signal);
    }

    static Predicate<SessionRow> is(String state, @Nullable String detail) {
        return row -> row.state().equals(state) && Objects.equals(row.detail(), detail);
    }
}
