package dev.muster.claude;

import static dev.muster.claude.Seen.approval;
import static dev.muster.claude.Seen.billed;
import static dev.muster.claude.Seen.crashed;
import static dev.muster.claude.Seen.idle;
import static dev.muster.claude.Seen.question;
import static dev.muster.claude.Seen.working;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.api.AccountRow;
import dev.muster.api.SessionRow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/// The whole life of the real Claude Code on two real OpenSSH servers, led by the commands that a
/// person has and by what one types on its screen: at each step `muster status --json` says within
/// 1.5 s what it does and what it has used, and nothing else after that.
class ClaudeLifeIT extends WithClaude {
    /// Longer than its registry is behind.
    private static final Duration STEADY = Duration.ofMillis(1200);

    private static final String HOST = "dev-1";
    private static final String OTHER_HOST = "dev-2";
    private static final String WALK = "walk";
    private static final String OTHER = "other";

    private LifeWorld world;
    private Watcher watcher;
    private StubModel model;
    private SessionRow session;
    private ClaudeScreen screen;

    @Test
    void isReadExactlyThroughItsWholeLife() throws Exception {
        try (LifeWorld made = new LifeWorld(folder, program, HOST, OTHER_HOST);
                Watcher watches = new Watcher(made, STEADY)) {
            world = made;
            watcher = watches;
            model = world.model(HOST);
            StubModel others = world.model(OTHER_HOST);
            // Two starts take as long as one.
            watcher.step(
                    OTHER,
                    "works elsewhere",
                    () -> {
                        world.start(OTHER_HOST, OTHER, "HOLD:other");
                        session = world.start(HOST, WALK);
                        others.awaitPrompt("HOLD:other");
                    },
                    working(null),
                    billed(others));
            screen = world.at(session);
            step("waits for its first prompt", () -> screen.shows("❯"), idle(null));
            turns();
            dialogs();
            answers();
            parts();
            interrupts();
            commands();
            failures();
            limits();
            deaths();
            watcher.step(
                    OTHER,
                    "is heard out",
                    () -> others.release("other"),
                    idle("Holding. Heard: HOLD:other"),
                    billed(others));
            System.out.println("ClaudeLifeIT: " + watcher.summary());
        }
    }

    private void turns() throws Exception {
        step("works", () -> screen.prompt("HOLD:a", model), working(null));
        step("ends its turn", () -> model.release("a"), idle("Holding. Heard: HOLD:a"));
        SessionRow row = world.row(WALK);
        assertThat(Objects.requireNonNull(row.usage()).contextUsedPercent()).isEqualTo(1);
        assertThat(row.model()).isNotBlank();
        AccountRow.Window fiveHour = Objects.requireNonNull(world.account(HOST).fiveHour());
        assertThat(fiveHour).isEqualTo(new AccountRow.Window(37.0, StubModel.RESET));
        step("is sent another", () -> send("HOLD:b"), working(null));
        step(
                "takes two prompts into its queue",
                () -> {
                    screen.line("say two");
                    screen.line("say three");
                },
                working(null));
        step("empties its queue", () -> model.release("b"), idle("Heard: say three"));
    }

    private void dialogs() throws Exception {
        String command = "touch by-hand && until [ -e go ]; do sleep 0.1; done";
        step(
                "wants to use a tool",
                () -> screen.prompt("RUN:" + command, model),
                approval("Bash: " + command));
        step("is allowed by hand", () -> screen.answer("Enter"), working("Bash: " + command));
        step("has used it", () -> touch("go"), idle("All done."));
        step(
                "wants to use another",
                () -> screen.prompt("RUN:touch never", model),
                approval("Bash: touch never"));
        step("is refused by Esc", () -> screen.answer("Escape"), idle("All done."));
        assertThat(file("never")).doesNotExist();
        step("asks a question", () -> screen.prompt("ASK:first", model), question("Which colour?"));
        step("is answered by hand", () -> screen.answer("Enter"), idle("All done."));
        step(
                "wants to use two tools side by side",
                () -> screen.prompt("RUN2:touch", model),
                approval("Bash: touch one"));
        // Between its two dialogs it is at work, for as long as it takes to draw the second.
        watcher.step(
                WALK,
                "wants the second",
                () -> screen.answer("Enter"),
                approval("Bash: touch two"),
                billed(model),
                working("Bash: touch two"));
        step("has used both", () -> screen.answer("Enter"), idle("All done."));
        step(
                "shows a dialog of its own",
                () -> screen.line("/model"),
                question("dialog open, on its own screen"));
        step("is out of it", () -> screen.answer("Escape"), idle("All done."));
    }

    private void answers() throws Exception {
        String command = "touch allowed && until [ -e on ]; do sleep 0.1; done";
        step(
                "wants to use a tool again",
                () -> screen.prompt("RUN:" + command, model),
                approval("Bash: " + command));
        step(
                "is allowed from here",
                () -> world.muster("approve", world.waiting().id()),
                working("Bash: " + command));
        step("has used that too", () -> touch("on"), idle("All done."));
        step(
                "wants what it does not get",
                () -> screen.prompt("RUN:touch denied", model),
                approval("Bash: touch denied"));
        step(
                "is denied from here",
                () -> world.muster("deny", world.waiting().id(), "-m", "use the blue one"),
                idle("All done."));
        assertThat(model.results()).anyMatch(result -> result.contains("use the blue one"));
        assertThat(file("denied")).doesNotExist();
        step("asks again", () -> screen.prompt("ASK:again", model), question("Which colour?"));
        step(
                "is answered from here",
                () -> world.muster("answer", world.waiting().id(), "blue"),
                idle("All done."));
        assertThat(model.results()).anyMatch(result -> result.contains("Blue"));
    }

