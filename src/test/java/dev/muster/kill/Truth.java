package dev.muster.kill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/// Compares what a service says with what is on its hosts. Every check fails with what differs.
final class Truth {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final World world;
    private final Killed service;

    Truth(World world, Killed service) {
        this.world = world;
        this.service = service;
    }

    /// The rows of the board, by id.
    Map<String, JsonNode> rows() {
        Killed.Answer answer = service.get("board");
        assertThat(answer.status()).as(service::log).isEqualTo(200);
        Map<String, JsonNode> rows = new TreeMap<>();
        answer.body().path("sessions").forEach(row -> rows.put(row.path("id").asText(), row));
        return rows;
    }

    Map<String, String> states() {
        return rows().entrySet().stream()
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey,
                                e -> e.getValue().path("state").asText(),
                                (a, b) -> a,
                                TreeMap::new));
    }

    /// What the service tells of a session, for a failing test's message.
    String log(String id) {
        return service.get("sessions/" + id + "/log").body().toString();
    }

    /// Whether nothing is under way any more: what ends by itself has ended, and what was told to.
    boolean settled(Storm storm) {
        return rows().entrySet().stream()
                .allMatch(
                        row ->
                                switch (row.getValue().path("lifecycle").asText()) {
                                    case "queued", "preparing" -> false;
                                    case "running" ->
                                            storm.prompt(row.getKey()).equals("long")
                                                    && !stopAsked(row.getKey());
                                    default -> true;
                                });
    }

    private boolean stopAsked(String id) {
        for (JsonNode entry : service.get("sessions/" + id + "/log").body()) {
            if (entry.path("kind").asText().equals("stopped")) {
                return true;
            }
        }
        return false;
    }

    /// A session has a row, a folder, a name and a worktree, or none of them; a pane has a row.
    void nothingIsHalfMade() throws IOException, InterruptedException {
        Map<String, JsonNode> rows = rows();
        for (String host : world.homes().keySet()) {
            List<JsonNode> here =
                    rows.values().stream()
                            .filter(row -> row.path("host").asText().equals(host))
                            .toList();
            Set<String> ids = texts(here, "id");
            assertThat(world.names(host, "sessions"))
                    .as("session folders on %s", host)
                    .containsExactlyInAnyOrderElementsOf(ids);
            assertThat(world.names(host, "names"))
                    .as("names on %s", host)
                    .containsExactlyInAnyOrderElementsOf(texts(here, "name"));
            assertThat(world.worktrees(host))
                    .as("worktrees on %s", host)
                    .containsExactlyInAnyOrderElementsOf(texts(here, "worktree"))
                    .allMatch(worktree -> Files.isDirectory(Path.of(worktree)));
            // None may be left on a host: AssertJ takes no empty list of what must not be there.
            assertThat(world.names(host, "gone"))
                    .as("tombstones of living sessions on %s", host)
                    .noneMatch(ids::contains);
            Map<String, Boolean> panes = world.panes(host);
            assertThat(ids).as("panes on %s", host).containsAll(panes.keySet());
            for (JsonNode row : here) {
                assertThat(panes.getOrDefault(row.path("id").asText(), false))
                        .as("the pane of %s lives", row)
                        .isEqualTo(row.path("lifecycle").asText().equals("running"));
            }
        }
    }

    private static Set<String> texts(List<JsonNode> rows, String field) {
        return rows.stream().map(row -> row.path(field).asText()).collect(Collectors.toSet());
    }

    /// No id has run twice.
    void nothingRanTwice() throws IOException {
        assertThat(world.runs()).as("runs that reached an agent").doesNotHaveDuplicates();
    }

    /// Each record of the hosts' journals is in the database once, under its own place, and what
    /// is there from a journal is in that journal: soon, and still so when the service has ended.
    void everyEventCountsOnce(Set<String> ids) throws Exception {
        Awaitility.await("what is written is read").untilAsserted(() -> everyEventIsThere(ids));
        service.stop();
        everyEventIsThere(ids);
    }

    private void everyEventIsThere(Set<String> ids) throws IOException, SQLException {
        for (String host : world.homes().keySet()) {
            Set<String> written = written(host);
            List<String> remembered = remembered(host);
            assertThat(remembered).as("events of %s", host).doesNotHaveDuplicates();
            assertThat(written).as("records of %s", host).containsAll(remembered);
            assertThat(remembered)
                    .as("events of %s", host)
                    .containsAll(
                            written.stream()
                                    .filter(place -> ids.contains(place.split(" ")[0]))
                                    .toList());
        }
    }

    /// `SESSION GENERATION:OFFSET` of each record of the host's journal files.
    private Set<String> written(String host) throws IOException {
        Set<String> places = new HashSet<>();
        for (String name : world.names(host, ".")) {
            if (!name.startsWith("journal.")) {
                continue;
            }
            String generation = name.substring("journal.".length());
            byte[] bytes = Files.readAllBytes(world.state(host).resolve(name));
            int begin = 0;
            for (int i = 0; i < bytes.length; i++) {
                if (bytes[i] != '\n') {
                    continue;
                }
                if (i > begin) {
                    String line = new String(bytes, begin, i - begin, StandardCharsets.UTF_8);
                    String session = JSON.readTree(line).path("s").asText();
                    places.add(session + " " + generation + ":" + begin);
                }
                begin = i + 1;
            }
            assertThat(begin).as("%s ends with a whole record", name).isEqualTo(bytes.length);
        }
        return places;
    }

    private List<String> remembered(String host) throws SQLException {
        List<String> places = new ArrayList<>();
        try (Connection database =
                        DriverManager.getConnection("jdbc:sqlite:" + service.database());
                Statement statement = database.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT host, session, origin FROM event"
                                        + " WHERE origin NOT LIKE 'service:%'")) {
            while (rows.next()) {
                if (rows.getString(1).equals(host)) {
                    places.add(rows.getString(2) + " " + rows.getString(3));
                }
            }
        }
        return places;
    }

    /// What is written down but not done yet: launches and removals.
    int ordersLeft() throws SQLException {
        try (Connection database =
                        DriverManager.getConnection("jdbc:sqlite:" + service.database());
                Statement statement = database.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT (SELECT COUNT(*) FROM launch_order)"
                                        + " + (SELECT COUNT(*) FROM removal_order)")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
