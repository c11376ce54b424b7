package dev.muster.demo;

import dev.muster.api.StartRequest;
import dev.muster.api.Ulid;
import java.util.List;
import java.util.Map;

/// What the demo asks an agent to do.
///
/// @param name the session's
public record DemoTask(String host, String repo, String name, String prompt) {
    /// A frontend, a backend and a migration session.
    public static final List<DemoTask> ALL =
            List.of(
                    new DemoTask(
                            "laptop",
                            "web",
                            "dark-mode",
                            "Add a dark mode to the settings page, remember what was chosen, and"
                                    + " test it."),
                    new DemoTask(
                            "dev-1",
                            "api",
                            "orders-pages",
                            "GET /orders answers every order at once. Give it pages with a cursor,"
                                    + " with tests, and document it in the README."),
                    new DemoTask(
                            "staging",
                            "api",
                            "archive-orders",
                            "Write the migration that archives orders instead of deleting them."
                                    + " Ask before you apply it here."));

    /// The request that starts it, under an id of its own.
    public StartRequest request(DemoAgent agent) {
        return new StartRequest(
                Ulid.next(),
                host,
                repo,
                name,
                null,
                null,
                agent.name(),
                null,
                null,
                Map.of(),
                Map.of("demo", "true"),
                List.of(),
                true,
                prompt,
                null);
    }
}
