package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Signing in to the page, on the running service.
@QuarkusTest
@QuarkusTestResource(ServiceFixture.class)
class PageIT {
    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private ServiceClient owner;

    @BeforeEach
    void open() {
        owner = new ServiceClient(port);
    }

    @AfterEach
    void close() {
        owner.close();
    }

    @Test
    void tradesACodeOnceForASecretThatOpensTheApi() throws Exception {
        String code = code();
        RawHttp.Answer answer = signIn(code, "http://127.0.0.1:" + port);
        assertThat(answer.status()).isEqualTo(200);
        String secret = secret(answer);

        assertThat(board(secret)).isEqualTo(200);
        assertThat(signIn(code, "http://127.0.0.1:" + port).status()).isEqualTo(403);
        assertThat(signIn("nonsense", "http://127.0.0.1:" + port).status()).isEqualTo(403);
    }

    @Test
    void letsNoOtherPageTradeACode() throws Exception {
        String code = code();
        assertThat(signIn(code, "http://127.0.0.1:" + (port + 1)).status()).isEqualTo(403);
        assertThat(signIn(code, "http://evil.example").status()).isEqualTo(403);
        assertThat(signIn(code, "http://127.0.0.1:" + port).status())
                .as("refused requests use nothing up")
                .isEqualTo(200);
    }

    @Test
    void takesNoCookieForASecret() throws Exception {
        String secret = secret(signIn(code(), "http://127.0.0.1:" + port));
        assertThat(
                        RawHttp.send(
                                        port,
                                        "GET /api/v1/board",
                                        "Host: 127.0.0.1:" + port,
                                        "Cookie: secret=" + secret + "; token=" + secret)
                                .status())
                .isEqualTo(401);
    }

    @Test
    void signsEveryBrowserOut() throws Exception {
        String secret = secret(signIn(code(), "http://127.0.0.1:" + port));
        assertThat(owner.delete("sign-ins").status()).isEqualTo(200);
        assertThat(board(secret)).isEqualTo(401);
    }

    @Test
    void givesThePageAPolicyWithoutInlineScriptsOrFrames() throws Exception {
        RawHttp.Answer page = RawHttp.send(port, "GET /", "Host: 127.0.0.1:" + port);
        assertThat(page.status()).isNotEqualTo(401);
        assertThat(page.head())
                .containsIgnoringCase("script-src 'self';")
                .containsIgnoringCase("frame-ancestors 'none'")
                .doesNotContain("unsafe-eval");
        assertThat(RawHttp.send(port, "GET /", "Host: evil.example:" + port).status())
                .isEqualTo(421);
    }

    @Test
    void opensATerminalOnlyForAFirstMessageWithTheSecret() throws Exception {
        String secret = secret(signIn(code(), "http://127.0.0.1:" + port));
        // No such session: that this is said shows that the message was enough.
        assertThat(terminal("{\"secret\":\"" + secret + "\"}")).contains("NOT_FOUND");
        assertThat(terminal("{\"secret\":\"wrong\"}")).isEqualTo("closed 1008");
        assertThat(terminal("ls\r")).isEqualTo("closed 1008");
    }

    /// What the service answers to a page's WebSocket with that first message.
    private String terminal(String first) throws Exception {
        CompletableFuture<String> heard = new CompletableFuture<>();
        StringBuilder text = new StringBuilder();
        try (HttpClient client = HttpClient.newHttpClient()) {
            WebSocket socket =
                    client.newWebSocketBuilder()
                            .header("Origin", "http://127.0.0.1:" + port)
                            .connectTimeout(Duration.ofSeconds(20))
                            .buildAsync(
                                    URI.create(
                                            "ws://127.0.0.1:"
                                                    + port
                                                    + "/api/v1/sessions/nowhere/terminal"),
                                    new WebSocket.Listener() {
                                        @Override
                                        public CompletionStage<?> onText(
                                                WebSocket ws, CharSequence data, boolean last) {
                                            text.append(data);
                                            if (last) {
                                                heard.complete(text.toString());
                                            }
                                            ws.request(1);
                                            return CompletableFuture.completedFuture(null);
                                        }

                                        @Override
                                        public CompletionStage<?> onClose(
                                                WebSocket ws, int status, String reason) {
                                            heard.complete("closed " + status);
                                            return CompletableFuture.completedFuture(null);
                                        }
                                    })
                            .get(20, TimeUnit.SECONDS);
            socket.sendText(first, true).get(20, TimeUnit.SECONDS);
            String answer = heard.get(20, TimeUnit.SECONDS);
            socket.abort();
            return answer;
        }
    }

    private String code() throws Exception {
        return owner.post("page/codes", Map.of()).body().path("code").asText();
    }

    private RawHttp.Answer signIn(String code, String origin) throws Exception {
        return RawHttp.send(
                port,
                "POST /api/v1/sign-in",
                List.of(
                        "Host: 127.0.0.1:" + port,
                        "Origin: " + origin,
                        "Content-Type: application/json"),
                "{\"code\":\"" + code + "\"}");
    }

    private static String secret(RawHttp.Answer answer) {
        return answer.body().replaceAll("(?s).*\"secret\"\\s*:\\s*\"([^\"]+)\".*", "$1");
    }

    private int board(String secret) throws Exception {
        return RawHttp.send(
                        port,
                        "GET /api/v1/board",
                        "Host: 127.0.0.1:" + port,
                        "Authorization: Bearer " + secret)
                .status();
    }
}
