package dev.muster;

import dev.muster.web.ServiceMain;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

@Command(
        name = "serve",
        description = {
            "Run the control service here, until Ctrl-C.",
            "Other commands start it in the background where none runs."
        })
final class ServeCommand implements Callable<Integer> {
    @Spec @Nullable CommandSpec spec;

    /// The service reads its own options.
    @Unmatched List<String> options = new ArrayList<>();

    @Override
    public Integer call() {
        List<String> arguments = new ArrayList<>(options);
        hosts().ifPresent(file -> arguments.addAll(List.of("--hosts", file)));
        return ServiceMain.run(arguments.toArray(String[]::new));
    }

    private Optional<String> hosts() {
        Object file = spec == null ? null : spec.findOption("--hosts").getValue();
        return Optional.ofNullable(file).map(Object::toString);
    }
}
