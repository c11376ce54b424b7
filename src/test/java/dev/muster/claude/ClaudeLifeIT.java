package dev.muster.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.agent.Reading;
import dev.muster.api.Ulid;
import dev.muster.fleet.Inbox;
import dev.muster.fleet.Inbox.Meant;
import dev.muster.session.SessionId;
import dev.muster.session.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The whole life of the real Claude Code on real OpenSSH servers: at each step the board says
/// within 1.5 s what it does, and nothing else after that.
class ClaudeLifeIT extends WithClaude {
    @Test
    void isReadExactlyThroughItsWholeLife() throws Exception {
        Map<String, String> signedIn =
                Map.of(
                        "ANTHROPIC_API_KEY",
                        "",
                        "CLAUDE_CODE_OAUTH_TOKEN",
                        "sk-ant-oat01-of-no-use");
        try (StubModel model = new StubModel();
                ClaudeHosts hosts =
                        new ClaudeHosts(folder, program, model, true, signedIn, "dev-1", "dev-2")) {
            SessionId other = hosts.start("dev-2", "other", "HOLD:other");
            SessionId id = hosts.start("dev-1", "walk", "");
            hosts.fleet().await(id, State.Idle.class);
            hosts.fleet().await(other, State.Working.class);
            try (Watcher watcher = new Watcher(hosts.fleet(), id);
                    Watcher bystander = new Watcher(hosts.fleet(), other)) {
                bystander.step("works elsewhere", () -> {}, is(State.Working.class));
                turns(hosts, model, watcher);
                dialogs(hosts, watcher);
                answers(hosts, model, watcher);
                parts(hosts, model, watcher);
                interrupts(hosts, model, watcher);
                commands(hosts, model, watcher);
                failures(hosts, watcher);
                limits(hosts, watcher);
                deaths(hosts, watcher);
                bystander.step("is heard out", () -> model.release("other"), is(State.Idle.class));
            }
        }
    }

    private static void turns(ClaudeHosts hosts, StubModel model, Watcher watcher)
            throws Exception {
        SessionId id = watcher.id();
        watcher.step("works", () -> hosts.prompt(id, "HOLD:a"), working(null));
        watcher.step("ends its turn", () -> model.release("a"), idle("Holding. Heard: HOLD:a"));
        watcher.step("works again", () -> hosts.prompt(id, "HOLD:b"), working(null));
        watcher.step(
                "takes two prompts into its queue",
                () -> {
                    hosts.line(id, "say two");
                    hosts.line(id, "say three");
                },
                working(null));
        watcher.step("empties its queue", () -> model.release("b"), idle("Heard: say three"));
        Reading reading = Objects.requireNonNull(watcher.session().activity().reading());
        assertThat(reading.contextUsedPercent()).isPositive();
        assertThat(Objects.requireNonNull(reading.fiveHour()).usedPercent()).isEqualTo(37);
        assertThat(watcher.session().meter().total().costMicros()).isPositive();
        assertThat(watcher.session().modelInUse()).isNotBlank();
    }

    private static void dialogs(ClaudeHosts hosts, Watcher watcher) throws Exception {
        SessionId id = watcher.id();
        String command = "Bash: touch by-hand && sleep 3";
        watcher.step(
                "wants to use a tool",
                () -> hosts.prompt(id, "RUN:touch by-hand && sleep 3"),
                approval(command));
        watcher.step("is allowed by hand", () -> hosts.type(id, "Enter"), working(command));
        watcher.step(
                "has used it", () -> hosts.fleet().await(id, State.Idle.class), idle("All done."));
        watcher.step(
                "wants to use another",
                () -> hosts.prompt(id, "RUN:touch never"),
                approval("Bash: touch never"));
        watcher.step("is refused by Esc", () -> hosts.type(id, "Escape"), is(State.Idle.class));
        watcher.step("asks a question", () -> hosts.prompt(id, "ASK:"), is(State.NeedsInput.class));
        watcher.step("is answered by hand", () -> hosts.type(id, "Enter"), idle("All done."));
        watcher.step(
                "wants to use two tools side by side",
                () -> hosts.prompt(id, "RUN2:touch"),
                is(State.NeedsApproval.class));
        watcher.step(
                "wants the second", () -> hosts.type(id, "Enter"), approval("Bash: touch two"));
        watcher.step("has used both", () -> hosts.type(id, "Enter"), idle("All done."));
        watcher.step(
                "shows a dialog of its own",
                () -> hosts.line(id, "/model"),
                is(State.NeedsInput.class));
        watcher.step("is out of it", () -> hosts.type(id, "Escape"), is(State.Idle.class));
    }

