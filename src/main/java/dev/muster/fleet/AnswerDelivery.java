package dev.muster.fleet;

import dev.muster.link.Link;
import dev.muster.link.LinkException;
import dev.muster.link.RunResult;
import dev.muster.session.SessionId;
import dev.muster.shell.HexText;
import dev.muster.shell.HostScript;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gives answers to hooks that wait on a host, and asks what waits there. Decides nothing: on the
/// host the first answer counts, and here its word is put into one of a few.
final class AnswerDelivery {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final byte[] NOTHING = {};

    /// What the host says became of an answer.
    sealed interface Answered {
        /// The agent was told.
        record Given() implements Answered {}

        /// Another was there first.
        ///
        /// @param how a word of the host's: `allowed`, …, `cancelled`, `retired`
        /// @param who empty where nobody said so
        record Before(String how, String who, @Nullable Instant at) implements Answered {}

        /// Taken, and dismissed on the agent's screen before it was told.
        record Dismissed() implements Answered {}

        /// No hook waits for an answer.
        record NobodyWaits() implements Answered {}

        /// Taken, and the hook was killed before it said whether the agent was told.
        record Lost() implements Answered {}

        /// Not taken: the host could not write it down.
        record DiskFull() implements Answered {}

        /// The host has it or will: it must be asked again.
        record Unclear(String why) implements Answered {}
    }

    /// A hook that waits.
    record Waits(SessionId session, String request) {}

    private AnswerDelivery() {}

    /// Gives an answer. Repeating it, by the order's token, gives nothing twice.
    ///
    /// @param decision what the agent is told; null to give nothing and only ask what became of it
    static Answered give(Link link, AnswerOrder order, @Nullable String decision)
            throws InterruptedException {
        String how = decision == null ? "-" : order.answer().word();
        return run(
                link, order.session(), order.request(), how, order.who(), order.token(), decision);
    }

    /// Ends the wait of a hook whose request was answered by hand.
    static Answered retire(Link link, Waits waits) throws InterruptedException {
        return run(
                link,
                waits.session(),
                waits.request(),
                "retired",
                "",
                "retired" + waits.request(),
                "");
    }

    private static Answered run(
            Link link,
            SessionId session,
            String request,
            String how,
            String who,
            String token,
            @Nullable String decision)
            throws InterruptedException {
        byte[] bytes =
                decision == null ? NOTHING : (decision + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            RunResult result =
                    link.run(
                            HostScript.named(
                                            "answer",
                                            session.value(),
                                            request,
                                            how,
                                            HexFormat.of()
                                                    .formatHex(
                                                            who.getBytes(StandardCharsets.UTF_8)),
                                            token,
                                            Integer.toString(bytes.length))
                                    .withInput(bytes),
                            SOON);
            return parse(result.outText(), result.exit());
        } catch (LinkException e) {
            return new Answered.Unclear(e.failure().detail());
        }
    }

    /// Reads the answer of `answer.sh`.
    static Answered parse(String out, int exit) {
        String[] words = out.strip().split(" ");
        return switch (words[0]) {
            case "given" -> new Answered.Given();
            case "cancelled" -> new Answered.Dismissed();
            case "none", "gone" -> new Answered.NobodyWaits();
            case "lost" -> new Answered.Lost();
            case "disk" -> new Answered.DiskFull();
            case "other" ->
                    words.length == 4
                            ? new Answered.Before(words[1], text(words[2]), seconds(words[3]))
                            : new Answered.Unclear("the answer was cut short");
            default -> new Answered.Unclear("answering ended with status " + exit);
        };
    }

    private static String text(String hex) {
        return hex.matches("([0-9a-f]{2})+") ? HexText.of(hex) : "";
    }

    private static @Nullable Instant seconds(String text) {
        return text.matches("[0-9]{1,11}") ? Instant.ofEpochSecond(Long.parseLong(text)) : null;
    }

    /// The hooks that wait on a host now.
    static List<Waits> waiting(Link link) throws LinkException, InterruptedException {
        return link.run(HostScript.named("asks"), SOON)
                .outText()
                .lines()
                .map(line -> line.split(" "))
                .filter(w -> w.length == 3 && w[0].equals("waits") && SessionId.isValid(w[1]))
                .map(w -> new Waits(new SessionId(w[1]), w[2]))
                .toList();
    }

    /// The whole payload of a request that was too long for an event.
    static byte[] payload(Link link, SessionId session, String request)
            throws LinkException, InterruptedException {
        return link.run(HostScript.named("payload", session.value(), request), SOON).out();
    }
}
