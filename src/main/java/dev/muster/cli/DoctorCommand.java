package dev.muster.cli;

import dev.muster.api.Board;
import dev.muster.api.DoctorReport;
import dev.muster.api.HostRow;
import dev.muster.cli.client.Json;
import dev.muster.cli.client.ServiceClient;
import dev.muster.cli.text.Columns;
import dev.muster.cli.text.Console;
import dev.muster.cli.text.Escape;
import dev.muster.cli.text.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "doctor",
        description = {
            "Check everything that a session needs on a host: each thing ok, warning, missing or"
                    + " unknown, with the fix.",
            "Exit status 1 where something is missing, 5 where a host can't be reached."
        })
final class DoctorCommand implements Callable<Integer> {
    private static final int WHAT_WIDTH = 14;
    private static final int DETAIL_AT = 24;
    private static final int FIX_AT = 12;

    private final Context context;

    @Parameters(
            paramLabel = "HOST",
            description = "Hosts, ranges (dev-1..4) or groups (@backend); default all.")
    List<String> what = List.of();

    DoctorCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        ServiceClient service = context.service();
        List<HostRow> hosts = service.get(Paths.boardHosts(what), Board.class).hosts();
        ExitCode status = ExitCode.OK;
        // All at once, told in order: one slow host delays what is told, not what is done.
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<DoctorReport>> reports = new ArrayList<>();
            for (HostRow host : hosts) {
                reports.add(
                        threads.submit(
                                () ->
                                        service.get(
                                                Paths.host(host.name(), "/doctor"),
                                                DoctorReport.class)));
            }
            for (Future<DoctorReport> report : reports) {
                ExitCode one = tell(report);
                status = status == ExitCode.OK ? one : status;
            }
        }
        return status.status();
    }

    private ExitCode tell(Future<DoctorReport> asked) throws InterruptedException {
        DoctorReport report;
        try {
            report = asked.get();
        } catch (ExecutionException e) {
            Exception why = e.getCause() instanceof Exception known ? known : e;
            return Failures.report(why, context.console(), context.options().json);
        }
        if (context.options().json) {
            context.console().json(Json.write(report));
        } else {
            print(report, context.console());
        }
        context.console().out().flush();
        return verdict(report);
    }

    private static ExitCode verdict(DoctorReport report) {
        boolean reached = true;
        boolean complete = true;
        for (DoctorReport.Check check : report.checks()) {
            reached &= !(check.what().equals("reachable") && check.state().equals("missing"));
            complete &= !check.state().equals("missing");
        }
        return !reached ? ExitCode.UNREACHABLE : complete ? ExitCode.OK : ExitCode.FAILED;
    }

    private static void print(DoctorReport report, Console console) {
        int width = console.width();
        console.line(console.paint(Style.BOLD, Columns.fit(Escape.line(report.host()), width)));
        for (DoctorReport.Check check : report.checks()) {
            String mark = mark(check.state());
            String what = Columns.pad(Escape.line(check.what()), WHAT_WIDTH - 1) + " ";
            String line = "  " + mark + " " + what + Escape.line(check.detail());
            List<String> lines = Columns.wrap(line, width, DETAIL_AT);
            String coloured = console.paint(style(check.state()), mark);
            console.line("  " + coloured + lines.getFirst().substring(2 + mark.length()));
            lines.subList(1, lines.size()).forEach(console::line);
            if (check.fix() != null) {
                String fix = " ".repeat(FIX_AT) + "fix: " + Escape.line(check.fix());
                Columns.wrap(fix, width, FIX_AT + 5).forEach(console::line);
            }
        }
    }

    /// The state in words, so that it can be read and searched without colours.
    private static String mark(String state) {
        String word = Escape.line(state);
        return word + " ".repeat(Math.max(0, 7 - word.length()));
    }

    private static Style style(String state) {
        return switch (state) {
            case "ok" -> Style.GREEN;
            case "warning" -> Style.YELLOW;
            case "missing" -> Style.RED;
            default -> Style.DIM;
        };
    }
}
