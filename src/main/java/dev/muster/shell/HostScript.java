package dev.muster.shell;

import java.util.List;

/// Scripts that work in Muster's state folder on a host: they find it in `$S`.
public final class HostScript {
    private static final byte[] NOTHING = {};

    private HostScript() {}

    /// `scripts/<name>.sh`, after `scripts/state.sh`.
    public static Script named(String name, String... args) {
        String text = ScriptFiles.text("state") + ScriptFiles.text(name);
        return new Script(name, text, List.of(args), NOTHING);
    }
}
