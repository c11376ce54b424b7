package dev.muster.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A client with the token, for tests.
final class ServiceClient implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final String BASE32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;

    ServiceClient(int port) {
        this.port = port;
    }

    record Answer(int status, JsonNode body) {}

    record Event(String name, JsonNode data) {}

    static String newId() {
        StringBuilder id = new StringBuilder("01");
        for (int i = 2; i < 26; i++) {
            id.append(BASE32.charAt(RANDOM.nextInt(32)));
        }
        return id.toString();
    }

    Answer get(String path) throws Exception {
        return send(request(path).GET().build());
    }

    Answer post(String path, Object body) throws Exception {
        return post(path, JSON.writeValueAsString(body));
    }

    Answer post(String path, String body) throws Exception {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build());
    }

    Answer put(String path, Object body) throws Exception {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                        .build());
    }

    Answer delete(String path) throws Exception {
        return send(request(path).DELETE().build());
    }

    Answer start(String name, String prompt) throws Exception {
        return post(
                "sessions",
                Map.of(
                        "id",
                        newId(),
                        "host",
                        "here",
                        "repo",
                        "app",
                        "name",
                        name,
                        "worktree",
                        true,
                        "prompt",
                        prompt));
    }

    private Answer send(HttpRequest request) throws Exception {
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        return new Answer(answer.statusCode(), JSON.readTree(answer.body()));
    }

    private HttpRequest.Builder request(String path) throws IOException {
        String full = path.startsWith("/") ? path : "/api/v1/" + path;
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + full))
                .header("Authorization", "Bearer " + ServiceFixture.token());
    }

    WebSocket socket(String path, WebSocket.Listener listener) throws IOException {
        return http.newWebSocketBuilder()
                .header("Authorization", "Bearer " + ServiceFixture.token())
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/api/v1/" + path), listener)
                .join();
    }

    Events events(String path) throws Exception {
        HttpResponse<InputStream> answer =
                http.send(request(path).GET().build(), BodyHandlers.ofInputStream());
        return new Events(answer.body());
    }

    /// A stream, read in the background.
    static final class Events implements AutoCloseable {
        private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
        private final InputStream in;

        Events(InputStream in) {
            this.in = in;
            Thread.ofVirtual().start(this::read);
        }

        private void read() {
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                String name = "";
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("event:")) {
                        name = line.substring(6).strip();
                    } else if (line.startsWith("data:")) {
                        events.add(new Event(name, JSON.readTree(line.substring(5))));
                    }
                }
            } catch (IOException e) {
                // Closed by the test.
            }
        }

        /// The next event, or a failure after 60 s.
        Event next() throws InterruptedException {
            Event event = events.poll(60, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("no event within 60 s");
            }
            return event;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
