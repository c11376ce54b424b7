package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/// MCP over streamable HTTP, as an agent speaks it.
final class McpClient implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI uri;
    private final String token;
    private JsonNode greeting = MissingNode.getInstance();
    private String session = "";
    private int id;

    private McpClient(int port, String token) {
        this.uri = URI.create("http://127.0.0.1:" + port + "/mcp");
        this.token = token;
    }

    /// One that has shaken hands.
    static McpClient open(int port, String token) throws Exception {
        McpClient client = new McpClient(port, token);
        client.greeting = client.initialize();
        return client;
    }

    /// Another holder's use of the same MCP session.
    McpClient with(String otherToken) {
        McpClient other = new McpClient(uri.getPort(), otherToken);
        other.session = session;
        return other;
    }

    /// What the server said of itself.
    JsonNode greeting() {
        return greeting;
    }

    private JsonNode initialize() throws Exception {
        JsonNode answer =
                ask(
                        "initialize",
                        Map.of(
                                "protocolVersion",
                                "2025-06-18",
                                "capabilities",
                                Map.of(),
                                "clientInfo",
                                Map.of("name", "test", "version", "1")));
        HttpResponse<String> noted =
                post(Map.of("jsonrpc", "2.0", "method", "notifications/initialized"));
        assertThat(noted.statusCode()).isEqualTo(202);
        return answer;
    }

    List<JsonNode> tools() throws Exception {
        return StreamSupport.stream(ask("tools/list", Map.of()).path("tools").spliterator(), false)
                .toList();
    }

    List<String> toolNames() throws Exception {
        return tools().stream().map(tool -> tool.path("name").asText()).toList();
    }

    record Called(boolean isError, String text) {}

    Called call(String tool, Map<String, ?> arguments) throws Exception {
        JsonNode result = ask("tools/call", Map.of("name", tool, "arguments", arguments));
        return new Called(
                result.path("isError").asBoolean(),
                result.path("content").path(0).path("text").asText());
    }

    private JsonNode ask(String method, Map<String, ?> params) throws Exception {
        HttpResponse<String> answer =
                post(Map.of("jsonrpc", "2.0", "id", ++id, "method", method, "params", params));
        assertThat(answer.statusCode()).as("%s", answer.body()).isEqualTo(200);
        JsonNode message = JSON.readTree(answer.body());
        assertThat(message.path("error").toString()).isEmpty();
        return message.path("result");
    }

    private HttpResponse<String> post(Map<String, ?> message) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri)
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json, text/event-stream")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        JSON.writeValueAsString(message)));
        if (!session.isEmpty()) {
            request.header("Mcp-Session-Id", session);
        }
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        answer.headers().firstValue("mcp-session-id").ifPresent(given -> session = given);
        return answer;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
