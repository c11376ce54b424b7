package dev.muster.cli;

import dev.muster.api.AdoptRequest;
import dev.muster.api.Outcome;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "adopt",
        description = {
            "Take a session over that this service did not start.",
            "One that a person started by hand goes on with its conversation, in the same folder, in"
                    + " a terminal of Muster's; one of another Muster service goes on as it is."
        })
final class AdoptCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "S", description = "The session.")
    String session = "";

    @Option(
            names = "--stop",
            description =
                    "End its agent where it runs (exit status 4 without this: two agents on one"
                            + " conversation lose work).")
    boolean stop;

    @Option(
            names = {"-n", "--name"},
            paramLabel = "NAME",
            description = "Its name from now on (default: as it is shown).")
    @Nullable String name;

    AdoptCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        return Actions.each(
                        List.of(session),
                        context,
                        s ->
                                context.service()
                                        .post(
                                                Paths.session(s, "/adopt"),
                                                new AdoptRequest(stop, name),
                                                Outcome.class))
                .status();
    }
}
