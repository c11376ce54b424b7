package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.api.SessionRow;
import dev.muster.cli.client.Json;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `muster attach` as a process of its own on a real terminal: a pane of a tmux server that only
/// this test knows. The other side of the WebSocket is a fake that a test speaks for.
class AttachIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir Path home;
    private final Vertx vertx = Vertx.vertx();
    private final List<ServerWebSocket> sockets = new CopyOnWriteArrayList<>();
    private final List<String> typed = new CopyOnWriteArrayList<>();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile SessionRow row =
            Rows.session("api", "dev-1", "working", Duration.ofMinutes(1));
    private HttpServer server;
    private Pane pane;

    @BeforeEach
    void serve() throws Exception {
        pane = new Pane(home);
        server =
                vertx.createHttpServer()
                        .requestHandler(this::answer)
                        .listen(0, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(30, TimeUnit.SECONDS);
    }

    /// Also upgrades by itself: a server of Quarkus's in the same JVM may have switched off that
    /// Vert.x does so.
    private void answer(HttpServerRequest request) {
        if ("websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            request.toWebSocket().onSuccess(this::accept);
            return;
        }
        request.response()
                .putHeader("Content-Type", "application/json")
                .end(
                        request.path().endsWith("/service")
                                ? Json.write(FakeService.info(List.of(), true))
                                : Json.write(row));
    }

    private void accept(ServerWebSocket socket) {
        asked.add(socket.uri() + " " + socket.headers().get("Authorization"));
        socket.binaryMessageHandler(bytes -> typed.add(bytes.toString(StandardCharsets.UTF_8)));
        socket.textMessageHandler(told::add);
        sockets.add(socket);
    }

    @AfterEach
    void end() throws Exception {
        pane.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private ServerWebSocket socket(int number) {
        await().atMost(SOON).until(() -> sockets.size() > number);
        return sockets.get(number);
    }

    private static void show(ServerWebSocket socket, String text) {
        socket.writeBinaryMessage(Buffer.buffer(text));
    }

    @Test
    void carriesKeysAndScreenByteForByteAndRestoresTheTerminal() throws Exception {
        pane.muster(server.actualPort(), "attach api");
        ServerWebSocket socket = socket(0);
        assertThat(asked.getFirst())
                .contains(
                        "/api/v1/sessions/"
                                + row.id()
                                + "/terminal?kind=agent&readOnly=false&join=true")
                .contains("&columns=80&rows=24&term=")
                .endsWith("Bearer the-token");
        show(socket, "\u001b[?1049h\u001b[2J\u001b[3;5HgrüßeXY\n|");
        pane.awaitScreen("    grüßeXY");
        // A bare newline goes straight down: nothing on this side turned it into more.
        pane.awaitScreen("\n           |");

        pane.tmux("send-keys", "a", "C-c", "C-z", "C-d", "Enter", "ü");
        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(String.join("", typed))
                                        .isEqualTo("a\u0003\u001a\u0004\rü"));

        pane.tmux("resize-window", "-x", "100", "-y", "30");
        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(told)
                                        .anySatisfy(
                                                message ->
                                                        assertThat(message)
                                                                .contains("\"columns\":100")
                                                                .contains("\"rows\":30")));

        show(socket, "\u001b[?1049l");
        socket.writeTextMessage("{\"exit\":0}");

        pane.awaitSaneTerminal(0);
        assertThat(pane.screen())
                .contains("attached to dev-1/api; to leave it running, press Ctrl-b d")
                .contains("left dev-1/api; it goes on running");
    }

    @Test
    void connectsAgainWhenTheConnectionBreaks() throws Exception {
        pane.muster(server.actualPort(), "attach --read-only api");
        show(socket(0), "\u001b[?1049h\u001b[?1000hfirst");
        pane.awaitScreen("first");

        socket(0).close((short) 1011, "gone");

        pane.awaitScreen("the connection broke (closed by the service: gone); trying again");
        show(socket(1), "second");
        pane.awaitScreen("second");
        assertThat(asked.get(1)).contains("readOnly=true");
        row = Rows.session("api", "dev-1", "finished", Duration.ZERO);
        socket(1).writeTextMessage("{\"exit\":0}");
        pane.awaitSaneTerminal(0);
        assertThat(pane.screen()).contains("dev-1/api has ended: finished");
    }

    @Test
    void canBeLeftWhileTheServiceIsAway() throws Exception {
        pane.muster(server.actualPort(), "shell api");
        show(socket(0), "prompt");
        pane.awaitScreen("prompt");
        assertThat(asked.getFirst()).contains("kind=shell");

        server.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        pane.awaitScreen("Ctrl-C leaves");
        pane.tmux("send-keys", "C-c");

        pane.awaitSaneTerminal(0);
    }

    @Test
    void saysTheServicesProblemAndRestoresTheTerminal() throws Exception {
        pane.muster(server.actualPort(), "attach api");
        socket(0)
                .writeTextMessage(
                        "{\"problem\":{\"detail\":\"dev-1 is gone\",\"code\":\"UNREACHABLE\","
                                + "\"findings\":[]}}");

        pane.awaitSaneTerminal(5);
        assertThat(pane.screen()).contains("muster: dev-1 is gone");
    }

    @Test
    void restoresTheTerminalWhenItIsKilled() throws Exception {
        pane.muster(server.actualPort(), "attach api");
        show(socket(0), "here");
        pane.awaitScreen("here");
        String shell = pane.tmux("display-message", "-p", "#{pane_pid}").strip();
        ProcessHandle attach =
                ProcessHandle.of(Long.parseLong(shell))
                        .orElseThrow()
                        .children()
                        .toList()
                        .getFirst();

        attach.destroy();

        pane.awaitSaneTerminal(143);
    }
}
