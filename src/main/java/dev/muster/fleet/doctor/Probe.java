package dev.muster.fleet.doctor;

import java.util.function.Function;

/// What came of one question to the host.
public sealed interface Probe {

    /// @param text what the script printed
    /// @param noise what the login shell printed before the script began
    record Answer(String text, String noise) implements Probe {}

    /// No whole answer came, so nothing is known.
    ///
    /// @param why a sentence
    record Silent(String why) implements Probe {}

    /// What `known` makes of an answer, `unknown` of silence.
    default <T> T fold(Function<Answer, T> known, Function<Silent, T> unknown) {
        return switch (this) {
            case Answer answer -> known.apply(answer);
            case Silent silent -> unknown.apply(silent);
        };
    }
}
