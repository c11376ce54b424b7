package dev.muster;

import dev.muster.cli.Cli;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Map;

/// The only `main` of the jar: hands its arguments to the command line. Quarkus is booted by
/// `serve` alone; the annotation only names this class in the jar's manifest.
@QuarkusMain
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        // Commands of packages that `cli` may not know.
        int status = Cli.run(args, Map.of("serve", ServeCommand::new));
        System.exit(status);
    }
}
