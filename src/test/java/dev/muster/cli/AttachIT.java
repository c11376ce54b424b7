package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.api.SessionRow;
import dev.muster.cli.client.Json;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir Path home;
    private final Vertx vertx = Vertx.vertx();
    private final List<ServerWebSocket> sockets = new CopyOnWriteArrayList<>();
    private final List<String> typed = new CopyOnWriteArrayList<>();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile SessionRow row =
            Rows.session("api", "dev-1", "working", Duration.ofMinutes(1));
    private HttpServer server;

    @BeforeEach
    void serve() throws Exception {
        new CliRun(home, ExitCodesTest.free());
        server =
                vertx.createHttpServer()
                        .requestHandler(
                                request ->
                                        request.response()
                                                .putHeader("Content-Type", "application/json")
                                                .end(
                                                        request.path().endsWith("/service")
                                                                ? Json.write(
                                                                        FakeService.info(
                                                                                List.of(), true))
                                                                : Json.write(row)))
                        .webSocketHandler(this::accept)
                        .listen(0, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(30, TimeUnit.SECONDS);
    }

    private void accept(ServerWebSocket socket) {
        asked.add(socket.uri() + " " + socket.headers().get("Authorization"));
        socket.binaryMessageHandler(bytes -> typed.add(bytes.toString(StandardCharsets.UTF_8)));
        socket.textMessageHandler(told::add);
        sockets.add(socket);
    }

    @AfterEach
    void end() throws Exception {
        tmux("kill-server");
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private String tmux(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "tmux",
                                "-u",
                                "-S",
                                home.resolve("s").toString(),
                                "-f",
                                "/dev/null"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("TMUX"));
        builder.environment().put("HOME", home.toString());
        builder.environment().put("SHELL", "/bin/sh");
        Process tmux = builder.start();
        String out = new String(tmux.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        tmux.waitFor();
        return out;
    }

    /// Types the command into a shell of the pane, so that the shell shows what it leaves behind.
    private void muster(String arguments) throws Exception {
        Path run =
                Files.writeString(
                        home.resolve("run"),
                        """
                        unset TMUX JAVA_TOOL_OPTIONS
                        '%s/bin/java' -Duser.home='%s' --enable-native-access=ALL-UNNAMED \\
                            -cp '%s' dev.muster.Main --server http://127.0.0.1:%d %s
                        echo "status $?"
                        stty -a | tr ' ;' '\\n\\n' |
                            grep -xE -- '-?(echo|icanon|isig|opost|icrnl)' | paste -sd, -
                        """
                                .formatted(
                                        System.getProperty("java.home"),
                                        home,
                                        System.getProperty("java.class.path"),
                                        server.actualPort(),
                                        arguments));
        tmux("new-session", "-d", "-x", "80", "-y", "24", "exec /bin/sh");
        tmux("send-keys", ". '" + run + "'", "Enter");
    }

    private String screen() throws Exception {
        return tmux("capture-pane", "-p");
    }

    private void awaitScreen(String text) {
        await().atMost(SOON).untilAsserted(() -> assertThat(screen()).contains(text));
    }

    private ServerWebSocket socket(int number) {
        await().atMost(SOON).until(() -> sockets.size() > number);
        return sockets.get(number);
    }

    private static void show(ServerWebSocket socket, String text) {
        socket.writeBinaryMessage(Buffer.buffer(text));
    }

    private void awaitSaneTerminal(int status) {
        awaitScreen("status " + status);
        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(screen())
                                        .contains("icrnl", "opost", "isig", "icanon", "echo")
                                        .doesNotContain("-icrnl", "-opost", "-isig", "-icanon")
                                        .doesNotContain("-echo"));
    }

    @Test
    void carriesKeysAndScreenByteForByteAndRestoresTheTerminal() throws Exception {
        muster("attach api");
        ServerWebSocket socket = socket(0);
        assertThat(asked.getFirst())
                .contains("/api/v1/sessions/" + row.id() + "/terminal?kind=agent&readOnly=false")
                .contains("&columns=80&rows=24&term=")
                .endsWith("Bearer the-token");
        show(socket, "\u001b[?1049h\u001b[2J\u001b[3;5HgrüßeXY\n|");
        awaitScreen("    grüßeXY");
        // A bare newline goes straight down: nothing on this side turned it into more.
        awaitScreen("\n           |");

        tmux("send-keys", "a", "C-c", "C-z", "C-d", "Enter", "ü");
        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(String.join("", typed))
                                        .isEqualTo("a\u0003\u001a\u0004\rü"));

        tmux("resize-window", "-x", "100", "-y", "30");
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

        awaitSaneTerminal(0);
        assertThat(screen())
                .contains("attached to dev-1/api; to leave it running, press Ctrl-b d")
                .contains("left dev-1/api; it goes on running");
    }

    @Test
    void connectsAgainWhenTheConnectionBreaks() throws Exception {
        muster("attach --read-only api");
        show(socket(0), "\u001b[?1049h\u001b[?1000hfirst");
        awaitScreen("first");

        socket(0).close((short) 1011, "gone");

        awaitScreen("the connection broke (closed by the service: gone); trying again");
        show(socket(1), "second");
        awaitScreen("second");
        assertThat(asked.get(1)).contains("readOnly=true");
        row = Rows.session("api", "dev-1", "finished", Duration.ZERO);
        socket(1).writeTextMessage("{\"exit\":0}");
        awaitSaneTerminal(0);
        assertThat(screen()).contains("dev-1/api has ended: finished");
    }

    @Test
    void canBeLeftWhileTheServiceIsAway() throws Exception {
        muster("shell api");
        show(socket(0), "prompt");
        awaitScreen("prompt");
        assertThat(asked.getFirst()).contains("kind=shell");

        server.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        awaitScreen("Ctrl-C leaves");
        tmux("send-keys", "C-c");

        awaitSaneTerminal(0);
    }

    @Test
    void saysTheServicesProblemAndRestoresTheTerminal() throws Exception {
        muster("attach api");
        socket(0)
                .writeTextMessage(
                        "{\"problem\":{\"detail\":\"dev-1 is gone\",\"code\":\"UNREACHABLE\","
                                + "\"findings\":[]}}");

        awaitSaneTerminal(5);
        assertThat(screen()).contains("muster: dev-1 is gone");
    }

    @Test
    void restoresTheTerminalWhenItIsKilled() throws Exception {
        muster("attach api");
        show(socket(0), "here");
        awaitScreen("here");
        String pane = tmux("display-message", "-p", "#{pane_pid}").strip();
        ProcessHandle attach =
                ProcessHandle.of(Long.parseLong(pane)).orElseThrow().children().toList().getFirst();

        attach.destroy();

        awaitSaneTerminal(143);
    }
}
