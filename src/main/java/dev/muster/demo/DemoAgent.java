package dev.muster.demo;

import dev.muster.shell.PosixQuote;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Who works in the demo.
public sealed interface DemoAgent {
    /// As `hosts.yaml` calls it.
    String name();

    /// Whether its sessions end when their work is done.
    boolean ends();

    /// Needs no model and no login: a script that each host has.
    record BuiltIn() implements DemoAgent {
        @Override
        public String name() {
            return "demo";
        }

        @Override
        public boolean ends() {
            return true;
        }
    }

    /// Claude Code with the user's own login.
    ///
    /// @param command its path
    /// @param env what leads it to the login: `CLAUDE_CONFIG_DIR` where the user has set it, else
    ///     the user's own HOME, in which Claude Code then finds `.claude` and `.claude.json`
    record Claude(Path command, Map<String, String> env) implements DemoAgent {
        private static final List<String> TAKEN_OVER =
                List.of("ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL", "HTTPS_PROXY", "NO_PROXY");

        public Claude {
            env = Map.copyOf(env);
        }

        /// The one that the user's PATH finds.
        ///
        /// @param user the user's environment
        /// @param home the user's home
        public static Optional<DemoAgent> installed(Map<String, String> user, Path home) {
            return Arrays.stream(user.getOrDefault("PATH", "").split(":"))
                    .filter(dir -> dir.startsWith("/"))
                    .map(dir -> Path.of(dir, "claude"))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .map(command -> new Claude(command, login(user, home)));
        }

        private static Map<String, String> login(Map<String, String> user, Path home) {
            Map<String, String> env = new TreeMap<>();
            TAKEN_OVER.stream()
                    .filter(user::containsKey)
                    .forEach(name -> env.put(name, user.get(name)));
            String folder = user.getOrDefault("CLAUDE_CONFIG_DIR", "");
            env.put(
                    folder.isEmpty() ? "HOME" : "CLAUDE_CONFIG_DIR",
                    folder.isEmpty() ? home.toString() : folder);
            env.put("DISABLE_AUTOUPDATER", "1");
            return env;
        }

        /// What each host has as its `claude`: only the program itself sees the user's home.
        String script() {
            StringBuilder text = new StringBuilder("#!/bin/sh\n");
            new TreeMap<>(env)
                    .forEach(
                            (name, value) ->
                                    text.append("export ")
                                            .append(name)
                                            .append('=')
                                            .append(PosixQuote.word(value))
                                            .append('\n'));
            return text + "exec " + PosixQuote.word(command.toString()) + " \"$@\"\n";
        }

        @Override
        public String name() {
            return "claude";
        }

        @Override
        public boolean ends() {
            return false;
        }
    }
}
