package dev.muster.fleet;

import dev.muster.agent.Agent;
import dev.muster.agent.Agents;
import dev.muster.agent.Answer;
import dev.muster.agent.Choices;
import dev.muster.agent.Request;
import dev.muster.fleet.Inbox.Meant;
import dev.muster.fleet.Inbox.Waiting;
import dev.muster.fleet.Refused.Kind;
import dev.muster.session.Session;
import java.util.Objects;
import java.util.Optional;

/// What a person means, as an answer that the agent takes. Pure; what is no answer to what was
/// asked is refused before anything is written down.
final class AnswerCheck {
    private AnswerCheck() {}

    /// @throws Refused when that is no answer to what was asked
    static Answer answer(Waiting waiting, Meant meant) throws Refused {
        Request request = waiting.request();
        boolean question = request.kind() == Request.Kind.QUESTION;
        if (!(meant instanceof Meant.Deny) && !request.exact()) {
            throw unreadable(waiting);
        }
        return switch (meant) {
            case Meant.Deny deny -> new Answer.Deny(deny.reason(), deny.interrupt());
            case Meant.Allow allow -> {
                if (question) {
                    throw wrong(
                            waiting,
                            request.id() + " asks a question: a yes is no answer to it",
                            "muster answer " + request.id() + " CHOICE");
                }
                if (allow.always() && request.suggestions().isEmpty()) {
                    throw wrong(
                            waiting,
                            request.id() + " comes with no standing permission to give",
                            "leave --always out; `approve:` in hosts.yaml answers by rule");
                }
                yield new Answer.Allow(allow.always());
            }
            case Meant.Choose choose -> {
                if (!question) {
                    throw wrong(
                            waiting,
                            request.id() + " asks for approval, not for a choice",
                            "muster approve " + request.id() + ", or muster deny");
                }
                yield choice(waiting, choose);
            }
        };
    }

    private static Answer choice(Waiting waiting, Meant.Choose choose) throws Refused {
        return switch (Choices.resolve(
                Objects.requireNonNull(waiting.request().input()),
                choose.choices(),
                choose.other())) {
            case Choices.Resolved.Answers answers -> new Answer.Choose(answers.byQuestion());
            case Choices.Resolved.Unclear unclear ->
                    throw wrong(
                                    waiting,
                                    unclear.why(),
                                    "choose by number or label; --other says it in your own words")
                            .withFindings(unclear.options());
        };
    }

    private static Refused wrong(Waiting waiting, String why, String fix) {
        return Refused.of(Kind.USAGE, why, fix).on(waiting.host());
    }

    static Refused unreadable(Waiting waiting) {
        return Refused.of(
                        Kind.NOT_ALLOWED,
                        "what "
                                + waiting.session().spec().name()
                                + " asks could not be read exactly, so it is not approved from here",
                        "see it on its own screen: muster attach "
                                + waiting.session().spec().name())
                .on(waiting.host());
    }

    static Refused onScreen(Waiting waiting) {
        Session session = waiting.session();
        return Refused.of(
                        Kind.CONFLICT,
                        session.spec().name()
                                + " shows a dialog that its agent tells nobody of: only its own"
                                + " screen takes an answer",
                        session.spec().managed()
                                ? "muster attach " + session.spec().name()
                                : "answer it where it was started ("
                                        + session.spec().repoPath()
                                        + ", process "
                                        + session.pid()
                                        + "), or take it over: muster adopt --stop "
                                        + session.spec().name())
                .on(waiting.host());
    }

    /// What the agent is told.
    ///
    /// @throws Refused when it does not take such an answer
    static String decision(Waiting waiting, Answer answer) throws Refused {
        Agent agent = Agents.of(waiting.session().spec().agentType());
        Request request = waiting.request();
        return agent.decision(request, answer)
                .orElseThrow(
                        () ->
                                AnswerWords.unanswerable(
                                        waiting,
                                        answer,
                                        less(answer)
                                                .flatMap(less -> agent.decision(request, less))
                                                .isPresent()));
    }

    /// The same answer without what not every agent takes with it.
    private static Optional<Answer> less(Answer answer) {
        return switch (answer) {
            case Answer.Allow allow -> Optional.of(new Answer.Allow(false));
            case Answer.Deny deny -> Optional.of(new Answer.Deny(deny.reason(), false));
            case Answer.Choose choose -> Optional.empty();
        };
    }
}
