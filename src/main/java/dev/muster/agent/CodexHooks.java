package dev.muster.agent;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The hooks that Codex is launched with, as `-c` options of this one run: nothing of the user's
/// `config.toml` is changed.
///
/// Codex runs a hook only when its definition is trusted, that is when `hooks.state` names the
/// SHA-256 of it (`hook_hash` in codex-rs/hooks, seen with 0.169.0). These options trust exactly
/// the hooks they bring, where `--dangerously-bypass-hook-trust` would trust those of any repo,
/// too.
final class CodexHooks {
    /// Where options of the command line count as coming from.
    private static final String SOURCE = "/<session-flags>/config.toml:";

    private static final String HOOK = "exec /bin/sh \"$MUSTER_LIB/hook.sh\"";

    /// An event, what is run for it, and how long that may take, in seconds.
    private record Hook(String event, String command, int timeout) {
        /// As the keys of `hooks.state` name it.
        String snake() {
            return event.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
        }

        /// The normalised definition: its keys are in the order of the alphabet.
        String hash() {
            ObjectNode handler = JsonNodeFactory.instance.objectNode();
            handler.put("async", false);
            handler.put("command", command);
            handler.put("timeout", timeout);
            handler.put("type", "command");
            ObjectNode identity = JsonNodeFactory.instance.objectNode();
            identity.put("event_name", snake());
            identity.putArray("hooks").add(handler);
            return "sha256:" + Digest.sha256(identity.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static final List<Hook> HOOKS =
            List.of(
                    new Hook("SessionStart", "exec /bin/sh \"$MUSTER_LIB/codex-began.sh\"", 30),
                    new Hook("UserPromptSubmit", HOOK, 30),
                    new Hook("PreToolUse", HOOK, 30),
                    // It waits for an answer as long as nobody looks at the screen.
                    new Hook(
                            "PermissionRequest",
                            "exec /bin/sh \"$MUSTER_LIB/codex-ask.sh\"",
                            86_400),
                    new Hook("PostToolUse", HOOK, 30),
                    new Hook("PreCompact", HOOK, 30),
                    new Hook("PostCompact", HOOK, 30),
                    new Hook("Stop", HOOK, 30),
                    // Codex gives these two three seconds at most, and hashes what it gives.
                    new Hook("Interrupt", HOOK, 3),
                    new Hook("SessionEnd", HOOK, 3));

    private CodexHooks() {}

    static List<String> options() {
        List<String> options = new ArrayList<>();
        List<String> trusted = new ArrayList<>();
        for (Hook hook : HOOKS) {
            options.add("-c");
            options.add(
                    "hooks.%s=[{hooks=[{type=\"command\",command=%s,timeout=%d}]}]"
                            .formatted(hook.event(), toml(hook.command()), hook.timeout()));
            trusted.add(
                    "%s={trusted_hash=\"%s\"}"
                            .formatted(toml(SOURCE + hook.snake() + ":0:0"), hook.hash()));
        }
        options.add("-c");
        options.add("hooks.state={" + String.join(",", trusted) + "}");
        return options;
    }

    /// A basic string of TOML: what stands in these commands is escaped as in JSON.
    private static String toml(String text) {
        return JsonNodeFactory.instance.textNode(text).toString();
    }
}
