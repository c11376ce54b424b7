package dev.muster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.fleet.Inbox;
import dev.muster.fleet.SessionPrompts;
import dev.muster.session.Counters;
import dev.muster.session.State;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real OpenCode, signed in to nothing, on a host of its own with a model of the tests' own.
class OpenCodeIT {
    @TempDir Path folder;

    @Test
    void saysWhatItDoesFromItsFirstWordToItsSecondRun() throws Exception {
        Path program = NpmProgram.OPENCODE.find();
        try (StubModels models = new StubModels();
                AgentHost host = host(program, models)) {
            host.start("hello there");
            host.await("its first turn's end", done("hello there"));
            String conversation = host.session().activity().conversation();
            assertThat(conversation).startsWith("ses_");
            host.awaitUsed(models);
            assertThat(host.session().activity().reading().contextUsedPercent()).isEqualTo(1.29);

            Path worktree = host.fleet().worktree(host.id());
            host.line("run touch made");
            Request request = host.request();
            assertThat(request.tool()).isEqualTo("bash");
            assertThat(request.summary()).isEqualTo("touch made");
            assertThat(request.suggestions()).hasSize(1);
            Inbox inbox = new Inbox(host.fleet().fleet());
            inbox.answer(request.id(), "token", new Inbox.Meant.Allow(false), "test");
            host.await("what it was allowed", done("run touch made"));
            assertThat(worktree.resolve("made")).exists();

            host.line("run touch made2");
            inbox.answer(
                    host.request().id(),
                    "token2",
                    new Inbox.Meant.Deny("not today", false),
                    "test");
            host.await("what it was denied", done("run touch made2"));
            assertThat(worktree.resolve("made2")).doesNotExist();

            host.line("run echo one >made3");
            host.request();
            // Its dialog comes after it has told of it.
            host.awaitScreen("Allow once");
            host.key("Enter");
            host.await("what was allowed on the screen", done("run echo one >made3"));
            assertThat(worktree.resolve("made3")).exists();
            assertThat(host.session().activity().requests()).isEmpty();

            host.line("slow one");
            host.await("its work", State.Working.class::isInstance);
            models.awaitSlow();
            // It finds both keys at once, and takes them for another one.
            host.signal("STOP");
            CompletableFuture<String> interrupted = new CompletableFuture<>();
            Thread.startVirtualThread(
                    () -> {
                        try {
                            interrupted.complete(
                                    new SessionPrompts(host.fleet().fleet()).interrupt(host.id()));
                        } catch (Exception e) {
                            interrupted.completeExceptionally(e);
                        }
                    });
            Thread.sleep(2000);
            host.signal("CONT");
            assertThat(interrupted.join()).endsWith(" is interrupted");
            host.await("its interruption", State.Idle.class::isInstance);

            host.line("broken");
            host.await(
                    "a failed turn",
                    s ->
                            s instanceof State.Idle idle
                                    && String.valueOf(idle.detail()).contains("failed"));

            host.line("delegate a task");
            host.await("its subagent's end", done("delegate a task"));
            host.awaitUsed(models);
            host.line("/new");
            host.awaitScreen("Ask anything");
            host.line("hello new one");
            host.await("its next conversation", done("hello new one"));
            host.awaitUsed(models);
            String next = host.session().activity().conversation();
            assertThat(next).startsWith("ses_").isNotEqualTo(conversation);

            host.key("C-c");
            host.await("its end", State.Finished.class::isInstance);
            host.fleet().starts().resume(host.id());
            host.await("its second run", State.Idle.class::isInstance);
            // What is typed before its screen is there is lost.
            host.awaitScreen("done: hello new one");
            host.line("hello again");
            host.await("its answer", done("hello again"));
            assertThat(host.session().activity().conversation()).isEqualTo(next);
            // Neither what its first run had used nor a new prompt is counted twice or left out.
            host.awaitUsed(models);
            Counters used = host.session().meter().total();
            assertThat(used.costMicros())
                    .isEqualTo(models.replies() * (StubModels.SENT + 2L * StubModels.GOT));
            assertThat(used.linesAdded()).isEqualTo(1);
        }
    }

    private static Predicate<State> done(String words) {
        return state ->
                state instanceof State.Idle idle
                        && String.valueOf(idle.detail()).contains("done: " + words);
    }

    private AgentHost host(Path program, StubModels models) throws Exception {
        String config =
                """
                {"autoupdate": false, "share": "disabled", "model": "stub/stub-1",
                 "small_model": "stub/stub-1", "permission": {"bash": "ask"},
                 "provider": {"stub": {"npm": "@ai-sdk/openai-compatible", "name": "Stub",
                   "options": {"baseURL": "%s/v1", "apiKey": "of-no-use"},
                   "models": {"stub-1": {"name": "Stub", "cost": {"input": 1, "output": 2},
                     "limit": {"context": 100000, "output": 4000}}}}}}
                """
                        .formatted(models.url());
        return new AgentHost(
                folder,
                "opencode",
                program,
                Map.of("OPENCODE_DISABLE_MODELS_FETCH", "1"),
                Map.of(".config/opencode/opencode.json", config));
    }
}
