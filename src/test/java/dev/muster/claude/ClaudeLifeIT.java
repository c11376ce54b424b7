package dev.muster.claude;

import dev.muster.session.SessionId;
import dev.muster.session.State;
import dev.muster.testing.TestSshd;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole life of the real Claude Code on real OpenSSH servers: at each step the board says
/// within 1.5 s what it does, and nothing else after that.
class ClaudeLifeIT {
    private static Path program = Path.of("");

    @TempDir Path folder;

    @BeforeAll
    static void needsTheRealThing() throws Exception {
        TestSshd.assumeInstalled();
        program = ClaudeProgram.find();
    }

    @Test
    void isReadExactlyThroughItsWholeLife() throws Exception {
        try (StubModel model = new StubModel();
                ClaudeHosts hosts = new ClaudeHosts(folder, program, model, "dev-1", "dev-2")) {
            SessionId id = hosts.start("dev-1", "walk", "");
            hosts.fleet().await(id, State.Idle.class);
            try (Watcher watcher = new Watcher(hosts.fleet(), id)) {
                watcher.step("works", () -> hosts.line(id, "HOLD:a"), is(State.Working.class));
                watcher.step(
                        "ends its turn", () -> model.release("a"), idle("Holding. Heard: HOLD:a"));
                watcher.step(
                        "asks",
                        () -> hosts.line(id, "RUN:touch by-hand && sleep 2"),
                        approval("Bash: touch by-hand && sleep 2"));
                watcher.step(
                        "is allowed by hand",
                        () -> hosts.type(id, "Enter"),
                        state ->
                                "Bash: touch by-hand && sleep 2".equals(state.detail())
                                                && state instanceof State.Working
                                        || state instanceof State.Idle);
                hosts.fleet().await(id, State.Idle.class);
            }
        }
    }

    private static Predicate<State> is(Class<? extends State> type) {
        return type::isInstance;
    }

    private static Predicate<State> idle(String detail) {
        return new State.Idle(detail)::equals;
    }

    private static Predicate<State> approval(String detail) {
        return state ->
                state instanceof State.NeedsApproval needs
                        && needs.detail() != null
                        && needs.detail().startsWith(detail);
    }
}
