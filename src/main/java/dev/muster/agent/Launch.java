package dev.muster.agent;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an agent needs to know to be launched.
///
/// @param name the session's name
/// @param conversation the agent's own id of the conversation to begin or to go on with
/// @param run 1 for the first; a later one goes on with the conversation where the agent can
/// @param model overrides the agent's own
/// @param args the request's further arguments
/// @param prompt the first prompt; empty for none
public record Launch(
        String name,
        String conversation,
        int run,
        @Nullable String model,
        List<String> args,
        String prompt) {

    Launch withoutPrompt() {
        return new Launch(name, conversation, run, model, args, "");
    }

    public boolean hasPrompt() {
        return !prompt.isEmpty();
    }
}
