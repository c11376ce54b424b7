package dev.muster.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.muster.api.Problem;
import dev.muster.api.ServiceInfo;
import dev.muster.cli.client.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/// A service that answers what a test told it to, on a free port, and remembers what it was asked.
final class FakeService implements AutoCloseable {
    static final String TOKEN = "the-token";

    /// @param target path and query below `/api/v1/`
    record Asked(String method, String target, String authorization, String body) {}

    interface Answer {
        void give(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    final List<Asked> asked = new CopyOnWriteArrayList<>();

    FakeService() throws IOException {
        this(0);
    }

    FakeService(int port) throws IOException {
        server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/api/v1/", this::answer);
        server.start();
        json("GET service", 200, info(List.of(), true));
    }

    static ServiceInfo info(List<String> hostsErrors, boolean agent) {
        return new ServiceInfo("1.2.3", "svc", 4711, Instant.EPOCH, null, null, hostsErrors, agent);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /// @param route method, a space, and path with query below `/api/v1/`
    FakeService on(String route, Answer answer) {
        answers.put(route, answer);
        return this;
    }

    FakeService json(String route, int status, Object document) {
        return on(route, exchange -> send(exchange, status, "application/json", json(document)));
    }

    FakeService problem(String route, Problem problem) {
        return on(
                route,
                exchange ->
                        send(
                                exchange,
                                problem.status(),
                                "application/problem+json",
                                Json.write(problem)));
    }

    /// A stream of events: each a name, a space and a document. It ends after the last.
    FakeService events(String route, Object... namesAndDocuments) {
        return on(route, exchange -> stream(exchange, namesAndDocuments));
    }

    static void stream(HttpExchange exchange, Object... namesAndDocuments) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(": hello\n\n".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < namesAndDocuments.length; i += 2) {
                String event =
                        "event: %s\ndata: %s\n\n"
                                .formatted(namesAndDocuments[i], json(namesAndDocuments[i + 1]));
                out.write(event.getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        }
    }

    static void send(HttpExchange exchange, int status, String type, String body)
            throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private static String json(Object document) {
        return document instanceof String text ? text : Json.write(document);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String target = exchange.getRequestURI().toString().substring("/api/v1/".length());
        String route = exchange.getRequestMethod() + " " + target;
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(
                new Asked(
                        exchange.getRequestMethod(),
                        target,
                        "" + exchange.getRequestHeaders().getFirst("Authorization"),
                        body));
        // What only trims the board's rows changes nothing that a test looks at.
        Answer answer = answers.get(route.replaceFirst("[?&](fields|limit)=[^&]*$", ""));
        try (exchange) {
            if (answer == null) {
                send(exchange, 404, "text/plain", "the test has no answer to " + route);
            } else {
                answer.give(exchange);
            }
        }
    }

    /// The body of the last request to a route.
    String body(String route) {
        return asked.stream()
                .filter(a -> (a.method() + " " + a.target()).equals(route))
                .reduce((_, last) -> last)
                .orElseThrow(() -> new AssertionError(route + " was not asked; but " + asked))
                .body();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
