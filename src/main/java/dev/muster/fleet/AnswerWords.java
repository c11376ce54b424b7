package dev.muster.fleet;

import dev.muster.agent.AgentEvent;
import dev.muster.agent.AgentEvent.Settlement;
import dev.muster.agent.Answer;
import dev.muster.agent.Request;
import dev.muster.fleet.AnswerDelivery.Answered;
import dev.muster.fleet.Inbox.Taken;
import dev.muster.fleet.Inbox.Waiting;
import dev.muster.fleet.Refused.Kind;
import dev.muster.session.SessionEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What became of answers, in sentences that name who was faster and when.
record AnswerWords(Fleet fleet) {
    private static final String SCREEN = "answered on its own screen";

    /// A request that does not wait: why, as far as is remembered.
    Refused gone(String beginning) {
        List<Memory.Remembered> told = fleet.memory().said(null, beginning);
        Optional<AnswerOrder> ours =
                beginning.length() == 16 ? fleet.memory().answerTo(beginning) : Optional.empty();
        for (Memory.Remembered one : told.reversed()) {
            if (one.event() instanceof SessionEvent.Said said
                    && said.what() instanceof AgentEvent.Settled settled) {
                return conflict(
                        settled.request()
                                + " was "
                                + settled(settled.how())
                                + by(settled.by())
                                + at(said.at()));
            }
        }
        if (ours.isPresent() && ours.get().outcome() == null) {
            return conflict(
                    beginning
                            + " has an answer already ("
                            + ours.get().answer().word()
                            + by(ours.get().who())
                            + at(ours.get().at())
                            + "), which is on its way");
        }
        return told.isEmpty()
                ? Refused.of(
                        Kind.NOT_FOUND,
                        "no request `" + beginning + "` waits",
                        "`muster inbox` lists what does")
                : conflict(beginning + " does not wait any more: it was " + SCREEN);
    }

    /// An answer that somebody else's came before.
    Refused faster(Waiting waiting, AnswerOrder first) {
        return conflict(
                        first.request()
                                + " was "
                                + first.answer().word()
                                + by(first.who())
                                + at(first.at())
                                + (first.outcome() == null
                                        ? "; that answer is on its way to " + first.host()
                                        : first.done() ? "" : ", but: " + first.outcome()))
                .on(waiting.host());
    }

    /// An answer that was given before and is given again.
    Taken again(AnswerOrder order) throws Refused {
        if (!order.done()) {
            throw conflict(order.request() + ": " + order.outcome()).on(order.host());
        }
        return new Taken(false, order.request() + " was " + order.answer().word() + at(order.at()));
    }

    /// An answer that waits for its host.
    Taken kept(AnswerOrder order) {
        String name =
                fleet.board()
                        .now()
                        .session(order.session())
                        .map(session -> session.spec().name())
                        .orElse("its session");
        return new Taken(
                true,
                order.host()
                        + " can't be reached now: the answer is kept, and given when it is back if "
                        + name
                        + " still waits for it");
    }

    /// What is to be remembered; empty while it is not known.
    Optional<String> outcome(Answered answered) {
        return switch (answered) {
            case Answered.Given a -> Optional.of(AnswerOrder.DONE);
            case Answered.Before a -> Optional.of("it was " + before(a) + " first");
            case Answered.Dismissed a -> Optional.of("it was dismissed on its own screen first");
            case Answered.NobodyWaits a -> Optional.of("nothing waited for an answer any more");
            case Answered.Lost a ->
                    Optional.of("its hook was killed, maybe before the agent was told");
            case Answered.DiskFull a -> Optional.empty();
            case Answered.Unclear a -> Optional.empty();
        };
    }

