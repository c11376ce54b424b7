package dev.muster.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.fleet.Inbox;
import dev.muster.fleet.SessionPrompts;
import dev.muster.session.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real Codex, signed in to nothing, on a host of its own with a model of the tests' own.
class CodexIT {
    @TempDir Path folder;

    @Test
    void saysWhatItDoesFromItsFirstWordToItsSecondRun() throws Exception {
        Path program = NpmProgram.CODEX.find();
        try (StubModels models = new StubModels();
                AgentHost host = host(program, models)) {
            host.start("hello there");
            host.await("its first turn's end", saysDone("done: hello there"));
            String conversation = host.session().activity().conversation();
            assertThat(conversation).isNotNull();
            host.awaitUsed(models);

            Path made = folder.resolve("made");
            host.line("run touch " + made);
            Request request = host.request();
            assertThat(request.tool()).isEqualTo("Bash");
            assertThat(request.summary()).isEqualTo("touch " + made);
            host.await("its request", State.NeedsApproval.class::isInstance);
            Inbox inbox = new Inbox(host.fleet().fleet());
            inbox.answer(request.id(), "token", new Inbox.Meant.Allow(false), "test");
            host.await("what it was allowed", s -> s instanceof State.Idle && Files.exists(made));

            host.line("run touch " + made + "2");
            String asked = host.request().id();
            // Its hook takes neither: what can't be given is in nobody's way.
            assertThatThrownBy(() -> inbox.answer(asked, "a", new Inbox.Meant.Allow(true), "test"))
                    .hasMessageContaining("standing permission");
            assertThatThrownBy(
                            () ->
                                    inbox.answer(
                                            asked, "b", new Inbox.Meant.Deny("no", true), "test"))
                    .hasMessageContaining("takes no interrupt together with a no");
            inbox.answer(asked, "token2", new Inbox.Meant.Deny("not today", false), "test");
            host.await("what it was denied", State.Idle.class::isInstance);
            assertThat(folder.resolve("made2")).doesNotExist();

            host.line("slow one");
            host.await("its work", State.Working.class::isInstance);
            models.awaitSlow();
            new SessionPrompts(host.fleet().fleet()).interrupt(host.id());
            host.await("its interruption", State.Idle.class::isInstance);

            host.line("broken");
            host.await("a failed turn", s -> s instanceof State.Idle i && says(i, "failed"));
            host.line("limit");
            host.await("a limit", State.RateLimited.class::isInstance);
            Reading reading = host.session().activity().reading();
            assertThat(reading).isNotNull();
            assertThat(reading.contextUsedPercent()).isPositive();

            host.line("delegate a task");
            host.await("its subagent's end", saysDone("done: delegate a task"));
            host.awaitUsed(models);
            host.line("/new");
            host.awaitScreen("Where should the new conversation run");
            host.key("Enter");
            host.awaitScreen("Ask Codex to do anything");
            host.line("hello new one");
            host.await("its next conversation", saysDone("done: hello new one"));
            // Whose counters begin at nothing.
            host.awaitUsed(models);
            String next = host.session().activity().conversation();
            assertThat(next).isNotNull().isNotEqualTo(conversation);

            // One is enough: a second could come when the terminal is its no more, and kill it.
            host.key("C-c");
            host.await("its end", State.Finished.class::isInstance);
            host.fleet().starts().resume(host.id());
            host.await("its second run", State.Idle.class::isInstance);
            // What is typed before its screen is there is lost.
            host.awaitScreen("done: hello new one");
            host.line("hello again");
            host.await("its answer", saysDone("done: hello again"));
            assertThat(host.session().activity().conversation()).isEqualTo(next);
            // Its counters went on from its first run, whose tokens were counted then.
            host.awaitUsed(models);
        }
    }

    private static Predicate<State> saysDone(String words) {
        return state -> state instanceof State.Idle idle && says(idle, words);
    }

    private static boolean says(State.Idle idle, String words) {
        return String.valueOf(idle.detail()).contains(words);
    }

    private AgentHost host(Path program, StubModels models) throws Exception {
        String config =
                """
                model = "gpt-stub"
                model_provider = "stub"
                check_for_update_on_startup = false
                [model_providers.stub]
                name = "stub"
                base_url = "%s/v1"
                wire_api = "responses"
                requires_openai_auth = false
                request_max_retries = 0
                stream_max_retries = 0
                """
                        .formatted(models.url());
        return new AgentHost(
                folder, "codex", program, Map.of(), Map.of(".codex/config.toml", config));
    }
}
