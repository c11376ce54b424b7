package dev.muster.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.api.Ulid;
import dev.muster.link.TerminalSize;
import dev.muster.session.AttachCommand;
import dev.muster.session.SessionId;
import dev.muster.session.State;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two services on one account, and hosts that leave hosts.yaml: rows stay, and what can't be done
/// with them names who or what can.
class OwnerIT {
    @TempDir Path folder;

    @Test
    void showsTheSessionsOfAnotherServiceAndLeavesThemAlone() throws Exception {
        try (TestFleet mine = TestFleet.local(folder)) {
            SessionId running = mine.start("laptop", "api", "one", "sleep 1000", "");
            SessionId ended = mine.start("laptop", "api", "two", "exit 0", "");
            mine.await(running, State.Working.class);
            mine.await(ended, State.Finished.class);
            try (TestFleet other =
                    TestFleet.in(folder).service("otherservice").local("laptop").start().online()) {
                other.await(running, State.Working.class);
                other.await(ended, State.Finished.class);
                assertThat(other.session(running).spec().owner()).isEqualTo("testservice");
                refused(() -> other.ends().stop(running, "test"));
                refused(() -> other.ends().remove(ended, true, "test"));
                refused(() -> other.starts().resume(ended));
                SessionPrompts prompts = new SessionPrompts(other.fleet());
                refused(() -> prompts.send(running, Ulid.next(), "hello", false, false));
                refused(() -> prompts.interrupt(running));
                refused(
                        () ->
                                other.terminals()
                                        .terminal(
                                                running,
                                                AttachCommand.Mode.READ_WRITE,
                                                0,
                                                new TerminalSize(80, 24, "xterm")));
                assertThat(other.terminals().screen(running, 0)).isNotNull();
                // Seen as it goes on, too.
                mine.ends().stop(running, "test");
                other.await(running, State.Stopped.class);
                mine.ends().remove(ended, false, "test");
                other.keepTmux();
            }
            assertThat(mine.worktree(running)).isDirectory();
        }
    }

    private static void refused(ThrowingCallable action) {
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(
                        Refused.class,
                        e -> {
                            assertThat(e.kind()).isEqualTo(Refused.Kind.NOT_ALLOWED);
                            assertThat(e.sentence())
                                    .contains("belongs to another Muster service", "testservice");
                            assertThat(e.fix()).isNotBlank();
                        });
    }

    /// Its order waits with its row, is not lost and not carried out elsewhere.
    @Test
    void keepsAnOrderForAHostThatLeftHostsYamlUntilItIsBack() throws Exception {
        try (TestFleet fleet = TestFleet.local(folder)) {
            SessionId id = pending(fleet);
            fleet.fleet().apply(fleet.without("laptop"));
            assertThat(fleet.host("laptop").state()).isEqualTo(HostState.DISABLED);
            assertThat(fleet.session(id).state()).isInstanceOf(State.Queued.class);
            for (ThrowingCallable action :
                    List.<ThrowingCallable>of(
                            () -> fleet.ends().stop(id, "test"),
                            () -> fleet.ends().remove(id, true, "test"))) {
                assertThatThrownBy(action)
                        .isInstanceOf(Refused.class)
                        .hasMessageContaining("laptop is not in hosts.yaml any more");
            }
            fleet.fleet().apply(fleet.hosts());
            fleet.await(id, State.Finished.class);
            assertThat(fleet.history(id)).containsOnlyOnce("started").containsOnlyOnce("exited");
        }
    }

    @Test
    void forgetsAnOrderWithTheHostThatItWasFor() throws Exception {
        try (TestFleet fleet = TestFleet.local(folder)) {
            SessionId id = pending(fleet);
            fleet.fleet().apply(fleet.without("laptop"));
            fleet.fleet().forget("laptop");
            assertThat(fleet.board().session(id)).isEmpty();
            fleet.fleet().apply(fleet.hosts());
            fleet.awaitOnline("laptop");
            SessionId next = fleet.start("laptop", "api", "two", "exit 0", "");
            fleet.await(next, State.Finished.class);
            assertThat(fleet.board().session(id)).isEmpty();
            assertThat(fleet.worktree(next).resolveSibling("one")).doesNotExist();
        }
    }

    /// Each event once, whoever keeps the host.
    @Test
    void losesAndDoublesNothingWhenAHostIsConnectedAnewAgainAndAgain() throws Exception {
        try (TestFleet fleet = TestFleet.local(folder)) {
            SessionId id =
                    fleet.start(
                            "laptop",
                            "api",
                            "one",
                            "i=0; while [ $i -lt 40 ]; do i=$((i+1)); $MUSTER_EVENT working $i;"
                                    + " done",
                            "");
            for (int i = 0; i < 6; i++) {
                fleet.fleet().apply(fleet.without("laptop"));
                fleet.fleet().apply(fleet.hosts());
                fleet.awaitOnline("laptop");
            }
            fleet.await(id, State.Finished.class);
            assertThat(fleet.history(id)).filteredOn("reported"::equals).hasSize(40);
            assertThat(fleet.history(id)).containsOnlyOnce("exited");
        }
    }

    /// A session that is written down and not handed to its host yet.
    private static SessionId pending(TestFleet fleet) throws Exception {
        SessionId id = new SessionId(Ulid.next());
        HostKeeper keeper = fleet.fleet().keeper("laptop").orElseThrow();
        StartAsk ask =
                new StartAsk(
                        id,
                        "laptop",
                        "api",
                        "one",
                        null,
                        null,
                        null,
                        null,
                        null,
                        Map.of(),
                        Map.of(),
                        List.of("exit 0", "agent"),
                        true,
                        "",
                        null);
        StartPlan plan = new StartPlan(fleet.hosts(), fleet.fleet().identity().id());
        String home = Objects.requireNonNull(keeper.facts()).home();
        assertThat(keeper.ledger().ask(plan.order(ask, Set.of(), home, Instant.now()))).isTrue();
        return id;
    }
}
