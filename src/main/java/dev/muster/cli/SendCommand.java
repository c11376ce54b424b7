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
        description = "Give a session's agent a text, byte for byte, and submit it.")
final class SendCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(index = "0", paramLabel = "S", description = "The session.")
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

    SendCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        String text =
                prompt.read(words, context.surroundings())
                        .orElseThrow(
                                () ->
                                        new CliException(
                                                ExitCode.USAGE,
                                                "There is nothing to send",
                                                "give a TEXT, -f FILE, or - for standard input"));
        PromptRequest request = new PromptRequest(Ulid.next(), text, raw, now);
        ServiceClient service = context.service();
        Actions.print(
                Retry.onLoss(
                        () ->
                                service.post(
                                        Paths.session(session, "/prompts"),
                                        request,
                                        Outcome.class)),
                context);
        return ExitCode.OK.status();
    }
}
