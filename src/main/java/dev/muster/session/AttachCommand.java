package dev.muster.session;

/// The command line that shows a session's terminal. A constant for the host's login shell,
/// whichever that is, but for the session's id and a word of ours: the work is done by `attach`,
/// which lies beside the session's files.
public final class AttachCommand {
    /// What is on the terminal.
    public enum Mode {
        /// The agent's own, to be typed into.
        READ_WRITE("rw"),
        /// The same, but the size stays that of those who look at it already, while they do.
        JOIN("join"),
        /// The agent's own, to be looked at: neither keys nor a size are taken from it.
        READ_ONLY("ro"),
        /// A shell in the session's worktree.
        SHELL("shell");

        private final String word;

        Mode(String word) {
            this.word = word;
        }
    }

    private AttachCommand() {}

    /// The folder between is the machine's: it is not known here, and there is one that holds the
    /// session.
    ///
    /// @param history lines that have scrolled away and are printed first
    public static String of(SessionId id, Mode mode, int history) {
        return "exec /bin/sh -c 'for d in \"${XDG_STATE_HOME:-$HOME/.local/state}\""
                + "/muster/*/sessions/"
                + id.value()
                + "; do exec /bin/sh \"$d/attach\" "
                + mode.word
                + " "
                + history
                + "; done'";
    }

    /// Whether it asks for an answer to what it prints before the terminal is the session's (see
    /// `attach.sh`).
    public static boolean printsFirst(Mode mode, int history) {
        return mode == Mode.JOIN || (history > 0 && mode != Mode.SHELL);
    }
}
