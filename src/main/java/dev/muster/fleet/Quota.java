package dev.muster.fleet;

import dev.muster.agent.AgentEvent;
import dev.muster.agent.Reading;
import dev.muster.session.SessionEvent;
import dev.muster.session.SessionSpec;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What an account has used of its quota, as the newest reading of any of its sessions says.
///
/// @param asOf when an agent said so
public record Quota(
        String account,
        Reading.@Nullable Window fiveHour,
        Reading.@Nullable Window sevenDay,
        Instant asOf) {
    /// Some plans let a window be overdrawn.
    private static final double MOST = 1000;

    /// The account that a session draws on: the one it was started with, else whatever that kind of
    /// agent is signed in to on its host, as `claude@dev-1`. The latter can be no account's name.
    public static String account(SessionSpec spec) {
        String named = spec.account();
        return named == null ? spec.agentType() + "@" + spec.host() : named;
    }

    /// What an event of that session says of its account's windows, if it does.
    ///
    /// @param now no reading is later: a host's clock may be ahead
    static Optional<Quota> of(SessionSpec spec, SessionEvent event, Instant now) {
        if (event instanceof SessionEvent.Said said
                && said.what() instanceof AgentEvent.Used(Reading reading)) {
            Instant at = said.at().isAfter(now) ? now : said.at();
            Quota quota =
                    new Quota(
                            account(spec), sane(reading.fiveHour()), sane(reading.sevenDay()), at);
            return quota.fiveHour() == null && quota.sevenDay() == null
                    ? Optional.empty()
                    : Optional.of(quota);
        }
        return Optional.empty();
    }

    /// The window, unless it says what no window can.
    private static Reading.@Nullable Window sane(Reading.@Nullable Window window) {
        return window != null && window.usedPercent() >= 0 && window.usedPercent() <= MOST
                ? window
                : null;
    }

    /// The later of two readings; the second where both are of one moment.
    static Quota newer(Quota known, Quota read) {
        return read.asOf().isBefore(known.asOf()) ? known : read;
    }
}
