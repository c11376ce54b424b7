package dev.muster.claude;

import dev.muster.api.SessionRow;
import org.jspecify.annotations.Nullable;

/// What a model has billed.
///
/// @param sent tokens that were sent, cached or not
/// @param got tokens that came back
/// @param costMicros what all of it costs, in millionths of a dollar
/// @param brokenOff how many answers nobody heard to their end
record Bill(long sent, long got, long costMicros, int brokenOff) {
    static final Bill NONE = new Bill(0, 0, 0, 0);

    /// Of an answer that was broken off Claude Code tells as many tokens as it was told at the
    /// beginning, and later as many as it takes the text for.
    private static final long GUESSED = 5;

    /// An answer, by the prices that {@link ClaudeProgram#VERSION} has in its tables for the model
    /// that it uses unasked.
    static Bill of(long fresh, long written, long read, long got) {
        long cost = 2 * fresh + 5 * written / 2 + read / 10 + 10 * got;
        return new Bill(fresh + written + read, got, cost, 0);
    }

    /// The same answer, if it was not heard to its end.
    Bill broken() {
        return new Bill(sent, got, costMicros, 1);
    }

    Bill plus(Bill more) {
        return new Bill(
                sent + more.sent,
                got + more.got,
                costMicros + more.costMicros,
                brokenOff + more.brokenOff);
    }

    Bill minus(Bill less) {
        return new Bill(
                sent - less.sent,
                got - less.got,
                costMicros - less.costMicros,
                brokenOff - less.brokenOff);
    }

    /// Whether a board says so, to the token.
    boolean tokensIn(SessionRow.@Nullable Usage usage) {
        if (usage == null) {
            return equals(NONE);
        }
        long more = of(usage.outputTokens()) - got;
        return of(usage.inputTokens()) == sent && more >= 0 && more <= GUESSED * brokenOff;
    }

    /// Whether a board says so, to the millionth of a dollar.
    boolean costIn(SessionRow.@Nullable Usage usage) {
        Double usd = usage == null ? null : usage.costUsd();
        long more = Math.round((usd == null ? 0 : usd) * 1e6) - costMicros;
        return more >= 0 && more <= 10 * GUESSED * brokenOff;
    }

    private static long of(@Nullable Long tokens) {
        return tokens == null ? 0 : tokens;
    }
}
