package dev.muster.shell;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// The files that stay on a host because sessions run them: `lib/<version>/` in the state folder.
/// A running session keeps the version that it was started with.
public final class HostLibrary {
    private static final List<String> FILES =
            List.of(
                    "lib/journal.sh",
                    "lib/json.sh",
                    "lib/session.sh",
                    "lib/run.sh",
                    "lib/event.sh",
                    "lib/ask.sh",
                    "lib/stream.sh",
                    "lib/stream-read.sh",
                    "lib/stream.awk",
                    "lib/attach.sh",
                    "lib/agent-claude.sh",
                    "lib/hook.sh",
                    "lib/status.sh",
                    "lib/registry.sh",
                    "lib/tokens.sh",
                    "lib/apart.sh",
                    "lib/title.sh",
                    "lib/used-codex.sh",
                    "lib/used-gemini.sh",
                    "lib/agent-codex.sh",
                    "lib/codex-began.sh",
                    "lib/codex-ask.sh",
                    "lib/agent-gemini.sh",
                    "lib/gemini-began.sh",
                    "lib/agent-opencode.sh",
                    "lib/opencode.mjs",
                    "lib/opencode-used.mjs",
                    "lib/tmux.conf",
                    "git-common.sh",
                    "git-worktree.sh");

    private static final HostLibrary INSTANCE = new HostLibrary();

    private final String version;
    private final byte[] input;

    private HostLibrary() {
        StringBuilder lines = new StringBuilder();
        for (String file : FILES) {
            lines.append(file.substring(file.lastIndexOf('/') + 1)).append('\n');
            lines.append(PrintfB.line(ScriptFiles.file(file))).append('\n');
        }
        input = lines.toString().getBytes(StandardCharsets.US_ASCII);
        version = digest(input);
    }

    /// Names the content: the same files, the same version.
    public static String version() {
        return INSTANCE.version;
    }

    /// What `hello.sh` reads to install the files.
    public static byte[] input() {
        return INSTANCE.input.clone();
    }

    private static String digest(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
