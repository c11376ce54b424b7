package dev.muster.session;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Optional;

/// What a session without a screen does when its turn has ended and nothing is left to do.
public enum Headless {
    /// Ends, and is finished.
    @JsonProperty("once")
    ONCE("once"),
    /// Waits for the next prompt, until it is stopped.
    @JsonProperty("keep")
    KEEP("keep");

    private final String word;

    Headless(String word) {
        this.word = word;
    }

    /// The word of the API and of the host's files.
    public String word() {
        return word;
    }

    public static Optional<Headless> of(String word) {
        return Arrays.stream(values()).filter(mode -> mode.word.equals(word)).findFirst();
    }
}
