package dev.muster.claude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.agent.Request;
import dev.muster.api.Ulid;
import dev.muster.fleet.Inbox;
import dev.muster.fleet.Inbox.Meant;
import dev.muster.fleet.Inbox.Waiting;
import dev.muster.fleet.InboxKeeper;
import dev.muster.fleet.SessionPrompts;
import dev.muster.session.SessionId;
import dev.muster.session.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// What the real Claude Code asks, answered from here and by hand; and what is said to it.
class ClaudeInboxIT extends WithClaude {
    @Test
    void takesAnswersFromHereAndLeavesItsOwnScreenAsItIs() throws Exception {
        try (StubModel model = new StubModel();
                ClaudeHosts hosts = new ClaudeHosts(folder, program, model, "dev-1")) {
            Inbox inbox = new Inbox(hosts.fleet().fleet());
            try (InboxKeeper keeper = new InboxKeeper(hosts.fleet().fleet(), inbox)) {
                keeper.start();
                SessionId id = hosts.start("dev-1", "asker", "");
                hosts.fleet().await(id, State.Idle.class);
                Path worktree = hosts.fleet().worktree(id);

                send(hosts, id, "RUN:touch allowed");
                answer(inbox, waiting(inbox, "touch allowed"), new Meant.Allow(false));
                hosts.fleet().await(id, State.Idle.class);
                assertThat(worktree.resolve("allowed")).exists();

                send(hosts, id, "RUN:touch denied");
                answer(
                        inbox,
                        waiting(inbox, "touch denied"),
                        new Meant.Deny("use the blue one", false));
                hosts.fleet().await(id, State.Idle.class);
                assertThat(worktree.resolve("denied")).doesNotExist();
                assertThat(model.results()).anyMatch(r -> r.contains("use the blue one"));

                send(hosts, id, "ASK");
                Waiting question = waiting(inbox, "Which colour?");
                assertThat(hosts.fleet().session(id).state()).isInstanceOf(State.NeedsInput.class);
                answer(inbox, question, new Meant.Choose(List.of("blue"), false));
                hosts.fleet().await(id, State.Idle.class);
                assertThat(model.results()).anyMatch(r -> r.contains("Blue"));

                send(hosts, id, "RUN:touch by-hand");
                Waiting byHand = waiting(inbox, "touch by-hand");
                Path ask =
                        hosts.stateFolder(id)
                                .resolve("sessions/" + id + "/asks/" + byHand.request().id());
                hosts.dialog(id);
                hosts.type(id, "Enter");
                hosts.fleet().await(id, State.Idle.class);
                assertThat(worktree.resolve("by-hand")).exists();
                assertThatThrownBy(() -> answer(inbox, byHand, new Meant.Deny(null, false)))
                        .hasMessageContaining("answered on its own screen");
                Awaitility.await("the hook ends")
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> Files.exists(ask.resolve("done")));

                send(hosts, id, "RUN:touch dismissed");
                Waiting dismissed = waiting(inbox, "touch dismissed");
                hosts.dialog(id);
                hosts.type(id, "Escape");
                hosts.fleet().await(id, State.Idle.class);
                assertThatThrownBy(() -> answer(inbox, dismissed, new Meant.Allow(false)))
                        .hasMessageContaining("dismissed on its own screen");
                assertThat(worktree.resolve("dismissed")).doesNotExist();
            }
        }
    }

    @Test
    void takesPromptsAsTextAndNeverWhereItAsksOrSomebodyTypes() throws Exception {
        try (StubModel model = new StubModel();
                ClaudeHosts hosts = new ClaudeHosts(folder, program, model, "dev-1")) {
            Inbox inbox = new Inbox(hosts.fleet().fleet());
            SessionId id = hosts.start("dev-1", "reader", "");
            hosts.fleet().await(id, State.Idle.class);
            Path worktree = hosts.fleet().worktree(id);
            List<String> texts =
                    List.of(
                            "hello",
                            "!touch " + worktree.resolve("ran"),
                            "/help me",
                            "\n /clear",
                            "a\tb  \n\nc 'd' \"$HOME\" `id` é 漢 🎉\n",
                            "!touch " + worktree.resolve("ran") + "\nsecond\nthird\nfourth\n",
                            IntStream.range(0, 2500)
                                    .mapToObj(i -> "line " + i + " of a long prompt, é 漢 🎉")
                                    .collect(Collectors.joining("\n")));
            for (String text : texts) {
                assertThat(send(hosts, id, text)).isEqualTo("delivered to reader");
                hosts.fleet().await(id, State.Idle.class);
            }
            assertThat(worktree.resolve("ran")).doesNotExist();
            assertThat(model.prompts()).anyMatch(p -> p.contains("line 2499 of a long prompt"));

            hosts.type(id, "h", "a", "l", "f");
            hosts.shows(id, "half");
            assertThatThrownBy(() -> send(hosts, id, "hello"))
                    .hasMessageContaining("somebody is typing");
            hosts.type(id, "Home");
            assertThatThrownBy(() -> send(hosts, id, "hello"))
                    .hasMessageContaining("somebody is typing");
            hosts.type(id, "End");
            assertThat(send(hosts, id, Ulid.next(), " and the rest", false, true))
                    .isEqualTo(
                            "delivered to reader, in one prompt with what was being typed there");
            hosts.fleet().await(id, State.Idle.class);
            assertThat(model.prompts()).anyMatch(p -> p.contains("half and the rest"));

            // What is typed and not drawn yet cannot be seen: what came of it is told.
            hosts.signal(id, "STOP");
            hosts.type(id, "m", "o", "r", "e");
            String unseen = Ulid.next();
            Path sent = hosts.stateFolder(id).resolve("sessions/" + id + "/sent/" + unseen);
            CompletableFuture<String> blind = new CompletableFuture<>();
            Thread.startVirtualThread(
                    () -> {
                        try {
                            blind.complete(send(hosts, id, unseen, " blind", false, false));
                        } catch (Exception e) {
                            blind.completeExceptionally(e);
                        }
                    });
            Awaitility.await("it is typed")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> blind.isDone() || Files.exists(sent.resolve("done")));
            hosts.signal(id, "CONT");
            assertThatThrownBy(blind::join).hasMessageContaining("not this text alone");
            assertThat(model.prompts()).anyMatch(p -> p.contains("more blind"));
            hosts.fleet().await(id, State.Idle.class);

            String once = Ulid.next();
            for (int i = 0; i < 2; i++) {
                assertThat(send(hosts, id, once, "only once", false, false))
                        .isEqualTo("delivered to reader");
                hosts.fleet().await(id, State.Idle.class);
            }
            assertThat(model.prompts()).filteredOn(p -> p.contains("only once")).hasSize(1);

            String conversation = hosts.fleet().session(id).activity().conversation();
            send(hosts, id, Ulid.next(), "/clear", true, false);
            Awaitility.await("its own command, since it was sent raw")
                    .atMost(Duration.ofSeconds(20))
                    .until(
                            () ->
                                    !hosts.fleet()
                                            .session(id)
                                            .activity()
                                            .conversation()
                                            .equals(conversation));

            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> trySend(hosts, id, "RUN:touch x"));
            waiting(inbox, "touch x");
            assertThatThrownBy(() -> send(hosts, id, "yes")).hasMessageContaining("dialog");
            assertThatThrownBy(() -> new SessionPrompts(hosts.fleet().fleet()).interrupt(id))
                    .hasMessageContaining("waits for an answer");
            assertThat(worktree.resolve("x")).doesNotExist();
            answer(inbox, waiting(inbox, "touch x"), new Meant.Deny(null, true));
            hosts.fleet().await(id, State.Idle.class);

            SessionPrompts prompts = new SessionPrompts(hosts.fleet().fleet());
            assertThatThrownBy(() -> prompts.interrupt(id)).hasMessageContaining("not working");
            send(hosts, id, "HOLD:b");
            assertThat(prompts.interrupt(id)).isEqualTo("reader is interrupted");
            hosts.fleet().await(id, State.Idle.class);
        }
    }

    /// In plan mode no hook tells of the dialog of a tool: 2.1.329 runs its PreToolUse and asks.
    @Test
    void showsADialogOfPlanModeThatOnlyItsScreenAnswers() throws Exception {
        try (StubModel model = new StubModel();
                ClaudeHosts hosts = new ClaudeHosts(folder, program, model, "dev-1")) {
            Inbox inbox = new Inbox(hosts.fleet().fleet());
            SessionId id =
                    hosts.start("dev-1", "planner", "", null, List.of("--permission-mode", "plan"));
            hosts.fleet().await(id, State.Idle.class);
            hosts.prompt(id, "RUN:touch planned");
            hosts.fleet().await(id, State.NeedsApproval.class);
            Waiting waiting = waiting(inbox, "Bash: touch planned, on its own screen");
            assertThat(waiting.request().kind()).isEqualTo(Request.Kind.SCREEN);
            for (Meant meant :
                    List.of(
                            new Meant.Allow(false),
                            new Meant.Deny(null, false),
                            new Meant.Choose(List.of("Yes"), true))) {
                assertThatThrownBy(() -> answer(inbox, waiting, meant))
                        .hasMessageContaining("only its own screen takes an answer");
            }
            hosts.dialog(id);
            assertThat(inbox.waiting()).hasSize(1);
            hosts.type(id, "Escape");
            hosts.fleet().await(id, State.Idle.class);
            assertThat(inbox.waiting()).isEmpty();
            assertThat(hosts.fleet().worktree(id).resolve("planned")).doesNotExist();
        }
    }

    private static boolean trySend(ClaudeHosts hosts, SessionId id, String text) throws Exception {
        try {
            send(hosts, id, text);
            return true;
        } catch (dev.muster.fleet.Refused e) {
            return false;
        }
    }

    private static String send(ClaudeHosts hosts, SessionId id, String text) throws Exception {
        return send(hosts, id, Ulid.next(), text, false, false);
    }

    private static String send(
            ClaudeHosts hosts, SessionId id, String promptId, String text, boolean raw, boolean now)
            throws Exception {
        return new SessionPrompts(hosts.fleet().fleet()).send(id, promptId, text, raw, now);
    }

    private static String answer(Inbox inbox, Waiting waiting, Meant meant) throws Exception {
        return inbox.answer(waiting.request().id(), Ulid.next(), meant, "ann").sentence();
    }

    private static Waiting waiting(Inbox inbox, String summary) {
        Awaitility.await(summary + " waits")
                .atMost(Duration.ofSeconds(60))
                .until(
                        () ->
                                inbox.waiting().stream()
                                        .anyMatch(w -> w.request().summary().equals(summary)));
        return inbox.waiting().stream()
                .filter(w -> w.request().summary().equals(summary))
                .findFirst()
                .orElseThrow();
    }
}
