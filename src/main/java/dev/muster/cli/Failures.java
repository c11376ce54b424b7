package dev.muster.cli;

import dev.muster.api.Problem;
import dev.muster.cli.client.Json;
import dev.muster.cli.client.NoServiceException;
import dev.muster.cli.client.ProblemException;
import dev.muster.cli.text.Console;
import dev.muster.cli.text.Escape;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/// Turns whatever stopped a command into one sentence with what to do, and an exit code.
final class Failures {
    private Failures() {}

    /// Says it on `err`; with `json` a problem document goes to `out` as well.
    static ExitCode report(Exception failure, Console console, boolean json) {
        return switch (failure) {
            case ProblemException e -> {
                if (json) {
                    console.json(Json.write(e.problem()));
                }
                yield problem(e.problem(), console);
            }
            case CliException e -> say(console, e.code(), message(e), e.fix());
            case NoServiceException e ->
                    say(
                            console,
                            ExitCode.NO_SERVICE,
                            message(e),
                            e.refused()
                                    ? "start it with: muster serve"
                                    : "try again: muster status shows what is the case");
            case NoSuchFileException e ->
                    say(console, ExitCode.FAILED, "There is no file " + e.getFile(), null);
            case AccessDeniedException e ->
                    say(console, ExitCode.FAILED, "May not read " + e.getFile(), null);
            case IOException e -> say(console, ExitCode.FAILED, message(e), null);
            case InterruptedException e -> {
                Thread.currentThread().interrupt();
                yield say(console, ExitCode.FAILED, "Interrupted", null);
            }
            default -> unexpected(failure, console);
        };
    }

    /// Says a problem: its sentence, the output behind it, what was found, and what to do.
    static ExitCode problem(Problem problem, Console console) {
        ExitCode code = ExitCode.of(problem.code());
        console.err().println("muster: " + sentence(problem));
        if (problem.output() != null && !problem.output().isBlank()) {
            indent(problem.output(), "  | ", console);
        }
        for (String finding : problem.findings()) {
            console.err().println("  - " + Escape.line(finding));
        }
        fix(problem.fix(), console);
        return code;
    }

    private static String sentence(Problem problem) {
        String detail = Escape.line(problem.detail());
        String host = problem.host() == null ? "" : Escape.line(problem.host());
        String step = problem.step() == null ? "" : Escape.line(problem.step());
        String where = host.isEmpty() || detail.contains(host) ? "" : host + ": ";
        String what = step.isEmpty() || detail.contains(step) ? "" : step + ": ";
        return where + what + detail;
    }

    private static ExitCode say(
            Console console, ExitCode code, String message, @Nullable String fix) {
        console.err().println("muster: " + Escape.lines(message));
        fix(fix, console);
        return code;
    }

    private static void fix(@Nullable String fix, Console console) {
        if (fix != null && !fix.isBlank()) {
            console.err().println("  fix: " + Escape.line(fix));
        }
        console.err().flush();
    }

    /// Prints remote output behind a margin, so that none of it can pass for Muster's own words.
    static void indent(String output, String margin, Console console) {
        output.stripTrailing()
                .lines()
                .forEach(line -> console.err().println(margin + Escape.line(line)));
    }

    private static String message(Exception e) {
        return e.getMessage() == null || e.getMessage().isBlank() ? e.toString() : e.getMessage();
    }

    private static ExitCode unexpected(Exception failure, Console console) {
        console.err().println("muster: an error in Muster itself: " + Escape.line(failure + ""));
        for (StackTraceElement frame : failure.getStackTrace()) {
            if (frame.getClassName().startsWith("dev.muster")) {
                console.err().println("  at " + frame);
            }
        }
        fix("report it with these lines, and what you typed", console);
        return ExitCode.FAILED;
    }
}
