package dev.muster.cli;

import dev.muster.api.Outcome;
import dev.muster.api.PromptRequest;
import dev.muster.api.Ulid;
import dev.muster.cli.client.ServiceClient;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "send",
        description = {
            "Give a session's agent a text, byte for byte, and submit it.",
            "Ends when the agent says that it took it, where it says so."
        })
final class SendCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(
            index = "0",
            paramLabel = "S",
            description = "The session; with --all hosts, a range or a @group.")
    String session = "";

    @Parameters(
            index = "1..*",
            paramLabel = "TEXT",
            description = "The text; `-` reads it from standard input.")
    List<String> words = List.of();

    @Mixin Prompt prompt = new Prompt();

    @Option(names = "--raw", description = "Let a leading `/` or `!` be the agent's own command.")
    boolean raw;

    @Option(names = "--now", description = "Even where a person is typing in the session.")
    boolean now;

    @Option(names = "--all", description = "To every running session of S.")
    boolean all;

    SendCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        String text = text(prompt, words, context);
        if (all) {
            return Fan.out(
                            context,
                            Fan.running(context, List.of(session)),
                            id -> send(context, id, text, raw, now))
                    .status();
        }
        Actions.print(send(context, session, text, raw, now), context);
        return ExitCode.OK.status();
    }

    static String text(Prompt prompt, List<String> words, Context context) throws Exception {
        return prompt.read(words, context.surroundings())
                .orElseThrow(
                        () ->
                                new CliException(
                                        ExitCode.USAGE,
                                        "There is nothing to send",
                                        "give a TEXT, -f FILE, or - for standard input"));
    }

    /// The same request, by its id, is sent again where its answer got lost.
    static Outcome send(Context context, String ref, String text, boolean raw, boolean now)
            throws Exception {
        PromptRequest request = new PromptRequest(Ulid.next(), text, raw, now);
        ServiceClient service = context.service();
        return Retry.onLoss(
                () -> service.post(Paths.session(ref, "/prompts"), request, Outcome.class));
    }
}
