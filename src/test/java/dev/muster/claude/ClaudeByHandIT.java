package dev.muster.claude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.api.Ulid;
import dev.muster.fleet.Refused;
import dev.muster.fleet.SessionAdoption;
import dev.muster.fleet.SessionPrompts;
import dev.muster.session.Session;
import dev.muster.session.SessionId;
import dev.muster.session.State;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The real Claude Code as a person starts it on a host: in a terminal of their own, with nothing
/// of Muster's, in their own configuration folder.
class ClaudeByHandIT extends WithClaude {
    private StubModel model;
    private ClaudeHosts hosts;
    private Path repo;

    @BeforeEach
    void hasAHost() throws Exception {
        model = new StubModel();
        hosts = new ClaudeHosts(folder, program, model, "dev-1");
        repo = folder.resolve("home-dev-1/api");
    }

    @AfterEach
    void endsThem() throws Exception {
        hosts.close();
        model.close();
    }

    @Test
    void isSeenForWhatItIsAndAdoptedWithItsConversation() throws Exception {
        try (PersonsTerminal person = new PersonsTerminal(folder, program, model, repo)) {
            Session shown = awaitOne(State.Idle.class);
            assertThat(shown.spec().managed()).isFalse();
            assertThat(shown.spec().repo()).isEqualTo("api");
            SessionId id = shown.id();

            person.line("HOLD:a");
            awaitOne(State.Working.class);
            model.release("a");
            awaitOne(State.Idle.class);
            person.line("RUN:touch asked");
            awaitOne(State.NeedsApproval.class);
            person.shows("Do you want to proceed?");
            person.answer("Enter");
            awaitOne(State.Idle.class);
            assertThat(repo.resolve("asked")).exists();

            assertThatThrownBy(() -> adoption().adopt(id, false, "mine"))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            e -> assertThat(e.kind()).isEqualTo(Refused.Kind.WOULD_LOSE));
            assertThat(person.runs()).isTrue();
            assertThat(awaitOne(State.Idle.class).spec().managed()).isFalse();

            assertThat(adoption().adopt(id, true, "mine")).contains("mine is Muster's now");
            assertThat(person.runs()).isFalse();
            goesOn(id, shown.spec().conversation(), "HOLD:a");
        }
    }

    @Test
    @Tag("long")
    void isSeenAndAdoptedInAWorktreeThatItMadeItself() throws Exception {
        try (PersonsTerminal person =
                new PersonsTerminal(folder, program, model, repo, "--worktree", "fix")) {
            Session shown = awaitOne(State.Idle.class);
            assertThat(shown.spec().managed()).isFalse();
            assertThat(shown.spec().repo()).isEqualTo("api");
            assertThat(shown.spec().branch()).isEqualTo("worktree-fix");
            assertThat(shown.spec().worktree()).endsWith("/api/.claude/worktrees/fix");
            person.line("say it");
            person.shows("Heard: say it");

            assertThat(adoption().adopt(shown.id(), true, "mine")).contains("Muster's now");
            assertThat(person.runs()).isFalse();
            goesOn(shown.id(), shown.spec().conversation(), "Heard: say it");
            send(shown.id(), "RUN:touch here");
            awaitOne(State.NeedsApproval.class);
            hosts.dialog(shown.id());
            hosts.type(shown.id(), "Enter");
            awaitOne(State.Idle.class);
            assertThat(repo.resolve(".claude/worktrees/fix/here")).exists();
        }
    }

    /// Under Muster, in the same conversation.
    private void goesOn(SessionId id, String conversation, String said) throws Exception {
        hosts.fleet().await(id, State.Idle.class);
        Session adopted = awaitOne(State.Idle.class);
        assertThat(adopted.id()).isEqualTo(id);
        assertThat(adopted.spec().managed()).isTrue();
        assertThat(adopted.activity().conversation()).isEqualTo(conversation);
        hosts.shows(id, said);
        send(id, "say more");
        hosts.shows(id, "Heard: say more");
        assertThat(adopted.spec().conversation()).isEqualTo(conversation);
    }

    private void send(SessionId id, String text) throws Exception {
        new SessionPrompts(hosts.fleet().fleet()).send(id, Ulid.next(), text, false, false);
    }

    private SessionAdoption adoption() {
        return new SessionAdoption(hosts.fleet().fleet());
    }

    private Session awaitOne(Class<? extends State> state) {
        Awaitility.await(state.getSimpleName())
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () ->
                                assertThat(hosts.fleet().board().sessions().toList())
                                        .singleElement()
                                        .satisfies(s -> assertThat(s.state()).isInstanceOf(state)));
        return hosts.fleet().board().sessions().findFirst().orElseThrow();
    }
}
