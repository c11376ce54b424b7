package dev.muster.shell;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// Scripts that work in Muster's state folder on a host: they find it in `$S`.
public final class HostScript {
    private static final byte[] NOTHING = {};

    private HostScript() {}

    /// `scripts/<name>.sh`, after `scripts/state.sh`.
    public static Script named(String name, String... args) {
        return new Script(name, text("state", name), List.of(args), NOTHING);
    }

    /// The same for a script that says how the host does: after `scripts/vitals.sh` too.
    public static Script withVitals(String name, String... args) {
        return new Script(name, text("state", "vitals", name), List.of(args), NOTHING);
    }

    private static String text(String... files) {
        return Arrays.stream(files).map(ScriptFiles::text).collect(Collectors.joining());
    }
}
