package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A session's terminal through the WebSocket, with real tmux.
@QuarkusTest
class SessionTerminalIT extends WithService {
    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void carriesWhatIsTypedAndWhatIsShown() throws Exception {
        running("typed", "hello");
        Screen screen = attach("typed", "");

        screen.shows("prompt: hello");
        screen.type("über $HOME\r");
        screen.shows("got: über $HOME");

        screen.leave();
        owner.post("sessions/typed/stop", "");
    }

    @Test
    void dropsWhatIsTypedWhenItIsReadOnly() throws Exception {
        running("watched", "hello");
        Screen screen = attach("watched", "&readOnly=true");
        screen.shows("prompt: hello");
        screen.type("from-the-watcher\r");

        Screen other = attach("watched", "");
        other.type("from-the-typist\r");
        screen.shows("got: from-the-typist");

        assertThat(screen.text()).doesNotContain("from-the-watcher");
        screen.leave();
        other.leave();
        owner.post("sessions/watched/stop", "");
    }

    @Test
    void opensAShellInTheWorktreeAndTellsHowItEnded() throws Exception {
        running("shelled", "hello");
        Screen screen = attach("shelled", "&kind=shell");
        screen.type("pwd; cat README\r");
        screen.shows("repo.worktrees/shelled");
        screen.shows("hello");
        screen.type("exit 7\r");

        assertThat(screen.ended.get(60, TimeUnit.SECONDS)).isEqualTo("{\"exit\":7}");
        owner.post("sessions/shelled/stop", "");
    }

    @Test
    void isLeftByItsKeysWhenTheyComeInOneHeap() throws Exception {
        running("heaped", "hello");
        Screen screen = attach("heaped", "");
        screen.shows("prompt: hello");
        screen.type("last words\r\u0002d");

        assertThat(screen.ended.get(60, TimeUnit.SECONDS)).isEqualTo("{\"exit\":0}");
        Screen later = attach("heaped", "");
        later.shows("got: last words");
        later.leave();
        owner.post("sessions/heaped/stop", "");
    }

    @Test
    void takesAResize() throws Exception {
        running("resized", "hello");
        Screen screen = attach("resized", "&kind=shell");
        screen.socket().sendText("{\"resize\":{\"columns\":123,\"rows\":45}}", true).join();
        screen.socket().sendText("no json", true).join();
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(
                        () -> {
                            screen.type("stty size\r");
                            assertThat(screen.text()).contains("45 123");
                        });
        screen.leave();
        owner.post("sessions/resized/stop", "");
    }

