package dev.muster.cli;

import dev.muster.cli.text.Style;

/// What the board makes of a session's state: how urgent it is, and how it is drawn. A state that
/// this version does not know is drawn plainly among the working ones.
final class SessionState {
    private SessionState() {}

    /// Least first: who waits for a person, what went wrong, what goes on, what rests, what is
    /// over.
    static int rank(String state) {
        return switch (state) {
            case "needs-approval" -> 0;
            case "blocked" -> 1;
            case "needs-input" -> 2;
            case "failed", "crashed", "lost" -> 3;
            case "rate-limited" -> 4;
            case "queued" -> 6;
            case "idle" -> 7;
            case "stopped" -> 8;
            case "finished" -> 9;
            default -> 5;
        };
    }

    /// As the service counts it: what asks a person, and what went wrong.
    static boolean needsYou(String state) {
        return rank(state) <= 3;
    }

    static boolean isLimited(String state) {
        return rank(state) == 4;
    }

    static Style style(String state) {
        return switch (rank(state)) {
            case 0, 1, 2 -> Style.ALERT;
            case 3 -> Style.RED;
            case 4 -> Style.YELLOW;
            case 5 -> Style.GREEN;
            case 8, 9 -> Style.DIM;
            default -> Style.PLAIN;
        };
    }
}
