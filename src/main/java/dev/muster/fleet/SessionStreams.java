package dev.muster.fleet;

import dev.muster.agent.StreamMessage;
import dev.muster.fleet.Refused.Kind;
import dev.muster.link.RunResult;
import dev.muster.session.Session;
import dev.muster.session.SessionId;
import dev.muster.session.State;
import dev.muster.shell.HostScript;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;

/// Speaks with agents that have no screen: what they are told is put into a file on their host, and
/// read there once, with or without this service.
final class SessionStreams {
    /// An agent between two messages answers at once; a busy host may take longer.
    private static final Duration ANSWER = Duration.ofSeconds(15);

    private final Fleet fleet;
    private final SessionReach reach;

    SessionStreams(Fleet fleet, SessionReach reach) {
        this.fleet = fleet;
        this.reach = reach;
    }

    /// Gives it a prompt: at once, or behind those that it has not done yet.
    String send(Session session, String promptId, String text)
            throws Refused, InterruptedException {
        String name = session.spec().name();
        put(session, StreamMessage.prompt(promptId, text), "sending to " + name);
        return "given to " + name + ": its agent takes it once, after what it does now";
    }

    /// Interrupts its turn, and waits until that is over.
    String interrupt(Session session) throws Refused, InterruptedException {
        String name = session.spec().name();
        if (!isBusy(session)) {
            throw Refused.of(
                            Kind.CONFLICT,
                            name + " is " + session.state().word() + ": nothing to interrupt",
                            null)
                    .on(session.spec().host());
        }
        put(session, StreamMessage.interrupt(UUID.randomUUID().toString()), "interrupting " + name);
        SessionId id = session.id();
        boolean over =
                fleet.board()
                        .await(board -> board.session(id).filter(this::isBusy).isEmpty(), ANSWER);
        if (!over) {
            throw Refused.of(
                            Kind.UNKNOWN,
                            name
                                    + " was told to stop what it does and still goes on after "
                                    + ANSWER.toSeconds()
                                    + " s",
                            "`muster log -f " + name + "` shows what it does")
                    .on(session.spec().host());
        }
        return name + " is interrupted";
    }

    private boolean isBusy(Session session) {
        return switch (session.state()) {
            case State.Working s -> true;
            case State.NeedsApproval s -> true;
            case State.NeedsInput s -> true;
            case State.RateLimited s -> session.activity().busy();
            case State.Queued s -> false;
            case State.Preparing s -> false;
            case State.Starting s -> false;
            case State.Idle s -> false;
            case State.Blocked s -> false;
            case State.Finished s -> false;
            case State.Failed s -> false;
            case State.Crashed s -> false;
            case State.Stopped s -> false;
            case State.Lost s -> false;
        };
    }

    private void put(Session session, StreamMessage message, String what)
            throws Refused, InterruptedException {
        HostKeeper keeper = reach.keeper(session);
        byte[] bytes = (message.line() + "\n").getBytes(StandardCharsets.UTF_8);
        RunResult result =
                reach.run(
                        keeper,
                        HostScript.named(
                                        "put",
                                        session.id().value(),
                                        message.name(),
                                        Integer.toString(bytes.length))
                                .withInput(bytes),
                        what);
        switch (result.outText().strip()) {
            case "put", "put before" -> {}
            case "ended", "none" -> throw notThere(reach.session(session.id()));
            default -> throw SessionReach.failed(keeper, what, result);
        }
    }

    private static Refused notThere(Session session) {
        if (session.ended()) {
            return SessionPrompts.ended(session);
        }
        return Refused.of(
                        Kind.CONFLICT,
                        session.spec().name() + " is just beginning or just ending",
                        "try again in a moment")
                .on(session.spec().host());
    }
}
