package dev.muster.fleet;

import dev.muster.agent.Agents;
import dev.muster.agent.Answer;
import dev.muster.agent.Request;
import dev.muster.fleet.AnswerDelivery.Answered;
import dev.muster.fleet.Refused.Kind;
import dev.muster.link.Link;
import dev.muster.link.LinkException;
import dev.muster.link.LinkFailure;
import dev.muster.session.Session;
import dev.muster.session.SessionId;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What waits for a person on all hosts, and its answers. Each request is answered once: here the
/// first answer to be written down counts, on its host the first to arrive; an answer that does not
/// count is refused with who was faster.
public final class Inbox {
    private static final Duration SEEN = Duration.ofSeconds(3);

    private final Fleet fleet;

    /// Hosts that have an answer of which it is not known what became.
    private final Set<String> unclear = ConcurrentHashMap.newKeySet();

    /// Requests that an answer is being given to, and by how many.
    private final Map<String, Integer> inHand = new ConcurrentHashMap<>();

    /// A request with the session whose agent asks.
    public record Waiting(Session session, Request request) {
        String host() {
            return session.spec().host();
        }
    }

    /// An answer as a person means it.
    public sealed interface Meant {
        record Allow(boolean always) implements Meant {}

        record Deny(@Nullable String reason, boolean interrupt) implements Meant {}

        /// @param other a choice that is none of the options is meant as it is
        record Choose(List<String> choices, boolean other) implements Meant {}
    }

    /// What became of an answer.
    ///
    /// @param kept the host is away: it is given when it is back
    public record Taken(boolean kept, String sentence) {}

    public Inbox(Fleet fleet) {
        this.fleet = fleet;
    }

    /// Everything that waits now, the oldest first.
    public List<Waiting> waiting() {
        return open().sorted(Comparator.comparing(w -> w.request().askedAt())).toList();
    }

    private Stream<Waiting> open() {
        return fleet.board()
                .now()
                .sessions()
                .flatMap(
                        session ->
                                session.waiting().stream()
                                        .map(request -> new Waiting(session, request)));
    }

    /// The request whose id begins so.
    ///
    /// @throws Refused when none or several do; when it was answered, by whom and when
    public Waiting one(String beginning) throws Refused {
        String id = beginning.strip().toLowerCase(Locale.ROOT);
        List<Waiting> found =
                open().filter(w -> !id.isEmpty() && w.request().id().startsWith(id)).toList();
        if (found.size() == 1) {
            return found.getFirst();
        }
        if (found.size() > 1) {
            throw Refused.of(
                            Kind.NOT_FOUND,
                            "`" + beginning + "` can mean " + found.size() + " requests",
                            "write more of it")
                    .withFindings(found.stream().map(w -> line(w)).toList());
        }
        throw new AnswerWords(fleet).gone(id);
    }

    /// The request of that whole id, if it waits.
    public @Nullable Waiting known(String id) {
        return open().filter(w -> w.request().id().equals(id)).findFirst().orElse(null);
    }

    /// A request with its whole input.
    ///
    /// @throws Refused when that lies on a host that can't be asked, or is not what was asked
    public Waiting whole(Waiting waiting) throws Refused, InterruptedException {
        Request request = waiting.request();
        if (!request.elsewhere()) {
            return waiting;
        }
        SessionId session = waiting.session().id();
        byte[] payload;
        try {
            payload = AnswerDelivery.payload(link(waiting.host()), session, request.id());
        } catch (LinkException e) {
            throw Refused.of(
                            Kind.UNREACHABLE,
                            "the whole input of "
                                    + request.id()
                                    + " lies on "
                                    + waiting.host()
                                    + ", which can't be asked: "
                                    + e.failure().detail(),
                            "try again when it is back")
                    .on(waiting.host());
        }
        return Agents.of(waiting.session().spec().agentType())
                .whole(request, payload)
                .map(read -> new Waiting(waiting.session(), read))
                .orElseThrow(() -> AnswerCheck.unreadable(waiting));
    }

    /// Answers a request.
    ///
    /// @param token the answer's own id: asked again with it, the same outcome is told again
    /// @param who for the record
    public Taken answer(String beginning, String token, Meant meant, String who)
            throws Refused, InterruptedException {
        if (meant instanceof Meant.Deny deny && deny.reason() != null) {
            Texts.check("the reason", deny.reason());
        }
        Optional<AnswerOrder> again =
                fleet.memory().answerTo(beginning).filter(order -> order.token().equals(token));
        if (again.isPresent()) {
            return inHand(again.get(), () -> goOn(again.get()));
        }
        Waiting waiting = one(beginning);
        Session session = waiting.session();
        if (waiting.request().kind() == Request.Kind.SCREEN) {
            throw AnswerCheck.onScreen(waiting);
        }
        if (!session.spec().owner().equals(fleet.identity().id())) {
            throw Refused.of(
                            Kind.NOT_ALLOWED,
                            session.spec().name()
                                    + " belongs to another Muster service ("
                                    + session.spec().owner()
                                    + ")",
                            "answer from there, or on its screen")
                    .on(waiting.host());
        }
        Waiting exact = meant instanceof Meant.Deny ? waiting : whole(waiting);
        Answer answer = AnswerCheck.answer(exact, meant);
        AnswerOrder order =
                new AnswerOrder(
                        waiting.request().id(),
                        session.id(),
                        waiting.host(),
                        token,
                        who,
                        fleet.clock().instant(),
                        answer,
                        null);
        return take(exact, order);
    }