    private static void answers(ClaudeHosts hosts, StubModel model, Watcher watcher)
            throws Exception {
        SessionId id = watcher.id();
        String command = "Bash: touch allowed && sleep 3";
        watcher.step(
                "wants to use a tool again",
                () -> hosts.prompt(id, "RUN:touch allowed && sleep 3"),
                approval(command));
        watcher.step(
                "is allowed from here",
                () -> answer(hosts, id, new Meant.Allow(false)),
                working(command));
        watcher.step(
                "has used it", () -> hosts.fleet().await(id, State.Idle.class), idle("All done."));
        watcher.step(
                "wants what it does not get",
                () -> hosts.prompt(id, "RUN:touch denied"),
                approval("Bash: touch denied"));
        watcher.step(
                "is denied from here",
                () -> answer(hosts, id, new Meant.Deny("use the blue one", false)),
                idle("All done."));
        assertThat(model.results()).anyMatch(result -> result.contains("use the blue one"));
        assertThat(hosts.fleet().worktree(id).resolve("denied")).doesNotExist();
        watcher.step("asks again", () -> hosts.prompt(id, "ASK:"), is(State.NeedsInput.class));
        watcher.step(
                "is answered from here",
                () -> answer(hosts, id, new Meant.Choose(List.of("blue"), false)),
                idle("All done."));
        assertThat(model.results()).anyMatch(result -> result.contains("Blue"));
    }

    private static void answer(ClaudeHosts hosts, SessionId id, Meant meant) throws Exception {
        String request = hosts.fleet().session(id).activity().requests().getFirst().id();
        new Inbox(hosts.fleet().fleet()).answer(request, Ulid.next(), meant, "ann");
    }

    /// What goes on beside the conversation.
    private static void parts(ClaudeHosts hosts, StubModel model, Watcher watcher)
            throws Exception {
        SessionId id = watcher.id();
        watcher.step(
                "has a subagent work",
                () -> hosts.prompt(id, "AGENT:HOLD:part"),
                is(State.Working.class));
        watcher.step("has its answer", () -> model.release("part"), is(State.Idle.class));
        Path stop = hosts.fleet().worktree(id).resolve("stop");
        // Which reads only: it asks nobody.
        watcher.step(
                "is idle while something that it began runs on",
                () -> {
                    hosts.prompt(id, "RUNBG:until [ -e stop ]; do sleep 0.2; done");
                    hosts.fleet().await(id, State.Idle.class);
                },
                idle("a task goes on in the background: All done."));
        watcher.step(
                "has nothing running any more",
                () -> {
                    Files.createFile(stop);
                    // The agent is told of it, in a turn of its own.
                    Awaitility.await("what it says to that")
                            .atMost(Duration.ofSeconds(20))
                            .until(() -> "Heard:".equals(lastMessage(watcher)));
                },
                idle("Heard:"));
        Files.delete(stop);
    }

    private static @Nullable String lastMessage(Watcher watcher) {
        String last = watcher.session().activity().lastMessage();
        return last == null ? null : last.strip();
    }

