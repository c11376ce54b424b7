package dev.muster.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.testing.OwnPort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// The real service as a process of its own, with folders of its own, that can be killed at any
/// moment and started again on the same port.
final class Killed implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path JAR = Path.of("target/muster.jar").toAbsolutePath();

    private final Path folder;
    private final int port;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Thread hook = new Thread(this::kill);
    private @Nullable Process process;

    /// @param status 0 when there was no answer: the service was not there, or went meanwhile
    record Answer(int status, JsonNode body) {
        boolean came() {
            return status != 0;
        }

        boolean done() {
            return status / 100 == 2;
        }

        String code() {
            return body.path("code").asText("");
        }
    }

    private Killed(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /// @param hosts the text of its `hosts.yaml`
    static Killed in(Path folder, String hosts) throws IOException {
        assumeTrue(Files.exists(JAR), JAR + " is not built: `make jar`");
        Path config = Files.createDirectories(folder.resolve("config/muster"));
        Files.createDirectories(folder.resolve("home"));
        Files.writeString(config.resolve("hosts.yaml"), hosts);
        Killed killed = new Killed(folder, OwnPort.take());
        Runtime.getRuntime().addShutdownHook(killed.hook);
        return killed;
    }

    Path database() {
        return folder.resolve("data/muster/muster.db");
    }

    /// Starts the process; it answers somewhat later.
    void launch() throws IOException {
        Path aot = folder.resolve("service.aot");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Xmx128m",
                                "-Xlog:disable",
                                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                                // A few sessions make each host write in the next file.
                                "-Dmuster.service.journal-bytes=4000"));
        // The first life leaves a cache behind that makes all later ones come up sooner.
        command.add((Files.exists(aot) ? "-XX:AOTCache=" : "-XX:AOTCacheOutput=") + aot);
        command.addAll(List.of("-jar", JAR.toString(), "serve", "--port", "" + port));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(
                                        folder.resolve("service.log").toFile()));
        Map<String, String> env = builder.environment();
        env.keySet().removeIf(name -> name.startsWith("XDG_") || name.startsWith("MUSTER"));
        env.remove("SSH_AUTH_SOCK");
        env.put("HOME", folder.resolve("home").toString());
        env.put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        env.put("XDG_DATA_HOME", folder.resolve("data").toString());
        env.put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        process = builder.start();
    }

    /// Starts the process and waits until every host is online.
    void start() throws IOException {
        launch();
        awaitOnline();
    }

    void awaitOnline() {
        Awaitility.await("every host is online")
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> {
                            assertThat(process).as(() -> log()).matches(p -> p.isAlive());
                            Answer answer = get("board");
                            List<String> states = new ArrayList<>();
                            answer.body()
                                    .path("hosts")
                                    .forEach(host -> states.add(host.path("state").asText()));
                            return !states.isEmpty() && states.stream().allMatch("online"::equals);
                        });
    }

    /// `kill -9`. Returns when the process is gone.
    void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
            running.onExit().join();
        }
    }

    /// Ends it as a person does, which also writes the cache of a first life.
    void stop() throws InterruptedException {
        Process running = process;
        if (running != null) {
            running.destroy();
            assertThat(running.waitFor(150, TimeUnit.SECONDS)).as("it ends when asked").isTrue();
        }
    }

    Answer get(String path) {
        return send(request(path).GET().build());
    }

    Answer post(String path, Object body) throws IOException {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                        .build());
    }

    Answer delete(String path) {
        return send(request(path).DELETE().build());
    }

    private HttpRequest.Builder request(String path) {
        URI uri = URI.create("http://127.0.0.1:" + port + "/api/v1/" + path);
        return HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token());
    }

    private Answer send(HttpRequest request) {
        try {
            var answer = http.send(request, BodyHandlers.ofString());
            return new Answer(answer.statusCode(), JSON.readTree(answer.body()));
        } catch (IOException e) {
            return new Answer(0, JSON.createObjectNode());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(0, JSON.createObjectNode());
        }
    }

    private String token() {
        try {
            return Files.readString(folder.resolve("config/muster/token")).strip();
        } catch (IOException e) {
            return "none-yet";
        }
    }

    /// What it said in all its lives, for a failing test's message.
    String log() {
        try {
            return Files.readString(folder.resolve("service.log"));
        } catch (IOException e) {
            return "no log: " + e;
        }
    }

    @Override
    public void close() {
        kill();
        http.shutdownNow();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // The JVM is ending: the hook does the same.
            return;
        }
    }
}