    /// What goes on beside the conversation.
    private void parts() throws Exception {
        // The subagent works in the background: it is told so, and says something to that.
        step(
                "has a subagent work",
                () -> {
                    int before = model.answers();
                    screen.prompt("AGENT:HOLD:part", model);
                    model.awaitAnswers(before + 2);
                },
                row -> row.state().equals("working"));
        step(
                "has its answer",
                () -> {
                    int before = model.answers();
                    model.release("part");
                    model.awaitAnswers(before + 2);
                },
                row -> row.state().equals("idle"));
        // Which reads only: it asks nobody.
        step(
                "is idle while something that it began runs on",
                () -> {
                    int before = model.answers();
                    screen.prompt("RUNBG:until [ -e stop ]; do sleep 0.2; done", model);
                    model.awaitAnswers(before + 2);
                },
                idle("a task goes on in the background: All done."));
        // The agent is told of its end, in a turn of its own.
        step("has nothing running any more", () -> touch("stop"), idle("Heard:"));
        Files.delete(file("stop"));
    }

    private void interrupts() throws Exception {
        step("works for long", () -> screen.prompt("HOLD:c", model), working(null));
        interrupted("is interrupted by Esc", () -> screen.type("Escape"));
        model.release("c");
        step("works for long again", () -> send("HOLD:d"), working(null));
        interrupted("is interrupted from here", () -> world.muster("interrupt", WALK));
        model.release("d");
    }

    /// The model bills what it had sent until it noticed that nobody listens any more.
    private void interrupted(String what, Watcher.Act act) throws Exception {
        int broken = model.bill().brokenOff() + 1;
        watcher.step(
                WALK,
                what,
                act,
                idle("Heard:"),
                row -> model.bill().brokenOff() == broken && billed(model).test(row));
    }

    private void commands() throws Exception {
        step("compacts", () -> screen.line("/compact"), working("compacting its conversation"));
        Bill before = model.bill();
        // A summary stands in no transcript: its tokens count when the conversation is left.
        watcher.step(
                WALK,
                "has compacted",
                () -> model.release("compact"),
                idle("Heard:"),
                row -> before.tokensIn(row.usage()) && model.bill().costIn(row.usage()));
        step("is cleared", () -> screen.line("/clear"), idle(null));
        assertThat(Objects.requireNonNull(world.row(WALK).usage()).contextUsedPercent()).isZero();
        step("hears again", () -> screen.prompt("say four", model), idle("Heard: say four"));
    }

    private void failures() throws Exception {
        step(
                "is refused for a while",
                () -> screen.prompt("BUSY429:while", model),
                row -> row.state().equals("working"));
        step(
                "got through",
                () -> {
                    int before = model.answers();
                    model.release("while");
                    model.awaitAnswers(before + 1);
                },
                idle("Heard: BUSY429:while"));
        step(
                "fails",
                () -> screen.prompt("FAIL:400", model),
                row ->
                        row.state().equals("idle")
                                && row.detail() != null
                                && row.detail().startsWith("its turn failed"));
    }

    private void limits() throws Exception {
        step(
                "is over the limit of its subscription",
                () -> screen.prompt("QUOTA", model),
                row -> row.state().equals("rate-limited"));
        // Its status line stands still behind the dialog in which it asks what to do now.
        step(
                "says until when",
                () -> screen.answer("Escape"),
                row -> row.state().equals("rate-limited") && StubModel.RESET.equals(row.until()));
        AccountRow account = world.account(HOST);
        assertThat(account.fiveHour()).isEqualTo(new AccountRow.Window(100.0, StubModel.RESET));
        assertThat(Objects.requireNonNull(account.sevenDay()).usedPercent()).isEqualTo(62);
    }

    private void deaths() throws Exception {
        step("is killed", () -> world.kill(session, "run.1/started"), crashed("KILL"));
        step("goes on after the kill", () -> resume("say four"), idle(null));
        step("hears after it", () -> screen.prompt("say five", model), idle("Heard: say five"));
        step("loses its tmux server", () -> screen.killTmux(), crashed(null));
        step("goes on after the loss", () -> resume("say five"), idle(null));
        step(
                "is left",
                () -> screen.line("/exit"),
                row -> row.state().equals("finished") && Objects.equals(row.exitCode(), 0));
    }

    /// Sends it a prompt, and waits until the model has it.
    private void send(String text) throws Exception {
        world.muster("send", WALK, text);
        model.awaitPrompt(text);
    }

    /// Has it resumed, and waits until it shows the conversation that it had before.
    private void resume(String said) throws Exception {
        world.muster("resume", WALK);
        screen.shows("Heard: " + said);
    }

    /// Makes a file that a tool waits for, and waits until the model has answered to its end.
    private void touch(String name) throws Exception {
        int before = model.answers();
        Files.createFile(file(name));
        model.awaitAnswers(before + 1);
    }

    private Path file(String name) {
        return Path.of(Objects.requireNonNull(session.worktree())).resolve(name);
    }

    private void step(String what, Watcher.Act act, Predicate<SessionRow> state) throws Exception {
        watcher.step(WALK, what, act, state, billed(model));
    }
}
