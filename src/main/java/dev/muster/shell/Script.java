package dev.muster.shell;

import java.util.List;

/// A script to run on a host by `/bin/sh`, with its arguments and what it reads on standard input.
///
/// Nothing in here becomes part of a command line that the host's login shell parses: the script
/// travels over standard input (see {@link Wire}), arguments are quoted into it as `set --`.
///
/// @param name for messages and the log: `launch`
/// @param text POSIX shell
/// @param args `$1`, `$2`, …: any text without NUL
/// @param input what the script reads on standard input after itself
public record Script(String name, String text, List<String> args, byte[] input) {
    private static final byte[] NOTHING = {};

    public Script {
        args = List.copyOf(args);
    }

    /// The script file of that name under `scripts/` on the class path, without input.
    public static Script named(String name, String... args) {
        return new Script(name, ScriptFiles.text(name), List.of(args), NOTHING);
    }

    public Script withInput(byte[] bytes) {
        return new Script(name, text, args, bytes);
    }
}
