package dev.muster.fleet.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// Whether the login shell lets an agent begin, and how soon.
final class LoginChecks {
    /// Each session starts one; each answer of the host starts a plain one.
    private static final long SLOW = 2_000;

    private LoginChecks() {}

    static List<Check> of(Probe login, Probe machine, LoginAnswer answer) {
        String shell = machine.fold(a -> Answers.parse(a.text()).text("shell").orElse(""), _ -> "");
        String name = shell.isEmpty() ? "the login shell" : shell;
        List<Check> checks = new ArrayList<>();
        checks.add(
                login.fold(_ -> shell(name, answer), s -> Check.unknown("login-shell", s.why())));
        String noise = machine.fold(Probe.Answer::noise, _ -> "");
        if (!noise.isBlank()) {
            checks.add(Check.warning("rc-file", Words.printed(noise), Words.PRINT_LESS));
        }
        return checks;
    }

    private static Check shell(String name, LoginAnswer answer) {
        if (!answer.begun()) {
            return answer.late()
                    ? Check.missing(
                            "login-shell",
                            name
                                    + " did not get through its rc files in time"
                                    + (answer.noise().isBlank()
                                            ? ""
                                            : "; it said: " + Answers.gist(answer.noise())),
                            "look what they wait for: `$SHELL -ilc true` must end by itself")
                    : Check.missing(
                            "login-shell",
                            name
                                    + " ended before it ran anything, with status "
                                    + answer.facts().word("left", 1).orElse("?")
                                    + (answer.noise().isBlank()
                                            ? ""
                                            : "; it said: " + Answers.gist(answer.noise())),
                            "mend its rc files: `$SHELL -ilc true` must succeed");
        }
        if (answer.facts().has("ate")) {
            return Check.warning(
                    "login-shell",
                    name + " has an rc file that reads standard input",
                    "ask questions only where standard input is a terminal: `[ -t 0 ]`");
        }
        OptionalLong millis = answer.startMillis();
        String took = millis.isPresent() ? ", ready after " + millis.getAsLong() + " ms" : "";
        return millis.orElse(0) > SLOW
                ? Check.warning(
                        "login-shell",
                        name + took + ": each start of a session waits as long",
                        "look which rc file is slow (pyenv, nvm and the like are often)")
                : Check.ok("login-shell", name + took);
    }
}
