package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.muster.web.ServiceClient.Answer;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;

/// What agents use and what people are told of, from a host's journal to the API and to a webhook.
@QuarkusTest
class UsageIT extends WithService {
    private static void eventually(ThrowingRunnable assertion) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(assertion);
    }

    /// Changes `hosts.yaml`, and waits until the service goes by it.
    private void takesUp(String hosts) throws Exception {
        ServiceFixture.hosts(hosts);
        byte[] digest =
                MessageDigest.getInstance("SHA-256").digest(hosts.getBytes(StandardCharsets.UTF_8));
        eventually(
                () ->
                        assertThat(owner.get("service").body().path("hostsDigest").asText())
                                .isEqualTo(HexFormat.of().formatHex(digest)));
    }

    /// As the status line's script writes it, in one append.
    private static void says(String session, String reading) throws IOException {
        Path state;
        try (Stream<Path> folders =
                Files.list(ServiceFixture.home().resolve(".local/state/muster"))) {
            state = folders.filter(f -> Files.exists(f.resolve("gen"))).findFirst().orElseThrow();
        }
        String generation = Files.readString(state.resolve("gen")).strip();
        Files.writeString(
                state.resolve("journal." + generation),
                "\n{\"s\":\""
                        + session
                        + "\",\"k\":\"agent\",\"a\":\"claude\",\"run\":1,\"t\":0,"
                        + "\"src\":\"status\",\"d\":"
                        + reading
                        + "}\n",
                StandardOpenOption.APPEND);
    }

    private static JsonNode row(JsonNode rows, String name) {
        for (JsonNode row : rows) {
            if (row.path("name").asText().equals(name)) {
                return row;
            }
        }
        throw new AssertionError("no " + name + " in " + rows);
    }

    @Test
    void showsWhatASessionUsedOnTheBoardAndInTheSums() throws Exception {
        String id = owner.start("spender", "wait").body().path("id").asText();
        eventually(
                () ->
                        assertThat(owner.get("sessions/spender").body().path("state").asText())
                                .isEqualTo("working"));
        says(id, "{\"model.id\":\"opus\",\"cost.total_cost_usd\":0.25}");
        says(
                id,
                "{\"model.id\":\"opus\",\"cost.total_cost_usd\":0.75,"
                        + "\"cost.total_lines_added\":7,\"context_window.used_percentage\":91,"
                        + "\"rate_limits.five_hour.used_percentage\":97,"
                        + "\"rate_limits.five_hour.resets_at\":4000000000}");

        eventually(
                () -> {
                    JsonNode row = owner.get("sessions/spender").body();
                    assertThat(row.path("model").asText()).isEqualTo("opus");
                    assertThat(row.path("usage").path("costUsd").asDouble()).isEqualTo(0.75);
                    assertThat(row.path("usage").path("linesAdded").asLong()).isEqualTo(7);
                });
        for (String by : List.of("day", "host", "repo", "account", "model")) {
            JsonNode report = owner.get("usage?since=1d&by=" + by).body();
            assertThat(report.path("total").path("costUsd").asDouble()).isEqualTo(0.75);
            assertThat(report.path("rows")).hasSize(1);
        }
        JsonNode byModel = owner.get("usage?by=model").body().path("rows");
        assertThat(row(byModel, "opus").path("sessions").asInt()).isEqualTo(1);

        JsonNode board = owner.get("board").body();
        JsonNode account = row(board.path("accounts"), "command@here");
        assertThat(account.path("fiveHour").path("usedPercent").asDouble()).isEqualTo(97);
        assertThat(account.path("asOf").asText()).isNotEmpty();
        try (McpClient agent = McpClient.open(port, ServiceFixture.token())) {
            assertThat(agent.call("list", Map.of()).text())
                    .contains("Account: {\"name\":\"command@here\"", "\"usedPercent\":97");
        }
        assertThat(board.path("problems").findValuesAsText("about"))
                .containsExactly("command@here", "here/spender");
        assertThat(owner.get("sessions/spender/log").body().findValuesAsText("kind"))
                .doesNotContain("agent");
        owner.post("sessions/spender/stop", "");
    }

    @Test
    void refusesAQuestionThatIsNone() throws Exception {
        Answer by = owner.get("usage?by=colour");
        Answer since = owner.get("usage?since=yesterday");

        assertThat(by.status()).isEqualTo(400);
        assertThat(by.body().path("detail").asText()).contains("colour");
        assertThat(since.status()).isEqualTo(400);
        assertThat(since.body().path("detail").asText()).contains("yesterday");
    }

    @Test
    void tellsAWebhookThatASessionFailed() throws Exception {
        List<String> got = new CopyOnWriteArrayList<>();
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        got.add(
                                exchange.getRequestHeaders().getFirst("webhook-signature")
                                        + " "
                                        + new String(
                                                exchange.getRequestBody().readAllBytes(),
                                                StandardCharsets.UTF_8));
                        exchange.sendResponseHeaders(204, -1);
                    }
                });
        server.start();
        String before = ServiceFixture.hosts();
        Path secret = Files.writeString(ServiceFixture.config().resolve("hook.secret"), "s3cret\n");
        try {
            takesUp(
                    before
                            + """
                            notify:
                              to:
                                ops:
                                  type: webhook
                                  url: http://127.0.0.1:%d/hook
                                  secretFile: %s
                                  when: [failed]
                            """
                                    .formatted(server.getAddress().getPort(), secret));
            owner.start("doomed", "leave 3");

            eventually(() -> assertThat(got).anyMatch(body -> body.contains("\"doomed\"")));
            assertThat(got).allMatch(body -> body.startsWith("v1,"));
            assertThat(got.stream().filter(b -> b.contains("\"doomed\""))).hasSize(1);
            JsonNode document =
                    ServiceClient.JSON.readTree(
                            got.stream()
                                    .filter(b -> b.contains("\"doomed\""))
                                    .map(b -> b.substring(b.indexOf(' ')))
                                    .findFirst()
                                    .orElseThrow());
            assertThat(document.path("event").asText()).isEqualTo("failed");
            assertThat(document.path("title").asText()).isEqualTo("doomed on here failed");
            assertThat(ServiceClient.JSON.convertValue(document.path("labels"), Map.class))
                    .isEqualTo(Map.of("role", "test"));
        } finally {
            takesUp(before);
            server.stop(0);
        }
    }
}
