package dev.muster.session;

import dev.muster.agent.Reading;

/// What a session has used over all of its runs. An agent says how much its own process has used;
/// this adds up what those counters grew by, so that each dollar counts once, however often it is
/// said and however often the process is started anew.
///
/// @param run the run that was read last
/// @param seen its counters as they were read last
/// @param total what they grew by, over all runs
public record Meter(int run, Counters seen, Counters total) {
    public static final Meter NONE = new Meter(0, Counters.ZERO, Counters.ZERO);

    /// The meter after another reading of that run.
    Meter read(int ofRun, Reading reading) {
        Counters before = ofRun == run || goesOn(reading) ? seen : Counters.ZERO;
        Counters now = before.at(reading);
        return new Meter(ofRun, now, total.plus(now.grownSince(before)));
    }

    /// The meter of a run whose counters begin at what an earlier process has used.
    Meter from(int ofRun, Reading reading) {
        return new Meter(ofRun, Counters.ZERO.at(reading), total);
    }

    /// An agent that resumes a conversation may resume its counters too: the first that a new
    /// process says, before it has done anything, is then what the old one said last.
    private boolean goesOn(Reading reading) {
        return seen.costMicros() > 0 && Counters.ZERO.at(reading).costMicros() == seen.costMicros();
    }
}
