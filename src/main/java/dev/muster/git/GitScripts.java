package dev.muster.git;

import dev.muster.shell.Script;
import java.util.List;

/// Puts a script together from the files that it needs, which hold functions only, and the call.
final class GitScripts {
    private static final byte[] NOTHING = {};

    private GitScripts() {}

    /// @param call the last line: what the arguments are given to
    static Script of(String name, List<String> files, String call, List<String> args) {
        return new Script(name, text(files) + call + "\n", args, NOTHING);
    }

    static String text(List<String> files) {
        var text = new StringBuilder();
        for (String file : files) {
            text.append(Script.named(file).text());
        }
        return text.toString();
    }
}
