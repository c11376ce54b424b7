package dev.muster.shell;

/// How a script travels: one `%b`-encoded line that {@link #COMMAND} reads and evaluates, then the
/// script's own input.
public final class Wire {
    /// The only command line that Muster gives to a login shell, the same for every script. It
    /// works through sh, bash, zsh, fish, tcsh and mksh.
    public static final String COMMAND =
            "exec /bin/sh -c 'IFS= read -r s && eval \"$(printf %b \"$s\")\"'";

    private Wire() {}

    /// The bytes to send for a script, its input included. The script first prints `marker` and a
    /// newline on standard output; what comes before it is the host's rc files' doing.
    public static byte[] encode(Script script, String marker) {
        throw new UnsupportedOperationException("not sent yet: " + script.name() + marker);
    }
}
