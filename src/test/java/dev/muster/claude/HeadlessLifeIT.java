package dev.muster.claude;

import static dev.muster.claude.Seen.approval;
import static dev.muster.claude.Seen.crashed;
import static dev.muster.claude.Seen.idle;
import static dev.muster.claude.Seen.question;
import static dev.muster.claude.Seen.working;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.api.SessionRow;
import dev.muster.testing.PersonsMuster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/// The real Claude Code without a screen, led by the commands that a person has: the states, the
/// usage and the controls that {@link ClaudeLifeIT} shows of one with a screen.
class HeadlessLifeIT extends WithClaude {
    /// Without a screen all comes by one stream: nothing is behind it.
    private static final Duration STEADY = Duration.ofMillis(600);

    private static final String HOST = "dev-1";
    private static final String NAME = "quiet";

    private LifeWorld world;
    private Watcher watcher;
    private StubModel model;
    private SessionRow session;
    private Bill lost = Bill.NONE;

    @Test
    void isReadAndLedAsWithAScreen() throws Exception {
        try (LifeWorld made = new LifeWorld(folder, program, HOST);
                Watcher watches = new Watcher(made, STEADY)) {
            world = made;
            watcher = watches;
            model = world.model(HOST);
            dies();
            answers();
            interrupts();
            step("is stopped", () -> world.muster("stop", NAME), is("stopped"));
            // What it was in its own registry is not shown besides.
            assertThat(world.board().sessions()).hasSize(1);
            System.out.println("HeadlessLifeIT: " + watcher.summary());
        }
    }

    private void dies() throws Exception {
        step(
                "wants to use a tool",
                () -> {
                    session = world.start(HOST, NAME, "--headless", "--keep", "RUN:touch made");
                    model.awaitAnswers(1);
                },
                approval("Bash: touch made"));
        step("is killed", () -> world.kill(session, "run.1/agent"), crashed("KILL"));
        lost = model.bill();
        assertThat(file("made")).doesNotExist();
        // Its prompt was taken before, and is not taken twice.
        step("goes on after the kill", () -> world.muster("resume", NAME), is("idle"));
        assertThat(model.answers()).isEqualTo(1);
    }

    private void answers() throws Exception {
        step("is told again", () -> send("RUN:touch made"), approval("Bash: touch made"));
        step("is allowed", () -> world.muster("approve", waiting()), idle("All done."));
        assertThat(file("made")).exists();
        step("wants another", () -> send("RUN:touch denied"), approval("Bash: touch denied"));
        step(
                "is denied",
                () -> world.muster("deny", waiting(), "-m", "use the blue one"),
                idle("All done."));
        assertThat(model.results()).anyMatch(result -> result.contains("use the blue one"));
        assertThat(file("denied")).doesNotExist();
        step("asks a question", () -> send("ASK:"), question("Which colour?"));
        step("is answered", () -> world.muster("answer", waiting(), "blue"), idle("All done."));
        assertThat(model.results()).anyMatch(result -> result.contains("Blue"));
    }

    private void interrupts() throws Exception {
        step(
                "works for long",
                () -> {
                    send("HOLD:a");
                    model.awaitPrompt("HOLD:a");
                },
                working(null));
        int broken = model.bill().brokenOff() + 1;
        watcher.step(
                NAME,
                "is interrupted",
                () -> world.muster("interrupt", NAME),
                is("idle"),
                row -> model.bill().brokenOff() == broken && used(row));
        PersonsMuster.Ran again = world.tries("interrupt", NAME);
        assertThat(again.status()).isNotZero();
        assertThat(again.out()).contains("idle");
        model.release("a");
        step("hears after it", () -> send("say last"), idle("Heard: say last"));
    }

    private void send(String text) throws Exception {
        world.muster("send", NAME, text);
    }

    private String waiting() throws Exception {
        return world.waiting().id();
    }

    private Path file(String name) {
        return Path.of(Objects.requireNonNull(session.worktree())).resolve(name);
    }

    private void step(String what, Watcher.Act act, Predicate<SessionRow> state) throws Exception {
        watcher.step(NAME, what, act, state, this::used);
    }

    /// Without a screen it says what it used when its turn has ended; of a turn in which it was
    /// killed it says nothing.
    private boolean used(SessionRow row) {
        Bill told = model.bill().minus(lost);
        return !row.state().equals("idle")
                || (told.tokensIn(row.usage()) && told.costIn(row.usage()));
    }

    private static Predicate<SessionRow> is(String state) {
        return row -> row.state().equals(state);
    }
}
