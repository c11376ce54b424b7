package dev.muster.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.Ulid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/// More sessions on a host than a test has time to run: copies of one that really ran and ended
/// there, its folder and its lines of the journal, under ids of their own. The service finds them
/// as it finds every session: on the host.
final class Forgery {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path state;
    private final Path original;

    /// @param home of a host where one session has ended
    Forgery(Path home) throws IOException {
        try (Stream<Path> machines = Files.list(home.resolve(".local/state/muster"))) {
            state = machines.findFirst().orElseThrow();
        }
        try (Stream<Path> sessions = Files.list(state.resolve("sessions"))) {
            original =
                    sessions.filter(session -> Files.exists(session.resolve("run.1/exit")))
                            .findFirst()
                            .orElseThrow();
        }
    }

    /// Makes one.
    ///
    /// @param changes what its session.json says instead
    void make(JsonNode changes) throws IOException {
        String old = original.getFileName().toString();
        String id = Ulid.next();
        Path copy = state.resolve("sessions").resolve(id);
        Files.createDirectories(copy.resolve("run.1"));
        for (String file : List.of("run.1/started", "run.1/exit")) {
            Files.copy(original.resolve(file), copy.resolve(file));
        }
        ObjectNode said =
                (ObjectNode) JSON.readTree(Files.readString(original.resolve("session.json")));
        said.put("id", id);
        changes.fields().forEachRemaining(each -> said.set(each.getKey(), each.getValue()));
        Files.writeString(copy.resolve("session.json"), JSON.writeValueAsString(said) + "\n");
        Path journal = state.resolve("journal." + Files.readString(state.resolve("gen")).strip());
        StringBuilder lines = new StringBuilder();
        for (String line : Files.readAllLines(journal)) {
            if (line.contains(old)) {
                lines.append('\n').append(line.replace(old, id)).append('\n');
            }
        }
        Files.writeString(journal, lines, StandardOpenOption.APPEND);
    }
}
