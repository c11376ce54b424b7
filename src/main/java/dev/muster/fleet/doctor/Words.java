package dev.muster.fleet.doctor;

import dev.muster.session.Space;
import java.time.Duration;

/// What the board and the doctor say alike.
public final class Words {
    public static final String SET_CLOCK = "set its clock, with NTP for example";
    public static final String MAKE_ROOM = "make room there: a full disk loses events";
    public static final String PRINT_LESS =
            "let rc files print in interactive shells only; Muster copes, `scp` and `git` over SSH"
                    + " do not";

    /// Above this, "since" on the board and the host's own clock tell different stories.
    static final Duration CLOCK = Duration.ofSeconds(30);

    private Words() {}

    /// @param ahead how far the host's clock is ahead of ours
    public static boolean isSkewed(Duration ahead) {
        return ahead.abs().compareTo(CLOCK) > 0;
    }

    /// `its clock is 90 s behind this machine's`.
    public static String skew(Duration ahead) {
        return "its clock is "
                + ahead.abs().toSeconds()
                + " s "
                + (ahead.isNegative() ? "behind" : "ahead of")
                + " this machine's";
    }

    public static String low(Space space) {
        return space + " where the state folder is";
    }

    /// Of rc files that print where nobody reads it.
    public static String printed(String noise) {
        String first = noise.lines().filter(line -> !line.isBlank()).findFirst().orElse("").strip();
        String shown = first.length() > 120 ? first.substring(0, 120) + "…" : first;
        return "an rc file prints even where no terminal is: \"" + shown + "\"";
    }
}
