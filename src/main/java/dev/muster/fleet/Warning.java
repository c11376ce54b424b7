package dev.muster.fleet;

import dev.muster.agent.Reading;
import dev.muster.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Something that runs out. Decided from the board alone.
public sealed interface Warning {
    /// From which shares of a window on somebody is warned, the worst first.
    List<Integer> WINDOW_PERCENT = List.of(95, 80);

    /// The kinds of windows.
    enum Span {
        FIVE_HOUR("5-hour", Duration.ofHours(5)),
        SEVEN_DAY("7-day", Duration.ofDays(7));

        private final String word;
        private final Duration length;

        Span(String word, Duration length) {
            this.word = word;
            this.length = length;
        }

        /// For people: `5-hour`.
        public String word() {
            return word;
        }

        public Duration length() {
            return length;
        }

        Reading.@Nullable Window of(Quota quota) {
            return switch (this) {
                case FIVE_HOUR -> quota.fiveHour();
                case SEVEN_DAY -> quota.sevenDay();
            };
        }
    }

    /// Most of an account's window is used.
    ///
    /// @param threshold which of [#WINDOW_PERCENT] was reached
    /// @param passes when the window begins anew, as well as that is known
    record Window(String account, Span span, double usedPercent, int threshold, Instant passes)
            implements Warning {}

    /// Most of a conversation's context is used: what was said first will be lost.
    ///
    /// @param threshold the share from which on somebody is warned
    record Context(Session session, double usedPercent, int threshold) implements Warning {}

    /// Warnings of an account. A window past its reset warns of nothing: what was used of it before
    /// is over.
    static List<Warning> of(Quota quota, Instant now) {
        List<Warning> warnings = new ArrayList<>();
        for (Span span : Span.values()) {
            Reading.Window window = span.of(quota);
            if (window != null) {
                // No window lasts longer, whatever a host says.
                Instant last = quota.asOf().plus(span.length());
                Instant resets = window.resetsAt();
                Instant passes = resets == null || resets.isAfter(last) ? last : resets;
                if (passes.isAfter(now)) {
                    WINDOW_PERCENT.stream()
                            .filter(threshold -> window.usedPercent() >= threshold)
                            .findFirst()
                            .map(
                                    threshold ->
                                            new Window(
                                                    quota.account(),
                                                    span,
                                                    window.usedPercent(),
                                                    threshold,
                                                    passes))
                            .ifPresent(warnings::add);
                }
            }
        }
        return warnings;
    }

    /// The warning of a session that goes on, if there is one.
    ///
    /// @param percent the share of its context from which on somebody is warned
    static Optional<Context> of(Session session, int percent) {
        Reading reading = session.activity().reading();
        Double used = reading == null ? null : reading.contextUsedPercent();
        return session.ended() || used == null || used < percent
                ? Optional.empty()
                : Optional.of(new Context(session, used, percent));
    }
}
