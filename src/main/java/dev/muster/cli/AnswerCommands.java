package dev.muster.cli;

import dev.muster.api.AnswerRequest;
import dev.muster.api.Outcome;
import dev.muster.api.RequestRow;
import dev.muster.api.Ulid;
import dev.muster.cli.client.ServiceClient;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The commands that answer what waits in the inbox.
final class AnswerCommands {
    private static final String ID = "Requests, by id or its unambiguous beginning: muster inbox.";

    private AnswerCommands() {}

    /// Answers a request. It is looked up first: what is sent names it whole, so that a lost answer
    /// can be asked for again.
    private static Outcome answer(Context context, String id, AnswerRequest answer)
            throws Exception {
        ServiceClient service = context.service();
        RequestRow row = service.get(Paths.request(id, ""), RequestRow.class);
        return Retry.onLoss(
                () -> service.post(Paths.request(row.id(), "/answer"), answer, Outcome.class));
    }

    @Command(name = "approve", description = "Allow what agents want to do: muster inbox shows it.")
    static final class Approve implements Callable<Integer> {
        private final Context context;

        @Parameters(arity = "1..*", paramLabel = "ID", description = ID)
        List<String> ids = List.of();

        @Option(
                names = "--always",
                description = "With the standing permissions that the agent offers with a yes.")
        boolean always;

        Approve(Context context) {
            this.context = context;
        }

        @Override
        public Integer call() throws Exception {
            return Actions.each(
                            ids,
                            context,
                            id ->
                                    answer(
                                            context,
                                            id,
                                            new AnswerRequest(
                                                    Ulid.next(),
                                                    "allow",
                                                    always,
                                                    null,
                                                    false,
                                                    null,
                                                    false)))
                    .status();
        }
    }

    @Command(name = "deny", description = "Refuse what an agent wants to do.")
    static final class Deny implements Callable<Integer> {
        private final Context context;

        @Parameters(arity = "1..*", paramLabel = "ID", description = ID)
        List<String> ids = List.of();

        @Option(
                names = {"-m", "--message"},
                paramLabel = "REASON",
                description = "What the agent's model is told.")
        @Nullable String reason;

        @Option(names = "--interrupt", description = "The agent also stops what it does.")
        boolean interrupt;

        Deny(Context context) {
            this.context = context;
        }

        @Override
        public Integer call() throws Exception {
            return Actions.each(
                            ids,
                            context,
                            id ->
                                    answer(
                                            context,
                                            id,
                                            new AnswerRequest(
                                                    Ulid.next(),
                                                    "deny",
                                                    false,
                                                    reason,
                                                    interrupt,
                                                    null,
                                                    false)))
                    .status();
        }
    }

    @Command(
            name = "answer",
            description = "Answer an agent's question: one CHOICE for each that it asks.")
    static final class Choose implements Callable<Integer> {
        private final Context context;

        @Parameters(index = "0", paramLabel = "ID", description = ID)
        String id = "";

        @Parameters(
                index = "1..*",
                arity = "1..*",
                paramLabel = "CHOICE",
                description =
                        "An option's number, its label or the beginning of that. Where one question"
                                + " takes several, all of them.")
        List<String> choices = List.of();

        @Option(
                names = "--other",
                description =
                        "A CHOICE that is none of the options is your own answer; `=TEXT` is in any"
                                + " case.")
        boolean other;

        Choose(Context context) {
            this.context = context;
        }

        @Override
        public Integer call() throws Exception {
            Actions.print(
                    answer(
                            context,
                            id,
                            new AnswerRequest(
                                    Ulid.next(), "choose", false, null, false, choices, other)),
                    context);
            return ExitCode.OK.status();
        }
    }
}
