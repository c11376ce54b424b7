package dev.muster.link;

import java.nio.charset.StandardCharsets;

/// What a script that ran to its end answered.
///
/// @param exit exit status, or 128 + signal number
/// @param out what it wrote to standard output
/// @param err what it wrote to standard error
/// @param noise what the host's login shell printed before the script began (an rc file that
///     prints), for `doctor`; mostly empty
public record RunResult(int exit, byte[] out, byte[] err, String noise) {
    public boolean ok() {
        return exit == 0;
    }

    public String outText() {
        return new String(out, StandardCharsets.UTF_8);
    }

    public String errText() {
        return new String(err, StandardCharsets.UTF_8);
    }
}
