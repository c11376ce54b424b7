package dev.muster.cli;

import dev.muster.cli.text.Console;
import dev.muster.cli.text.Escape;
import dev.muster.host.Fault;
import dev.muster.host.Hosts;
import dev.muster.host.HostsFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "check",
        description = {
            "Check a hosts file: every fault with line, column, cause and fix.",
            "Reads the file only: no service, no connection."
        })
final class HostsCheckCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "Default: the file that every command uses.")
    @Nullable Path file;

    HostsCheckCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        Path checked = file == null ? context.hostsFile() : file;
        if (!Files.exists(checked)) {
            throw new CliException(
                    ExitCode.FAILED,
                    "There is no hosts file " + checked,
                    "write one after hosts.example.yaml; until then this machine is the only host,"
                            + " `local`");
        }
        // What is no UTF-8 becomes U+FFFD, which the check then points at.
        String text = new String(Files.readAllBytes(checked), StandardCharsets.UTF_8);
        return report(HostsFile.parse(text, checked), checked, context.console()).status();
    }

    static ExitCode report(HostsFile.Result result, Path file, Console console) {
        return switch (result) {
            case HostsFile.Result.Good(Hosts hosts, List<Fault> warnings) -> {
                warnings.forEach(fault -> console.line("warning: " + Escape.line("" + fault)));
                long repos = hosts.hosts().values().stream().mapToLong(h -> h.repos().size()).sum();
                console.line(
                        Escape.line("" + file)
                                + " is good: "
                                + Totals.count(hosts.hosts().size(), "host")
                                + ", "
                                + Totals.count((int) repos, "repo")
                                + (warnings.isEmpty()
                                        ? ""
                                        : ", " + Totals.count(warnings.size(), "warning")));
                yield ExitCode.OK;
            }
            case HostsFile.Result.Bad(List<Fault> faults) -> {
                for (Fault fault : faults) {
                    String severity =
                            switch (fault.severity()) {
                                case ERROR -> "";
                                case WARNING -> "warning: ";
                            };
                    console.line(severity + Escape.line("" + fault));
                }
                console.tell(
                        "muster: "
                                + Escape.line("" + file)
                                + " has "
                                + Totals.count(faults.size(), "fault"));
                yield ExitCode.FAILED;
            }
        };
    }
}
