package dev.muster.fleet.doctor;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/// What `doctor-login.sh` printed, put apart: the facts of ours, and what rc files said meanwhile.
///
/// @param facts lines that began with `@`
/// @param begun whether the login shell came as far as to run something
/// @param noise the other lines
record LoginAnswer(Answers facts, boolean begun, String noise) {
    /// As shells and `timeout` tell that something was killed by SIGKILL.
    private static final int KILLED = 137;

    private static final int LATE = 124;

    static LoginAnswer of(Probe login) {
        String text = login.fold(Probe.Answer::text, _ -> "");
        List<String> lines = Answers.whole(text).toList();
        String facts =
                lines.stream()
                        .filter(line -> line.startsWith("@"))
                        .map(line -> line.substring(1) + "\n")
                        .collect(Collectors.joining());
        String noise =
                lines.stream()
                        .filter(line -> !line.startsWith("@") && !line.isBlank())
                        .collect(Collectors.joining("\n"));
        Answers answers = Answers.parse(facts);
        return new LoginAnswer(answers, answers.has("begun"), noise);
    }

    /// All of ours was said.
    boolean complete() {
        return facts.has("done");
    }

    /// From the start of the shell until it ran something, in milliseconds.
    OptionalLong startMillis() {
        OptionalLong asked = facts.number("asked", 0);
        OptionalLong began = facts.number("begun", 0);
        return asked.isPresent() && began.isPresent()
                ? OptionalLong.of(Math.max(0, (began.getAsLong() - asked.getAsLong()) * 10))
                : OptionalLong.empty();
    }

    /// It was ended because it took too long.
    boolean late() {
        long status = facts.number("left", 1).orElse(0);
        return status == KILLED || status == LATE;
    }
}
