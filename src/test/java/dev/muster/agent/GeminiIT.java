package dev.muster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.fleet.SessionPrompts;
import dev.muster.session.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real Gemini CLI with a key that opens nothing, on a host of its own with a model of the
/// tests' own.
class GeminiIT {
    @TempDir Path folder;

    @Test
    void saysWhatItDoesFromItsFirstWordToItsSecondRun() throws Exception {
        Path program = NpmProgram.GEMINI.find();
        try (StubModels models = new StubModels();
                AgentHost host = host(program, models)) {
            host.start("hello there");
            host.await("its first turn's end", done("hello there"));

            // One reply, of the size that the stub says.
            host.awaitUsed(56);
            assertThat(host.session().activity().reading().inputTokens()).isEqualTo(1234);

            Path made = folder.resolve("made");
            host.line("run touch " + made);
            host.await("its dialog", asks("touch " + made));
            // Its hook comes before its dialog.
            host.awaitTitle("Action Required");
            host.key("Enter");
            host.await("what it was allowed", s -> s instanceof State.Idle && Files.exists(made));

            host.line("run touch " + made + "2");
            host.await("its second dialog", asks("touch " + made + "2"));
            host.awaitTitle("Action Required");
            host.key("Escape");
            host.await("the dialog's end, of which no hook tells", State.Idle.class::isInstance);
            assertThat(folder.resolve("made2")).doesNotExist();

            host.line("slow one");
            host.await("its work", State.Working.class::isInstance);
            models.awaitSlow();
            new SessionPrompts(host.fleet().fleet()).interrupt(host.id());
            host.await("its interruption", State.Idle.class::isInstance);

            // Its hooks run side by side: what names the conversation may come after its first
            // turn.
            String conversation = host.session().activity().conversation();
            assertThat(conversation).isNotNull();
            long output = (long) StubModels.GOT * models.replies();
            host.awaitUsed(output);
            host.line("/quit");
            host.await("its end", State.Finished.class::isInstance);
            beganInAnotherMinute(host);
            host.fleet().starts().resume(host.id());
            host.await("its second run", State.Idle.class::isInstance);
            // What is typed before its screen is there is lost.
            host.awaitScreen("Type your message");
            host.line("hello again");
            host.await("its answer", done("hello again"));
            assertThat(host.session().activity().conversation()).isEqualTo(conversation);
            // What it read again of its conversation is not counted again.
            host.awaitUsed(output + 56);
        }
        assertThat(folder.resolve("home/.gemini/extensions"))
                .as("nothing is left in the user's own place")
                .doesNotExist();
    }

    /// Gemini names its record by the minute in which a conversation began, and goes on in that
    /// file; the hook of a second run names the minute of that run. Here both are the same one.
    private static void beganInAnotherMinute(AgentHost host) throws IOException {
        Path record = Path.of(Files.readString(host.file("run.1/transcript")).strip());
        String name = record.getFileName().toString();
        Files.move(
                record,
                record.resolveSibling(name.replaceFirst("-\\d\\dT\\d\\d-\\d\\d-", "-01T00-00-")));
    }

    private static Predicate<State> done(String words) {
        return state ->
                state instanceof State.Idle idle
                        && String.valueOf(idle.detail()).contains("done: " + words);
    }

    private static Predicate<State> asks(String what) {
        return state ->
                state instanceof State.NeedsApproval needs
                        && String.valueOf(needs.detail()).contains(what + ", on its own screen");
    }

    private AgentHost host(Path program, StubModels models) throws Exception {
        return new AgentHost(
                folder,
                "gemini",
                program,
                Map.of("GEMINI_API_KEY", "of-no-use", "GOOGLE_GEMINI_BASE_URL", models.url()),
                Map.of(
                        ".gemini/settings.json",
                        """
                        {"security": {"auth": {"selectedType": "gemini-api-key"}},
                         "general": {"enableAutoUpdate": false},
                         "privacy": {"usageStatisticsEnabled": false}}
                        """));
    }
}
