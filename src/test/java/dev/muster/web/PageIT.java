package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Signing in to the page, on the running service.
@QuarkusTest
class PageIT extends WithService {
    private final HttpClient browser = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        browser.shutdownNow();
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
    void endsStreamsAndTerminalsWithTheSignInThatOpenedThem() throws Exception {
        String stays = secret(signIn(code(), origin()));
        String leaves = secret(signIn(code(), origin()));
        assertThat(owner.start("watched-page", "hello").status()).isEqualTo(202);
        try (OpenStream board = new OpenStream(leaves);
                OpenStream other = new OpenStream(stays)) {
            PageTerminal terminal =
                    new PageTerminal("watched-page", "{\"secret\":\"" + leaves + "\"}");
            terminal.heard.get(60, TimeUnit.SECONDS);

            RawHttp.Answer answer =
                    RawHttp.send(
                            port,
                            "DELETE /api/v1/sign-in",
                            "Host: 127.0.0.1:" + port,
                            "Authorization: Bearer " + leaves);
            assertThat(answer.body()).contains("signed out");
            board.awaitEnd();
            terminal.closed.get(60, TimeUnit.SECONDS);
            assertThat(board(stays)).as("the other browser's").isEqualTo(200);

            terminal = new PageTerminal("watched-page", "{\"secret\":\"" + stays + "\"}");
            terminal.heard.get(60, TimeUnit.SECONDS);
            assertThat(owner.delete("sign-ins").status()).isEqualTo(200);
            other.awaitEnd();
            terminal.closed.get(60, TimeUnit.SECONDS);
        } finally {
            owner.post("sessions/watched-page/stop", "");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/x-www-form-urlencoded", "multipart/form-data", "text/plain"})
    void refusesAFormThatAnotherPageSends(String type) throws Exception {
        // What a browser sends for <form method=post action=…>: no header of the page's choice.
        List<String> form =
                List.of(
                        "Host: 127.0.0.1:" + port,
                        "Content-Type: " + type,
                        "Origin: http://127.0.0.1:3000",
                        "Sec-Fetch-Site: same-site",
                        "Sec-Fetch-Mode: navigate");
        String body = "{\"code\":\"" + code() + "\"}";
        assertThat(RawHttp.send(port, "POST /api/v1/sign-in", form, body).status()).isEqualTo(403);
        assertThat(RawHttp.send(port, "POST /api/v1/service/stop", form, body).status())
                .isEqualTo(403);
        List<String> own =
                List.of("Host: 127.0.0.1:" + port, "Content-Type: " + type, "Origin: " + origin());
        assertThat(RawHttp.send(port, "POST /api/v1/sign-in", own, body).status())
                .as("not even by the page itself")
                .isIn(400, 415);
        assertThat(RawHttp.send(port, "POST /api/v1/service/stop", own, body).status())
                .isEqualTo(401);
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

    private String origin() {
        return "http://127.0.0.1:" + port;
    }

    /// What the service answers to a page's WebSocket with that first message.
    private String terminal(String first) throws Exception {
        PageTerminal terminal = new PageTerminal("nowhere", first);
        CompletableFuture.anyOf(terminal.heard, terminal.closed).get(60, TimeUnit.SECONDS);
        return terminal.heard.isDone() ? terminal.heard.get() : "closed " + terminal.closed.get();
    }

    /// A terminal as the page opens it.
    private final class PageTerminal implements WebSocket.Listener {
        /// Its first message, of either kind.
        final CompletableFuture<String> heard = new CompletableFuture<>();

        /// The status it was closed with; -1 when the connection broke.
        final CompletableFuture<Integer> closed = new CompletableFuture<>();

        private final StringBuilder text = new StringBuilder();

        PageTerminal(String session, String first) throws Exception {
            String path = "/api/v1/sessions/" + session + "/terminal";
            browser.newWebSocketBuilder()
                    .header("Origin", origin())
                    .connectTimeout(Duration.ofSeconds(60))
                    .buildAsync(URI.create("ws://127.0.0.1:" + port + path), this)
                    .get(60, TimeUnit.SECONDS)
                    .sendText(first, true)
                    .get(60, TimeUnit.SECONDS);
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket ws, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                heard.complete(text.toString());
            }
            ws.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket ws, ByteBuffer data, boolean last) {
            heard.complete("bytes");
            ws.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket ws, int status, String reason) {
            closed.complete(status);
            return null;
        }

        @Override
        public void onError(WebSocket ws, Throwable error) {
            closed.complete(-1);
        }
    }

    /// The board's event stream, open.
    private final class OpenStream implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader lines;

        OpenStream(String secret) throws IOException {
            socket = new Socket("127.0.0.1", port);
            socket.setSoTimeout(60_000);
            String request =
                    "GET /api/v1/board/events HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n".formatted(port)
                            + "Authorization: Bearer %s\r\n\r\n".formatted(secret);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            lines =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertThat(lines.readLine()).contains("200");
        }

        /// Times out where the stream goes on.
        void awaitEnd() throws IOException {
            while (lines.readLine() != null) {
                // What was told before.
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
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