    /// Writes an answer down and tries to give it.
    ///
    /// @throws Refused when it does not count, or when that is not known
    Taken take(Waiting waiting, AnswerOrder order) throws Refused, InterruptedException {
        return inHand(order, () -> writeAndGive(waiting, order));
    }

    /// What becomes of an answer.
    private interface Giving {
        Taken give() throws Refused, InterruptedException;
    }

    private Taken inHand(AnswerOrder order, Giving giving) throws Refused, InterruptedException {
        inHand.merge(order.request(), 1, Integer::sum);
        try {
            return giving.give();
        } finally {
            inHand.computeIfPresent(order.request(), (_, by) -> by > 1 ? by - 1 : null);
        }
    }

    /// Whether somebody gives an answer to the same request just now, and will tell of it.
    boolean isInHand(AnswerOrder order) {
        return inHand.containsKey(order.request());
    }

    private Taken writeAndGive(Waiting waiting, AnswerOrder order)
            throws Refused, InterruptedException {
        // Before it is written down: what can't be given must not be in the way of what can.
        AnswerCheck.decision(waiting, order.answer());
        AnswerOrder first = fleet.memory().answer(order);
        if (!first.token().equals(order.token())) {
            throw new AnswerWords(fleet).faster(waiting, first);
        }
        if (!online(waiting.host())) {
            return new AnswerWords(fleet).kept(first);
        }
        return give(waiting, first);
    }

    /// Goes on with an answer that was written down before: gives it if its request still waits,
    /// else asks what became of it.
    Taken goOn(AnswerOrder order) throws Refused, InterruptedException {
        AnswerWords words = new AnswerWords(fleet);
        if (order.outcome() != null) {
            return words.again(order);
        }
        Optional<Waiting> waiting =
                open().filter(w -> w.request().id().equals(order.request())).findFirst();
        if (!online(order.host())) {
            return words.kept(order);
        }
        if (waiting.isPresent()) {
            return give(
                    order.answer() instanceof Answer.Deny ? waiting.get() : whole(waiting.get()),
                    order);
        }
        try {
            Answered answered = AnswerDelivery.give(link(order.host()), order, null);
            Optional<String> outcome = words.outcome(answered);
            outcome.ifPresent(text -> fleet.memory().answered(order.request(), text));
            return outcome.isPresent()
                    ? words.again(order.withOutcome(outcome.get()))
                    : words.kept(order);
        } catch (LinkException e) {
            return words.kept(order);
        }
    }

    /// Gives an answer that is written down.
    Taken give(Waiting waiting, AnswerOrder order) throws Refused, InterruptedException {
        String decision = AnswerCheck.decision(waiting, order.answer());
        Answered answered;
        try {
            answered = AnswerDelivery.give(link(waiting.host()), order, decision);
        } catch (LinkException e) {
            answered = new Answered.Unclear(e.failure().detail());
        }
        AnswerWords words = new AnswerWords(fleet);
        Optional<String> outcome = words.outcome(answered);
        if (answered instanceof Answered.DiskFull) {
            fleet.memory().withdraw(order.request());
        } else {
            outcome.ifPresent(text -> fleet.memory().answered(order.request(), text));
        }
        if (answered instanceof Answered.Unclear) {
            unclear.add(order.host());
        }
        if (!(answered instanceof Answered.Given)) {
            throw words.refused(waiting, answered);
        }
        awaitSettled(waiting);
        return new Taken(false, words.done(waiting, order.answer()));
    }

    /// The journal tells the rest: waits for it, so that the answer and the board agree.
    private void awaitSettled(Waiting waiting) throws InterruptedException {
        fleet.board()
                .await(
                        board ->
                                board.session(waiting.session().id())
                                        .map(Session::activity)
                                        .filter(activity -> activity.isOpen(waiting.request().id()))
                                        .isEmpty(),
                        SEEN);
    }

    /// Hosts to be asked again what became of an answer; each is told once.
    Set<String> takeUnclear() {
        Set<String> hosts = Set.copyOf(unclear);
        unclear.removeAll(hosts);
        return hosts;
    }

    Link link(String host) throws LinkException {
        return fleet.keeper(host)
                .orElseThrow(
                        () ->
                                new LinkException(
                                        new LinkFailure.Offline(
                                                host + " is not in hosts.yaml any more")))
                .link();
    }

    private boolean online(String host) {
        return fleet.board().now().host(host).map(entry -> entry.status().online()).orElse(false);
    }

    private static String line(Waiting w) {
        return w.request().id()
                + "  "
                + w.host()
                + "/"
                + w.session().spec().name()
                + "  "
                + w.request().tool()
                + ": "
                + w.request().summary();
    }
}
