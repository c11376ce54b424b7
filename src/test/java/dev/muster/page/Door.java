package dev.muster.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/// What a scenario can have done to the world from outside of the page. `POST /stop/HOST` ends a
/// host's SSH server, `/restart/HOST` starts it again, `/rekey/HOST` with other host keys, and
/// `/shut/HOST` has it take no key of ours any more; `/add/HOST` makes one ({@link NewHost});
/// `/remove/HOST` takes it out of `hosts.yaml`, and its rows stay until they are forgotten;
/// `/forge/HOST` leaves sessions there ({@link Forgery}), one for each object of the body's array;
/// `/adopt/HOST` gives the session of the body's `id` to another service. Answers when it is done;
/// `/claim/HOST` is done for the first who asks, and refused to all others.
final class Door implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PageWorld world;
    private final HttpServer server;
    private final Set<String> claimed = ConcurrentHashMap.newKeySet();

    Door(PageWorld world) throws IOException {
        this.world = world;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::open);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void open(HttpExchange exchange) throws IOException {
        String[] asked = exchange.getRequestURI().getPath().substring(1).split("/");
        try (exchange) {
            try {
                if (asked[0].equals("claim") && !claimed.add(asked[1])) {
                    answer(exchange, 409, "claimed");
                    return;
                }
                act(asked[0], asked[1], exchange.getRequestBody());
                answer(exchange, 200, "done");
            } catch (Exception | AssertionError e) {
                StringWriter why = new StringWriter();
                e.printStackTrace(new PrintWriter(why));
                answer(exchange, 500, why.toString());
            }
        }
    }

    private void act(String what, String host, InputStream body) throws Exception {
        switch (what) {
            case "claim" -> {}
            case "stop" -> world.server(host).stop();
            case "restart" -> world.server(host).restart();
            case "rekey" -> world.server(host).restartWithNewKeys();
            case "shut" -> world.server(host).refuseKeys();
            case "add" -> world.add(host, JSON.readValue(body, NewHost.class));
            case "adopt" -> world.giveAway(host, JSON.readTree(body).path("id").asText());
            case "remove" -> world.remove(host);
            case "forge" -> {
                // While nobody looks: all of them are found at once when the host is back.
                world.server(host).stop();
                Forgery forgery = new Forgery(world.server(host).home().path());
                for (JsonNode changes : JSON.readTree(body)) {
                    forgery.make(changes);
                }
                world.server(host).restart();
            }
            default -> throw new IllegalArgumentException(what);
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
