package dev.muster.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.api.Ulid;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// A service as a person would run it: `deploy/muster serve` as a process, with a HOME of its own.
final class BenchService implements AutoCloseable {
    static final Path LAUNCHER = Path.of("deploy/muster").toAbsolutePath();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path home;
    private final int port;
    private @Nullable Process process;
    private @Nullable String token;

    BenchService(Path home) throws IOException {
        this.home = Files.createDirectories(home);
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
    }

    /// Writes its `hosts.yaml`; a running service reads it anew by itself.
    void hosts(List<BenchHost> hosts) throws IOException {
        StringBuilder text =
                new StringBuilder(
                        """
                        defaults: { agent: bench }
                        agents:
                          bench: { type: command, command: /bin/sh, args: ["-c", "{prompt}"] }
                        hosts:
                        """);
        for (BenchHost host : hosts) {
            text.append(host.yaml());
        }
        Path file = home.resolve(".config/muster/hosts.yaml");
        Files.createDirectories(file.getParent());
        Path whole = Files.writeString(file.resolveSibling("hosts.new"), text.toString());
        Files.move(whole, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    /// Starts it and waits for its first answer.
    ///
    /// @return milliseconds from starting the process to the answer
    double start() throws IOException, InterruptedException {
        Path log = home.resolve("service.log");
        ProcessBuilder builder = command("serve", "--port", "" + port);
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        long from = System.nanoTime();
        Process started = builder.start();
        process = started;
        while (!answers()) {
            if (!started.isAlive()) {
                throw new IOException("the service ended: " + Files.readString(log));
            }
            LockSupport.parkNanos(2_000_000);
        }
        return millisSince(from);
    }

    private boolean answers() throws InterruptedException {
        try {
            Path file = home.resolve(".config/muster/token");
            if (!Files.exists(file)) {
                return false;
            }
            token = Files.readString(file).strip();
            return send(request("service").GET().build()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    void awaitOnline(int hosts) {
        Awaitility.await(hosts + " hosts online")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> online() == hosts);
    }

    private int online() throws IOException, InterruptedException {
        int online = 0;
        for (JsonNode host : get("board?limit=0").path("hosts")) {
            online += host.path("state").asText().equals("online") ? 1 : 0;
        }
        return online;
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(request(path).GET().build());
        if (answer.statusCode() != 200) {
            throw new IOException(path + ": " + answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    /// Asks for a session; it goes on starting after the answer.
    void ask(String host, String name, String script) throws IOException, InterruptedException {
        Map<String, Object> body =
                Map.of(
                        "id",
                        Ulid.next(),
                        "host",
                        host,
                        "repo",
                        "api",
                        "name",
                        name,
                        "worktree",
                        true,
                        "prompt",
                        script);
        HttpRequest request =
                request("sessions")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
                        .build();
        HttpResponse<String> answer = send(request);
        if (answer.statusCode() / 100 != 2) {
            throw new IOException("start " + name + ": " + answer.body());
        }
    }

    /// An action that needs no more words.
    void act(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(request(path).POST(BodyPublishers.noBody()).build());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(path + ": " + answer.body());
        }
    }

    void awaitState(String session, String state) {
        Awaitility.await(session + " is " + state)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> get("sessions/" + session).path("state").asText().equals(state));
    }

    /// A terminal's WebSocket.
    WebSocket socket(String path, WebSocket.Listener listener) {
        return http.newWebSocketBuilder()
                .header("Authorization", "Bearer " + Objects.requireNonNull(token, "not started"))
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/api/v1/" + path), listener)
                .join();
    }

    /// Where the page is.
    URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    private HttpResponse<String> send(HttpRequest request)
            throws IOException, InterruptedException {
        return http.send(request, BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/" + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + Objects.requireNonNull(token, "not started"));
    }

    /// A `muster` command that talks to this service, not yet started.
    ProcessBuilder command(String... args) {
        ProcessBuilder builder = new ProcessBuilder(LAUNCHER.toString());
        builder.command().addAll(List.of(args));
        Map<String, String> env = builder.environment();
        env.keySet().removeIf(name -> name.startsWith("XDG_") || name.startsWith("MUSTER_"));
        env.keySet().removeAll(List.of("SSH_AUTH_SOCK", "TMUX", "TMUX_PANE"));
        env.put("HOME", home.toString());
        env.put("MUSTER_SERVER", "http://127.0.0.1:" + port);
        env.put("MUSTER_NO_TRAINING", "1");
        return builder;
    }

    /// Megabytes of a line of /proc/PID/status: `VmRSS` now, `VmHWM` the most it ever was.
    double resident(String line) throws IOException {
        Path status = Path.of("/proc/" + Objects.requireNonNull(process).pid() + "/status");
        return Files.readAllLines(status).stream()
                .filter(text -> text.startsWith(line + ":"))
                .mapToDouble(text -> Double.parseDouble(text.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElse(Double.NaN);
    }

    static double millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e6;
    }

    void stop() throws InterruptedException {
        Process running = process;
        if (running != null) {
            running.destroy();
            if (!running.waitFor(20, TimeUnit.SECONDS)) {
                running.destroyForcibly().waitFor();
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        stop();
        http.shutdownNow();
    }
}