    @Test
    void keepsTheSizeOfTheFirstViewerUntilItLeaves() throws Exception {
        running("shared", "hello");
        Screen first = attach("shared", "&join=true", 100, 30);
        first.shows("prompt: hello");
        Screen second = attach("shared", "&join=true", 50, 10);
        second.shows("\u001b]7717;joined\u0007");
        second.type("both\r");
        first.shows("got: both");
        assertThat(sizeOf("shared")).isEqualTo("100x30");

        first.leave();
        second.shows("\u001b]7717;alone\u0007");
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> assertThat(sizeOf("shared")).isEqualTo("50x10"));
        second.leave();
        owner.post("sessions/shared/stop", "");
    }

    @Test
    void bringsWhatHasScrolledAway() throws Exception {
        // Printed in one go: what is typed might be echoed within a line.
        running(
                "scrolled",
                IntStream.rangeClosed(1, 40)
                        .mapToObj(i -> "line-" + i)
                        .collect(Collectors.joining("\n")));
        Screen first = attach("scrolled", "&readOnly=true");
        first.shows("line-40");
        first.leave();

        Screen later = attach("scrolled", "&readOnly=true&history=1000");
        later.shows("line-40");
        assertThat(later.text()).contains("prompt: line-1\r\n", "line-2\r\n", "line-9\r\n");
        later.leave();
        owner.post("sessions/scrolled/stop", "");
    }

    @Test
    void sendsAFloodNoFasterThanTheClientShowsIt() throws Exception {
        running("flood", "flood");
        int window = 100_000;
        Screen screen = attach("flood", "&window=" + window);
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> assertThat(screen.size()).isGreaterThanOrEqualTo(window));
        Awaitility.await()
                .during(Duration.ofMillis(500))
                .atMost(SOON)
                .untilAsserted(() -> assertThat(screen.size()).isLessThan(window + 16 * 1024));

        screen.socket().sendText("{\"taken\":" + window + "}", true).join();

        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> assertThat(screen.size()).isGreaterThanOrEqualTo(2 * window));
        screen.leave();
        owner.post("sessions/flood/stop", "");
    }

    @Test
    void saysWhyThereIsNoTerminal() throws Exception {
        Screen screen = attach("nobody", "");

        assertThat(screen.ended.get(60, TimeUnit.SECONDS))
                .startsWith("{\"problem\":")
                .contains("NOT_FOUND");
    }

    @Test
    void servesOthersWhileAClientDoesNotReadAFlood() throws Exception {
        running("flooding", "flood");
        Screen deaf = new Screen(1);
        deaf.open("sessions/flooding/terminal?columns=200&rows=50");

        long before = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            assertThat(owner.get("board").status()).isEqualTo(200);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(SOON);
        assertThat(owner.post("sessions/flooding/stop", "").status()).isEqualTo(200);
        deaf.leave();
    }

    @Test
    void closesTheHostsSideWhenTheClientLeaves() throws Exception {
        running("left", "hello");
        Screen screen = attach("left", "");
        screen.shows("prompt: hello");
        screen.leave();

        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(
                                                RawHttp.send(
                                                                port,
                                                                "GET /q/metrics",
                                                                "Host: 127.0.0.1:" + port,
                                                                "Authorization: Bearer "
                                                                        + ServiceFixture.token())
                                                        .body())
                                        .contains("muster_terminals 0"));
        owner.post("sessions/left/stop", "");
    }

    private void running(String name, String prompt) throws Exception {
        assertThat(owner.start(name, prompt).status()).isEqualTo(202);
        Awaitility.await()
                .atMost(SOON)
                .until(
                        () ->
                                owner.get("sessions/" + name)
                                        .body()
                                        .path("lifecycle")
                                        .asText()
                                        .equals("running"));
    }

    /// What tmux has on this session's screen, in cells.
    private String sizeOf(String name) throws Exception {
        String id = owner.get("sessions/" + name).body().path("id").asText();
        Path socket;
        try (Stream<Path> files = Files.walk(ServiceFixture.home())) {
            socket = files.filter(file -> file.endsWith("tmux.sock")).findFirst().orElseThrow();
        }
        Process asked =
                new ProcessBuilder(
                                "tmux",
                                "-S",
                                socket.toString(),
                                "display-message",
                                "-p",
                                "-t",
                                "=" + id + ":",
                                "#{window_width}x#{window_height}")
                        .start();
        return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    private Screen attach(String name, String query) throws Exception {
        return attach(name, query, 80, 24);
    }

    private Screen attach(String name, String query, int columns, int rows) throws Exception {
        Screen screen = new Screen(Integer.MAX_VALUE);
        screen.open(
                "sessions/%s/terminal?columns=%d&rows=%d&term=xterm%s"
                        .formatted(name, columns, rows, query));
        return screen;
    }

    /// What a client has been shown.
    private final class Screen implements WebSocket.Listener {
        final CompletableFuture<String> ended = new CompletableFuture<>();
        private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
        private final int frames;
        private int seen;
        private @Nullable WebSocket socket;

        Screen(int frames) {
            this.frames = frames;
        }

        void open(String path) throws Exception {
            socket = owner.socket(path, this);
        }

        WebSocket socket() {
            if (socket == null) {
                throw new IllegalStateException("not open");
            }
            return socket;
        }

        void type(String text) {
            socket().sendBinary(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), true)
                    .join();
        }

        synchronized int size() {
            return shown.size();
        }

        synchronized String text() {
            return shown.toString(StandardCharsets.UTF_8);
        }

        void shows(String text) {
            Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(text()).contains(text));
        }

        void leave() {
            socket().abort();
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(
                WebSocket from, ByteBuffer data, boolean last) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            synchronized (this) {
                shown.writeBytes(bytes);
            }
            if (++seen < frames) {
                from.request(1);
            }
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket from, CharSequence data, boolean last) {
            ended.complete(data.toString());
            from.request(1);
            return null;
        }
    }
}
