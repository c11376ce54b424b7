package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.web.RawHttp.Answer;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who may ask the running service what.
@QuarkusTest
class GateIT extends WithService {
    private static final List<String> HANDSHAKE =
            List.of(
                    "Upgrade: websocket",
                    "Connection: Upgrade",
                    "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/v1/board",
                "GET /api/v1/board/events",
                "GET /api/v1/service",
                "POST /api/v1/service/stop",
                "DELETE /api/v1/hosts/here",
                "GET /api/v1/sessions/x/terminal",
                "GET /api/v1/nothing",
                "GET /q/metrics",
                "GET /q/openapi",
                "GET /q/health/../metrics",
                "GET //q/metrics",
                "GET /q/health/group/x",
                "POST /",
                "GET /other",
                "GET /assets/../api/v1/board",
                "OPTIONS /api/v1/board"
            })
    void wantsTheTokenForEverythingButHealth(String request) throws IOException {
        Answer answer = RawHttp.send(port, request, host());

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.head())
                .contains("WWW-Authenticate: Bearer")
                .doesNotContain("Allow-Origin");
        assertThat(problem(answer).path("code").asText()).isEqualTo("NOT_ALLOWED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrong", "", "x y"})
    void refusesAnotherToken(String token) throws IOException {
        assertThat(
                        RawHttp.send(
                                        port,
                                        "GET /api/v1/service",
                                        host(),
                                        "Authorization: Bearer " + token)
                                .status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health", "/q/health/live", "/q/health/ready"})
    void tellsItsHealthToAnybody(String path) throws IOException {
        Answer answer = RawHttp.send(port, "GET " + path, host());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(problem(answer).path("status").asText()).isEqualTo("UP");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example:PORT", "127.0.0.1", "127.0.0.1:1", "localhost.evil:PORT"})
    void refusesANameThatIsNotItsOwn(String host) throws IOException {
        String header = "Host: " + host.replace("PORT", "" + port);

        assertThat(RawHttp.send(port, "GET /api/v1/service", header, auth()).status())
                .isEqualTo(421);
        assertThat(RawHttp.send(port, "GET /q/health", header).status()).isEqualTo(421);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "LOCALHOST", "[::1]"})
    void answersToTheNamesOfLoopback(String name) throws IOException {
        assertThat(
                        RawHttp.send(
                                        port,
                                        "GET /api/v1/service",
                                        "Host: " + name + ":" + port,
                                        auth())
                                .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: http://evil.example",
                "Origin: null",
                "Origin: http://127.0.0.1:5173",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site"
            })
    void refusesPagesOfOtherOriginsEvenWithTheToken(String header) throws IOException {
        assertThat(RawHttp.send(port, "GET /api/v1/service", host(), auth(), header).status())
                .isEqualTo(403);
        assertThat(RawHttp.send(port, "POST /api/v1/service/stop", host(), auth(), header).status())
                .isEqualTo(403);
        assertThat(handshake(host(), auth(), header).status()).isEqualTo(403);
    }

    @Test
    void takesItsOwnPages() throws IOException {
        assertThat(
                        RawHttp.send(
                                        port,
                                        "GET /api/v1/service",
                                        host(),
                                        auth(),
                                        "Origin: http://127.0.0.1:" + port,
                                        "Sec-Fetch-Site: same-origin")
                                .status())
                .isEqualTo(200);
    }

    @Test
    void wantsTheTokenForAWebSocketWithoutAnOrigin() throws IOException {
        assertThat(handshake(host()).status()).isEqualTo(401);
    }

    @Test
    void refusesAWebSocketOfANameThatIsNotItsOwn() throws IOException {
        String name = "evil.example:" + port;
        assertThat(handshake("Host: " + name, "Origin: http://" + name, auth()).status())
                .isEqualTo(421);
    }

    @Test
    void saysThatATerminalTakesAWebSocket() throws IOException {
        assertThat(RawHttp.send(port, "GET /api/v1/sessions/x/terminal", host(), auth()).status())
                .isEqualTo(426);
    }

    @Test
    void letsNoBrowserKeepOrRunWhatItAnswers() throws IOException {
        assertThat(RawHttp.send(port, "GET /api/v1/service", host(), auth()).head().toLowerCase())
                .contains(
                        "content-security-policy: default-src 'none'",
                        "x-content-type-options: nosniff",
                        "cache-control: no-store",
                        "referrer-policy: no-referrer");
    }

    @Test
    void documentsEveryPathAndEveryRefusal() throws IOException {
        Answer answer =
                RawHttp.send(port, "GET /q/openapi?format=json", host(), auth(), "Accept: */*");
        JsonNode paths = ServiceClient.JSON.readTree(body(answer)).path("paths");

        assertThat(paths.fieldNames())
                .toIterable()
                .contains(
                        "/api/v1/board",
                        "/api/v1/board/events",
                        "/api/v1/sessions",
                        "/api/v1/sessions/{ref}",
                        "/api/v1/sessions/{ref}/log",
                        "/api/v1/sessions/{ref}/events",
                        "/api/v1/sessions/{ref}/screen",
                        "/api/v1/sessions/{ref}/stop",
                        "/api/v1/sessions/{ref}/resume",
                        "/api/v1/sessions/{ref}/diff",
                        "/api/v1/sessions/{ref}/prompts",
                        "/api/v1/sessions/{ref}/interrupt",
                        "/api/v1/sessions/{ref}/terminal",
                        "/api/v1/requests",
                        "/api/v1/requests/{id}",
                        "/api/v1/requests/{id}/answer",
                        "/api/v1/hosts/{name}",
                        "/api/v1/hosts/{name}/doctor",
                        "/api/v1/hosts/{name}/key",
                        "/api/v1/hosts/{name}/lock",
                        "/api/v1/hosts/{name}/trust",
                        "/api/v1/hosts/{name}/unlock",
                        "/api/v1/service",
                        "/api/v1/service/stop",
                        "/api/v1/service/ssh-agent");
        paths.forEach(
                path ->
                        path.forEach(
                                operation -> {
                                    assertThat(operation.path("summary").asText()).isNotEmpty();
                                    assertThat(operation.path("responses").fieldNames())
                                            .toIterable()
                                            .contains("401", "404", "409");
                                    operation
                                            .path("parameters")
                                            .forEach(
                                                    p ->
                                                            assertThat(
                                                                            p.path("description")
                                                                                    .asText())
                                                                    .as("%s", p)
                                                                    .isNotEmpty());
                                }));
    }

    @Test
    void countsHostsAndSessionsForPrometheus() throws IOException {
        String body = RawHttp.send(port, "GET /q/metrics", host(), auth()).body();

        assertThat(body)
                .contains("muster_hosts{state=\"online\"}")
                .contains("muster_sessions{state=\"working\"}")
                .contains("muster_streams ")
                .contains("muster_streams_latency_seconds_bucket{le=\"0.25\"}")
                .contains("muster_events_latency_seconds_bucket{le=\"0.25\"}");
    }

    private Answer handshake(String... headers) throws IOException {
        List<String> all = new ArrayList<>(HANDSHAKE);
        all.addAll(List.of(headers));
        return RawHttp.send(port, "GET /api/v1/sessions/x/terminal", all, "");
    }

    private String host() {
        return "Host: 127.0.0.1:" + port;
    }

    private static String auth() throws IOException {
        return "Authorization: Bearer " + ServiceFixture.token();
    }

    private static JsonNode problem(Answer answer) throws IOException {
        return ServiceClient.JSON.readTree(body(answer));
    }

    /// Without the chunk lengths of a chunked body.
    private static String body(Answer answer) {
        return answer.body().substring(answer.body().indexOf('{'));
    }
}
