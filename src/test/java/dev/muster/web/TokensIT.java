package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.web.RawHttp.Answer;
import io.quarkus.test.junit.QuarkusTest;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tokens with scopes on the running service: what each opens, and what it does not.
@QuarkusTest
class TokensIT extends WithService {
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";

    @Test
    void makesListsAndRevokesThem() throws Exception {
        ServiceClient.Answer made = owner.post("tokens", Map.of("scope", "read"));
        String name = made.body().path("name").asText();
        assertThat(made.status()).isEqualTo(200);
        assertThat(name).startsWith("read-");
        assertThat(names()).contains(name);
        assertThat(owner.get("tokens").body().toString())
                .doesNotContain(made.body().path("token").asText());

        assertThat(owner.delete("tokens/" + name).status()).isEqualTo(200);
        assertThat(names()).doesNotContain(name);
        assertThat(owner.delete("tokens/" + name).status()).isEqualTo(404);
    }

    @Test
    void refusesScopesAndNamesThatCantBe() throws Exception {
        ServiceClient.Answer scope = owner.post("tokens", Map.of("scope", "owner"));
        assertThat(scope.status()).isEqualTo(400);
        assertThat(scope.body().path("fix").asText()).isEqualTo("scopes: read, act, approve");
        assertThat(owner.post("tokens", Map.of("scope", "read", "name", "a b")).status())
                .isEqualTo(400);
        owner.post("tokens", Map.of("scope", "read", "name", "taken"));
        assertThat(owner.post("tokens", Map.of("scope", "act", "name", "taken")).status())
                .isEqualTo(409);
    }

