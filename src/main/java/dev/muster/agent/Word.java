package dev.muster.agent;

import dev.muster.shell.PosixQuote;
import java.util.ArrayList;
import java.util.List;

/// One argument of an agent's command line, put together on the host: fixed text, the prompt, or
/// the path of the prompt's file.
public record Word(List<Part> parts) {
    private static final String PROMPT = "{prompt}";
    private static final String PROMPT_FILE = "{promptFile}";

    public sealed interface Part {
        record Text(String text) implements Part {}

        /// The prompt itself.
        record Prompt() implements Part {}

        /// The path of a file that holds it.
        record PromptFile() implements Part {}

        /// The home on the host.
        record Home() implements Part {}
    }

    public Word {
        parts = List.copyOf(parts);
    }

    public static Word of(String text) {
        return new Word(List.of(new Part.Text(text)));
    }

    public static Word prompt() {
        return new Word(List.of(new Part.Prompt()));
    }

    /// A path in which a leading `~/` stands for the home on the host.
    public static Word path(String path) {
        return path.startsWith("~/")
                ? new Word(List.of(new Part.Home(), new Part.Text(path.substring(1))))
                : of(path);
    }

    /// An argument of `hosts.yaml` that may hold `{prompt}` or `{promptFile}`.
    public static Word template(String text) {
        List<Part> parts = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int prompt = text.indexOf(PROMPT, from);
            int file = text.indexOf(PROMPT_FILE, from);
            int next = prompt < 0 ? file : file < 0 ? prompt : Math.min(prompt, file);
            if (next < 0) {
                parts.add(new Part.Text(text.substring(from)));
                break;
            }
            if (next > from) {
                parts.add(new Part.Text(text.substring(from, next)));
            }
            parts.add(next == prompt ? new Part.Prompt() : new Part.PromptFile());
            from = next + (next == prompt ? PROMPT : PROMPT_FILE).length();
        }
        return new Word(parts.isEmpty() ? List.of(new Part.Text("")) : parts);
    }

    /// Whether the prompt reaches the agent through this argument.
    public boolean carriesPrompt() {
        return parts.stream()
                .anyMatch(p -> p instanceof Part.Prompt || p instanceof Part.PromptFile);
    }

    /// Whether the prompt's text is in this argument.
    public boolean holdsPromptItself() {
        return parts.stream().anyMatch(p -> p instanceof Part.Prompt);
    }

    /// The argument as a word of the host's command file, which a POSIX shell reads.
    public String shell() {
        StringBuilder out = new StringBuilder();
        for (Part part : parts) {
            out.append(
                    switch (part) {
                        case Part.Text t -> PosixQuote.word(t.text());
                        case Part.Prompt p -> "\"$m_prompt\"";
                        case Part.PromptFile f -> "\"$MUSTER_PROMPT_FILE\"";
                        case Part.Home h -> "\"$HOME\"";
                    });
        }
        return out.toString();
    }
}
