package dev.muster.agent;

import dev.muster.host.AgentSpec;
import java.util.List;
import java.util.stream.Collectors;

/// An agent's command line as text.
final class Lines {
    private Lines() {}

    static List<String> of(
            Agent agent, AgentSpec spec, int run, String conversation, String prompt) {
        Launch launch = new Launch("task", conversation, run, null, List.of(), prompt);
        return agent.command(spec, launch).stream()
                .map(word -> word.parts().stream().map(Lines::text).collect(Collectors.joining()))
                .toList();
    }

    private static String text(Word.Part part) {
        return switch (part) {
            case Word.Part.Text text -> text.text();
            case Word.Part.Prompt prompt -> "{prompt}";
            case Word.Part.PromptFile file -> "{promptFile}";
            case Word.Part.Home home -> "~";
        };
    }
}
