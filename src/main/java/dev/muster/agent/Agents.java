package dev.muster.agent;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The agents there are.
public final class Agents {
    private static final Map<String, Agent> BY_TYPE =
            List.of(
                            new ClaudeAgent(),
                            new CommandAgent("command"),
                            new CodexAgent(),
                            new GeminiAgent(),
                            new OpenCodeAgent())
                    .stream()
                    .collect(Collectors.toUnmodifiableMap(Agent::type, Function.identity()));

    private Agents() {}

    /// The agent of that type; a type that nothing is known of is launched as any command is.
    public static Agent of(String type) {
        return BY_TYPE.getOrDefault(type, new CommandAgent(type));
    }
}
