package dev.muster.shell;

import java.io.ByteArrayOutputStream;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// How a script travels: one `%b`-encoded line that {@link #COMMAND} reads and evaluates, then the
/// script's own input.
///
/// The line is pure printable ASCII, so that no locale and no shell's inner quoting bytes touch it.
/// It begins with {@link #SIGN}: the reader passes over lines without it, so that the rest of a
/// line of which an rc file has eaten the beginning is never run as a script.
public final class Wire {
    /// How a line that holds a script begins; a no-op for the shell that evaluates it.
    static final String SIGN = ": muster;";

    /// The exit status of {@link #COMMAND} when standard input ended before a script came: an rc
    /// file of the host has read it.
    public static final int NO_SCRIPT = 97;

    /// The only command line that Muster gives to a login shell, the same for every script. It
    /// works through sh, bash, zsh, fish, tcsh and mksh: what they agree on is `exec`, a path and
    /// one single-quoted word without quotes, backslashes and exclamation marks.
    public static final String COMMAND =
            "exec /bin/sh -c 's=; until case $s in \""
                    + SIGN
                    + "\"*) true;; *) false;; esac; do IFS= read -r s || exit "
                    + NO_SCRIPT
                    + "; done; eval \"$(printf %b \"$s\")\"'";

    /// Empty lines ahead of the script, for rc files that ask something (`read answer`): they get
    /// an empty answer, and the script is left alone.
    private static final String SACRIFICE = "\n\n\n\n";

    private Wire() {}

    /// The bytes to send for a script, its input included. The script first prints `marker` and a
    /// newline on standard output and on standard error; what comes before it there is the host's
    /// rc files' doing.
    ///
    /// @param marker letters, digits and `-`
    /// @throws IllegalArgumentException when the script or an argument holds a NUL or an unpaired
    ///     surrogate, which cannot be delivered as they are
    public static byte[] encode(Script script, String marker) {
        if (!marker.matches("[A-Za-z0-9-]+")) {
            throw new IllegalArgumentException("marker " + marker);
        }
        String whole =
                "unset s; printf '%s\\n' "
                        + marker
                        + "; printf '%s\\n' "
                        + marker
                        + " >&2; set -- "
                        + PosixQuote.words(script.args())
                        + "\n"
                        + script.text();
        byte[] input = script.input();
        ByteArrayOutputStream bytes =
                new ByteArrayOutputStream(whole.length() + whole.length() / 8 + input.length + 64);
        bytes.writeBytes((SACRIFICE + SIGN).getBytes(StandardCharsets.US_ASCII));
        check(whole, script.name());
        bytes.writeBytes(PrintfB.line(whole).getBytes(StandardCharsets.US_ASCII));
        bytes.write('\n');
        bytes.writeBytes(input);
        return bytes.toByteArray();
    }

    private static void check(String text, String name) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "script " + name + " holds a NUL character: a shell cannot take it");
        }
        try {
            StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(
                    "script " + name + " holds half a character (an unpaired surrogate)", e);
        }
    }
}
