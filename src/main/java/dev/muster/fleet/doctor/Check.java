package dev.muster.fleet.doctor;

import org.jspecify.annotations.Nullable;

/// One thing that a session needs on a host.
///
/// @param what `reachable`, `tmux`, `agent:claude`, `repo:api`, …
/// @param detail what was found, a sentence without its full stop; may hold the host's own words
/// @param fix what to do, or null where there is nothing to do
public record Check(String what, State state, String detail, @Nullable String fix) {

    /// How it stands.
    public enum State {
        OK,
        /// Sessions run, but something will bite.
        WARNING,
        /// A session can't run, or the agent can't begin.
        MISSING,
        /// It could not be asked: neither good nor bad.
        UNKNOWN;

        /// The word that people and programs see.
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    static Check ok(String what, String detail) {
        return new Check(what, State.OK, detail, null);
    }

    static Check warning(String what, String detail, @Nullable String fix) {
        return new Check(what, State.WARNING, detail, fix);
    }

    static Check missing(String what, String detail, String fix) {
        return new Check(what, State.MISSING, detail, fix);
    }

    static Check unknown(String what, String why) {
        return new Check(what, State.UNKNOWN, why, null);
    }
}
