package dev.muster.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/// Asks the person at the terminal for a line.
final class Question {
    private final Context context;

    Question(Context context) {
        this.context = context;
    }

    /// The answer; empty when there is none.
    String ask(String question) {
        context.console().err().print(question);
        context.console().err().flush();
        try {
            return line();
        } catch (IOException e) {
            return "";
        }
    }

    /// A secret, not shown while it is typed; without a terminal, the first line of standard input.
    String secret(String question) throws IOException, CliException {
        String secret;
        if (context.surroundings().inTerminal() && System.console() != null) {
            char[] typed = System.console().readPassword("%s", question);
            secret = typed == null ? "" : new String(typed);
        } else {
            secret = line();
        }
        if (secret.isEmpty()) {
            throw new CliException(ExitCode.USAGE, "Nothing was given", null);
        }
        return secret;
    }

    private String line() throws IOException {
        String line =
                new BufferedReader(
                                new InputStreamReader(
                                        context.surroundings().in(), StandardCharsets.UTF_8))
                        .readLine();
        return line == null ? "" : line;
    }
}