    Refused refused(Waiting waiting, Answered answered) {
        String name = waiting.session().spec().name();
        String id = waiting.request().id();
        Refused refused =
                switch (answered) {
                    case Answered.Given a -> throw new IllegalArgumentException("it was given");
                    case Answered.Before a -> conflict(id + " was " + before(a) + " first");
                    case Answered.Dismissed a ->
                            conflict(id + " was dismissed on its own screen first");
                    case Answered.NobodyWaits a ->
                            Refused.of(
                                    Kind.CONFLICT,
                                    "nothing of "
                                            + name
                                            + " waits for an answer to "
                                            + id
                                            + " any more: it was "
                                            + SCREEN
                                            + ", or its hook was killed",
                                    "muster attach " + name + " shows its screen");
                    case Answered.Lost a ->
                            Refused.of(
                                    Kind.UNKNOWN,
                                    "the hook that was to tell "
                                            + name
                                            + " was killed, maybe before it did",
                                    "muster attach " + name + " shows its screen");
                    case Answered.DiskFull a ->
                            Refused.of(
                                    Kind.FAILED,
                                    "the answer could not be written down on "
                                            + waiting.host()
                                            + ": its disk is full or its home is read-only",
                                    "make room there, then answer again");
                    case Answered.Unclear a ->
                            Refused.of(
                                    Kind.UNKNOWN,
                                    "the answer to "
                                            + id
                                            + " is on its way to "
                                            + waiting.host()
                                            + ", which has not said yet that it has it: "
                                            + a.why(),
                                    "it is kept, and given when the host answers if "
                                            + name
                                            + " still waits");
                };
        return refused.on(waiting.host());
    }

    /// An answer that the agent does not take from elsewhere.
    ///
    /// @param less whether it takes the same answer without what goes beyond a yes or a no
    static Refused unanswerable(Waiting waiting, Answer answer, boolean less) {
        String name = waiting.session().spec().name();
        String agent = "the agent of " + name;
        Refused refused =
                switch (answer) {
                    case Answer.Allow allow when less ->
                            Refused.of(
                                    Kind.CONFLICT,
                                    agent + " takes no standing permission from elsewhere",
                                    "leave --always out; `approve:` in hosts.yaml answers by rule,"
                                            + " and so may its own dialog: muster attach "
                                            + name);
                    case Answer.Deny deny when less ->
                            Refused.of(
                                    Kind.CONFLICT,
                                    agent + " takes no interrupt together with a no",
                                    "leave --interrupt out, then: muster interrupt " + name);
                    case Answer.Allow a -> onScreen(agent, name);
                    case Answer.Deny a -> onScreen(agent, name);
                    case Answer.Choose a -> onScreen(agent, name);
                };
        return refused.on(waiting.host());
    }

    private static Refused onScreen(String agent, String name) {
        return Refused.of(
                Kind.CONFLICT,
                agent + " takes such an answer on its own screen only",
                "muster attach " + name);
    }

    /// A sentence on an answer that was given.
    String done(Waiting waiting, Answer answer) {
        Request request = waiting.request();
        String what =
                request.tool() + (request.summary().isEmpty() ? "" : ": " + request.summary());
        return switch (answer) {
            case Answer.Allow a ->
                    "allowed" + (a.always() ? " from now on" : "") + in(waiting) + what;
            case Answer.Deny d -> "denied" + in(waiting) + what;
            case Answer.Choose c ->
                    "answered" + in(waiting) + String.join("; ", c.choices().values());
        };
    }

    private static String in(Waiting waiting) {
        return " in " + waiting.session().spec().name() + ": ";
    }

    private static String before(Answered.Before before) {
        String how =
                switch (before.how()) {
                    case "cancelled" -> "dismissed on its own screen";
                    case "retired" -> SCREEN;
                    default -> before.how();
                };
        return how
                + by(before.who().isEmpty() ? null : before.who())
                + (before.at() == null ? "" : at(before.at()));
    }

    private static String settled(Settlement how) {
        return switch (how) {
            case ALLOWED -> "allowed";
            case DENIED -> "denied";
            case ANSWERED -> "answered";
            case CANCELLED -> "dismissed on its own screen";
        };
    }

    private static String by(@Nullable String who) {
        return who == null ? "" : " by " + who;
    }

    private static String at(Instant at) {
        return " at " + at.truncatedTo(ChronoUnit.SECONDS);
    }

    private static Refused conflict(String sentence) {
        return Refused.of(Kind.CONFLICT, sentence, null);
    }
}
