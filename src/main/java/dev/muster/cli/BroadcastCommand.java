package dev.muster.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "broadcast",
        description =
                "Give every running agent a text: of the hosts, groups or sessions before it.")
final class BroadcastCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(
            arity = "0..*",
            paramLabel = "WHAT",
            description = "Hosts, ranges, groups or sessions, then the TEXT as one last argument.")
    List<String> words = List.of();

    @Mixin Prompt prompt = new Prompt();

    @Option(names = "--now", description = "Even where a person is typing in a session.")
    boolean now;

    BroadcastCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        int what = prompt.file != null ? words.size() : Math.max(0, words.size() - 1);
        String text = SendCommand.text(prompt, words.subList(what, words.size()), context);
        return Fan.out(
                        context,
                        Fan.running(context, words.subList(0, what)),
                        id -> SendCommand.send(context, id, text, false, now))
                .status();
    }
}