    @Test
    void tellsATokenThatItsScopeIsTooSmall() throws Exception {
        String reader = token("read", "small");
        Answer answer = RawHttp.send(port, "POST /api/v1/sessions/x/stop", host(), bearer(reader));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body())
                .contains("\"code\":\"NOT_ALLOWED\"", "muster token create --scope act");
        assertThat(RawHttp.send(port, "GET /api/v1/board", host(), bearer(reader)).status())
                .isEqualTo(200);
    }

    @Test
    void letsNoTokenSwitchAnAgentsQuestionsOff() throws Exception {
        String actor = token("approve", "sly");
        String start =
                "{\"id\":\"%s\",\"host\":\"here\",\"repo\":\"app\",\"name\":\"sly\","
                        + "\"worktree\":true,\"%s}";
        for (String field : List.of("args\":[\"--dangerously\"]", "env\":{\"PATH\":\"/tmp\"}")) {
            Answer answer =
                    RawHttp.send(
                            port,
                            "POST /api/v1/sessions",
                            List.of(host(), bearer(actor), "Content-Type: application/json"),
                            start.formatted(ServiceClient.newId(), field));
            assertThat(answer.status()).as(field).isEqualTo(403);
            assertThat(answer.body()).contains("switch off its questions");
        }
        assertThat(owner.get("sessions/sly").status()).isEqualTo(404);
    }

    @Test
    void letsNoTokenSendTextThatIsNotGuarded() throws Exception {
        owner.start("unguarded", "wait");
        String actor = token("approve", "raw");
        Answer answer =
                RawHttp.send(
                        port,
                        "POST /api/v1/sessions/unguarded/prompts",
                        List.of(host(), bearer(actor), "Content-Type: application/json"),
                        "{\"id\":\"%s\",\"text\":\"!rm -r .\",\"raw\":true,\"now\":false}"
                                .formatted(ServiceClient.newId()));

        assertThat(answer.status()).isEqualTo(403);
        owner.post("sessions/unguarded/stop", "");
    }

    @Test
    void letsATokenAnswerOnlyWhereTheHostsFileSaysSo() throws Exception {
        String approver = token("approve", "answering");
        String before = ServiceFixture.hosts();
        Answer refused = answer(approver, "false");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).contains("tokens: { approve: true }");
        try {
            ServiceFixture.hosts(before + "\ntokens: { approve: true }\n");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(
                            () -> assertThat(answer(approver, "false").status()).isEqualTo(404));
            assertThat(answer(approver, "true").body()).contains("standing permission");
            assertThat(answer(token("act", "acting"), "false").body())
                    .contains("the scope of this token");
        } finally {
            ServiceFixture.hosts(before);
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(answer(approver, "false").status()).isEqualTo(403));
    }

    /// Allows a request that nobody made: whether it may is seen before that is.
    private Answer answer(String token, String always) throws Exception {
        return RawHttp.send(
                port,
                "POST /api/v1/requests/0123456789abcdef/answer",
                List.of(host(), bearer(token), "Content-Type: application/json"),
                ("{\"id\":\"%s\",\"decision\":\"allow\",\"always\":%s,"
                                + "\"interrupt\":false,\"other\":false}")
                        .formatted(ServiceClient.newId(), always));
    }

    @Test
    void endsTheStreamsOfARevokedToken() throws Exception {
        String reader = token("read", "leaving");
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream()
                    .write(
                            ("GET /api/v1/board/events HTTP/1.1\r\n"
                                            + host()
                                            + "\r\n"
                                            + bearer(reader)
                                            + "\r\n\r\n")
                                    .getBytes(StandardCharsets.UTF_8));
            BufferedReader lines =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertThat(lines.readLine()).contains("200");
            while (!lines.readLine().startsWith("event:")) {
                // Headers, and the stream's first comment.
            }

            owner.delete("tokens/leaving");

            String line = lines.readLine();
            while (line != null) {
                line = lines.readLine();
            }
            assertThat(line).isNull();
        }
        assertThat(RawHttp.send(port, "GET /api/v1/board", host(), bearer(reader)).status())
                .isEqualTo(401);
    }

    @Test
    void givesATokenNoMoreThanSoManyStreams() throws Exception {
        String greedy = bearer(token("read", "greedy"));
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < 50; i++) {
                Socket socket = new Socket("127.0.0.1", port);
                open.add(socket);
                assertThat(firstLine(socket, "/api/v1/board/events", greedy)).contains("200");
            }
            Answer refused = RawHttp.send(port, "GET /api/v1/board/events", host(), greedy);
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.body()).contains("token greedy has 50 event streams open");
            try (Socket other = new Socket("127.0.0.1", port)) {
                String reader = bearer(token("read", "modest"));
                assertThat(firstLine(other, "/api/v1/board/events", reader)).contains("200");
            }
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    private String firstLine(Socket socket, String path, String auth) throws Exception {
        socket.setSoTimeout(60_000);
        String request = "GET " + path + " HTTP/1.1\r\n" + host() + "\r\n" + auth + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        return new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                .readLine();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /mcp",
                "GET /mcp",
                "DELETE /mcp",
                "GET /mcp/sse",
                "POST /mcp/messages/x"
            })
    void asksAnAgentForATokenToo(String request) throws Exception {
        Answer answer = mcp(request, host());

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.head()).contains("WWW-Authenticate: Bearer");
    }

    @Test
    void protectsAgentsToolsFromPagesAndFromRebinding() throws Exception {
        String auth = bearer(token("read", "guarded"));

        assertThat(mcp("POST /mcp", "Host: evil.example:" + port, auth).status()).isEqualTo(421);
        for (String header :
                List.of(
                        "Origin: http://evil.example",
                        "Origin: null",
                        "Origin: http://127.0.0.1:5173",
                        "Sec-Fetch-Site: cross-site",
                        "Sec-Fetch-Site: none")) {
            assertThat(mcp("POST /mcp", host(), auth, header).status()).as(header).isEqualTo(403);
        }
    }

    private Answer mcp(String request, String... headers) throws Exception {
        List<String> all = new ArrayList<>(List.of(headers));
        all.add("Content-Type: application/json");
        all.add("Accept: application/json, text/event-stream");
        return RawHttp.send(port, request, all, request.startsWith("POST") ? PING : "");
    }

    private List<String> names() throws Exception {
        return owner.get("tokens").body().findValues("name").stream()
                .map(JsonNode::asText)
                .toList();
    }

    private String token(String scope, String name) throws Exception {
        return owner.post("tokens", Map.of("scope", scope, "name", name))
                .body()
                .path("token")
                .asText();
    }

    private String host() {
        return "Host: 127.0.0.1:" + port;
    }

    private static String bearer(String token) {
        return "Authorization: Bearer " + token;
    }
}
