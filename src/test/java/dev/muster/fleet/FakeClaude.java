package dev.muster.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.host.AgentSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;

/// A program `claude` that does what a test puts into its worktree: for each file `NAME.ask` it
/// runs the PermissionRequest hook as Claude Code does, and leaves what the hook printed in
/// `NAME.told`; `NAME.hook` is an event for its other hooks, `NAME.status` a reading for its status
/// line, `NAME.screen` goes to its terminal.
public final class FakeClaude {
    private static final String SCRIPT =
            """
            #!/bin/sh
            case ${1:-} in --version) echo '2.1.329 (Claude Code)'; exit 0 ;; esac
            D=${MUSTER_EVENT%/event}
            IFS= read -r version <"$D/lib"
            ask=${D%/sessions/*}/lib/$version/ask.sh
            while [ ! -e stop ]; do
              for f in *.ask; do
                [ -e "$f" ] || continue
                n=${f%.ask}
                mv "$f" "$n.asked"
                { sh "$ask" claude <"$n.asked" >"$n.new"; mv "$n.new" "$n.told"; } &
              done
              for f in *.hook *.status *.screen; do
                [ -e "$f" ] || continue
                case $f in
                *.hook) sh "$MUSTER_LIB/hook.sh" <"$f" ;;
                *.status) sh "$MUSTER_LIB/status.sh" <"$f" ;;
                *.screen) cat "$f" ;;
                esac
                rm "$f"
              done
              sleep 0.03
            done
            wait
            """;

    private FakeClaude() {}

    /// Writes the program into a folder.
    public static Path program(Path folder) throws IOException {
        Path program = Files.writeString(folder.resolve("claude"), SCRIPT);
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return program;
    }

    /// Installs it.
    static AgentSpec in(Path folder) throws IOException {
        Path program = program(folder);
        return new AgentSpec(
                "claude",
                "claude",
                program.toString(),
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /// Has the agent ask.
    static void ask(Path worktree, String name, String payload) throws IOException {
        Path file = Files.writeString(worktree.resolve(name + ".tmp"), payload);
        Files.move(file, worktree.resolve(name + ".ask"), StandardCopyOption.ATOMIC_MOVE);
    }

    static void bash(Path worktree, String name, String command) throws IOException {
        ask(
                worktree,
                name,
                "{\"hook_event_name\":\"PermissionRequest\",\"tool_name\":\"Bash\",\"tool_input\":"
                        + "{\"command\":\""
                        + command
                        + "\"}}");
    }

    /// What the agent was told, once the hook has ended.
    static String told(Path worktree, String name) {
        Path file = worktree.resolve(name + ".told");
        Awaitility.await(name + " is told")
                .atMost(Duration.ofSeconds(60))
                .until(() -> Files.exists(file));
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