    private static void limits(ClaudeHosts hosts, Watcher watcher) throws Exception {
        SessionId id = watcher.id();
        watcher.step(
                "is over the limit of its subscription",
                () -> hosts.prompt(id, "QUOTA"),
                is(State.RateLimited.class));
        // Its status line stands still behind the dialog in which it asks what to do now.
        watcher.step(
                "says until when",
                () -> hosts.type(id, "Escape"),
                state ->
                        state instanceof State.RateLimited limited
                                && StubModel.RESET.equals(limited.until()));
        Reading reading = Objects.requireNonNull(watcher.session().activity().reading());
        assertThat(reading.fiveHour()).isEqualTo(new Reading.Window(100, StubModel.RESET));
        assertThat(Objects.requireNonNull(reading.sevenDay()).usedPercent()).isEqualTo(62);
    }

    private static void interrupts(ClaudeHosts hosts, StubModel model, Watcher watcher)
            throws Exception {
        SessionId id = watcher.id();
        watcher.step("works for long", () -> hosts.prompt(id, "HOLD:c"), working(null));
        watcher.step("is interrupted", () -> hosts.type(id, "Escape"), is(State.Idle.class));
        model.release("c");
    }

    private static void commands(ClaudeHosts hosts, StubModel model, Watcher watcher)
            throws Exception {
        SessionId id = watcher.id();
        String before = watcher.session().activity().conversation();
        watcher.step(
                "compacts",
                () -> hosts.line(id, "/compact"),
                working("compacting its conversation"));
        watcher.step("has compacted", () -> model.release("compact"), is(State.Idle.class));
        assertThat(watcher.session().activity().conversation()).isEqualTo(before);
        watcher.step("is cleared", () -> hosts.line(id, "/clear"), idle(null));
        assertThat(watcher.session().activity().conversation()).isNotEqualTo(before);
        watcher.step("hears again", () -> hosts.prompt(id, "say four"), idle("Heard: say four"));
    }

    private static void failures(ClaudeHosts hosts, Watcher watcher) throws Exception {
        SessionId id = watcher.id();
        watcher.step(
                "is refused for a while",
                () -> hosts.prompt(id, "BUSY429:2"),
                is(State.Working.class));
        watcher.step(
                "got through",
                () -> hosts.fleet().await(id, State.Idle.class),
                idle("Heard: BUSY429:2"));
        watcher.step(
                "fails",
                () -> hosts.prompt(id, "FAIL:400"),
                state ->
                        state instanceof State.Idle idle
                                && idle.detail() != null
                                && idle.detail().startsWith("its turn failed"));
    }

    private void deaths(ClaudeHosts hosts, Watcher watcher) throws Exception {
        SessionId id = watcher.id();
        String conversation = watcher.session().activity().conversation();
        watcher.step(
                "is killed",
                () -> hosts.kill(id),
                new State.Crashed("ended by signal KILL")::equals);
        watcher.resume("goes on after the kill");
        assertThat(watcher.session().activity().conversation()).isEqualTo(conversation);
        assertThat(hosts.screen(id)).contains("say four");
        watcher.step("hears after it", () -> hosts.prompt(id, "say five"), idle("Heard: say five"));
        watcher.step("loses its tmux server", () -> hosts.killTmux(id), is(State.Crashed.class));
        watcher.resume("goes on after the loss");
        assertThat(watcher.session().activity().conversation()).isEqualTo(conversation);
        watcher.step("is left", () -> hosts.line(id, "/exit"), is(State.Finished.class));
    }

    private static Predicate<State> is(Class<? extends State> type) {
        return type::isInstance;
    }

    private static Predicate<State> working(@Nullable String detail) {
        return new State.Working(detail)::equals;
    }

    private static Predicate<State> idle(@Nullable String detail) {
        return new State.Idle(detail)::equals;
    }

    private static Predicate<State> approval(String detail) {
        return state ->
                state instanceof State.NeedsApproval needs
                        && needs.detail() != null
                        && needs.detail().startsWith(detail);
    }
}
