package dev.muster.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Models that do as the newest prompt says, in the three dialects that the agents speak: OpenAI's
/// Responses and chat completions, and Gemini's generateContent. `run COMMAND` has them use their
/// shell, `slow` takes until the end of the test, `limit` is refused with 429 and `broken` with
/// 400; all else is answered at once.
final class StubModels implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NEW = JsonNodeFactory.instance;

    private final HttpServer server;
    private final CountDownLatch closed = new CountDownLatch(1);

    StubModels() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }

    private void answer(HttpExchange http) throws IOException {
        try (http) {
            JsonNode body = JSON.readTree(http.getRequestBody());
            String path = http.getRequestURI().getPath();
            if (path.endsWith("/responses")) {
                reply(http, Dialect.RESPONSES, body);
            } else if (path.endsWith("/chat/completions")) {
                reply(http, Dialect.CHAT, body);
            } else if (path.endsWith(":streamGenerateContent")) {
                reply(http, Dialect.GEMINI, body);
            } else if (path.endsWith(":generateContent")) {
                // What it asks beside the conversation: who speaks next, which model to take.
                send(http, 200, Dialect.gemini(text("{\"next_speaker\":\"user\"}")).toString());
            } else {
                send(http, 200, "{\"data\":[],\"models\":[],\"totalTokens\":1}");
            }
        }
    }

    private void reply(HttpExchange http, Dialect dialect, JsonNode body) throws IOException {
        String prompt = dialect.prompt(body).strip();
        boolean used = dialect.toolAnswered(body);
        if (!used && prompt.startsWith("limit") && !body.path("tools").isEmpty()) {
            send(
                    http,
                    429,
                    "{\"error\":{\"type\":\"usage_limit_reached\",\"message\":\"a limit of the"
                            + " stub\",\"resets_in_seconds\":3600,\"status\":\"RESOURCE_EXHAUSTED\"}}");
            return;
        }
        if (prompt.startsWith("broken") && !body.path("tools").isEmpty()) {
            send(
                    http,
                    400,
                    "{\"error\":{\"message\":\"the stub takes no such thing\",\"code\":400,"
                            + "\"status\":\"INVALID_ARGUMENT\"}}");
            return;
        }
        http.getResponseHeaders().set("Content-Type", "text/event-stream");
        http.sendResponseHeaders(200, 0);
        if (prompt.startsWith("slow") && !body.path("tools").isEmpty()) {
            http.getResponseBody().write(": wait\n\n".getBytes(StandardCharsets.UTF_8));
            http.getResponseBody().flush();
            await();
        }
        String command =
                !used && prompt.startsWith("run ") && !body.path("tools").isEmpty()
                        ? prompt.substring(4)
                        : null;
        for (String event : dialect.events(body, command, "done: " + prompt)) {
            http.getResponseBody().write(event.getBytes(StandardCharsets.UTF_8));
        }
        http.getResponseBody().flush();
    }

    private void await() throws IOException {
        try {
            closed.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void send(HttpExchange http, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        http.getResponseHeaders().set("Content-Type", "application/json");
        http.sendResponseHeaders(status, bytes.length);
        http.getResponseBody().write(bytes);
    }

    private static ObjectNode text(String text) {
        return NEW.objectNode().put("text", text);
    }

    private enum Dialect {
        RESPONSES {
            @Override
            String prompt(JsonNode body) {
                String prompt = "";
                for (JsonNode item : body.path("input")) {
                    for (JsonNode part : item.path("content")) {
                        // What the client adds of its own begins with a tag.
                        if (item.path("role").asText("").equals("user")
                                && !part.path("text").asText("<").startsWith("<")) {
                            prompt = part.path("text").asText();
                        }
                    }
                }
                return prompt;
            }

            @Override
            boolean toolAnswered(JsonNode body) {
                JsonNode items = body.path("input");
                return items.path(items.size() - 1).path("type").asText("").endsWith("_output");
            }

            @Override
            List<String> events(JsonNode body, @Nullable String command, String text) {
                ObjectNode item = NEW.objectNode();
                if (command == null) {
                    item.put("type", "message").put("role", "assistant").put("id", "msg_1");
                    item.putArray("content").add(text(text).put("type", "output_text"));
                } else {
                    ObjectNode args = NEW.objectNode();
                    args.put("cmd", command).put("sandbox_permissions", "require_escalated");
                    args.put("justification", "the stub wants it");
                    item.put("type", "function_call").put("id", "fc_1").put("name", "exec_command");
                    item.put("call_id", call()).put("arguments", args.toString());
                }
                ObjectNode created = NEW.objectNode().put("type", "response.created");
                created.putObject("response").put("id", "resp_1");
                ObjectNode done = NEW.objectNode().put("type", "response.output_item.done");
                done.put("output_index", 0).set("item", item);
                ObjectNode completed = NEW.objectNode().put("type", "response.completed");
                ObjectNode response = completed.putObject("response").put("id", "resp_1");
                response.putArray("output").add(item);
                response.putObject("usage")
                        .put("input_tokens", 1234)
                        .put("output_tokens", 56)
                        .put("total_tokens", 1290);
                return List.of(
                        "event: response.created\ndata: " + created + "\n\n",
                        "event: response.output_item.done\ndata: " + done + "\n\n",
                        "event: response.completed\ndata: " + completed + "\n\n");
            }
        },

        CHAT {
            @Override
            String prompt(JsonNode body) {
                String prompt = "";
                for (JsonNode message : body.path("messages")) {
                    if (message.path("role").asText("").equals("user")) {
                        JsonNode content = message.path("content");
                        prompt =
                                content.isTextual()
                                        ? content.asText()
                                        : content.path(content.size() - 1).path("text").asText();
                    }
                }
                return prompt;
            }

            @Override
            boolean toolAnswered(JsonNode body) {
                JsonNode messages = body.path("messages");
                return messages.path(messages.size() - 1).path("role").asText("").equals("tool");
            }

            @Override
            List<String> events(JsonNode body, @Nullable String command, String text) {
                ObjectNode delta = NEW.objectNode().put("role", "assistant");
                if (command == null) {
                    delta.put("content", text);
                } else {
                    ObjectNode call = delta.putArray("tool_calls").addObject();
                    call.put("index", 0).put("id", call()).put("type", "function");
                    ObjectNode args = NEW.objectNode().put("command", command);
                    args.put("description", "what the stub wants");
                    call.putObject("function")
                            .put("name", "bash")
                            .put("arguments", args.toString());
                }
                ObjectNode last = chunk(NEW.objectNode(), command == null ? "stop" : "tool_calls");
                last.putObject("usage")
                        .put("prompt_tokens", 1234)
                        .put("completion_tokens", 56)
                        .put("total_tokens", 1290);
                return List.of(
                        "data: " + chunk(delta, null) + "\n\n",
                        "data: " + last + "\n\n",
                        "data: [DONE]\n\n");
            }

            private ObjectNode chunk(ObjectNode delta, @Nullable String finish) {
                ObjectNode chunk = NEW.objectNode().put("id", "c1");
                chunk.put("object", "chat.completion.chunk").put("created", 1).put("model", "stub");
                ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
                choice.put("finish_reason", finish).set("delta", delta);
                return chunk;
            }
        },

        GEMINI {
            @Override
            String prompt(JsonNode body) {
                String prompt = "";
                for (JsonNode content : body.path("contents")) {
                    for (JsonNode part : content.path("parts")) {
                        String text = part.path("text").asText("<");
                        if (content.path("role").asText("").equals("user")
                                && !text.startsWith("<")
                                && !text.startsWith("This is the Gemini")) {
                            prompt = text;
                        }
                    }
                }
                return prompt;
            }

            @Override
            boolean toolAnswered(JsonNode body) {
                JsonNode contents = body.path("contents");
                JsonNode parts = contents.path(contents.size() - 1).path("parts");
                return parts.path(parts.size() - 1).has("functionResponse");
            }

            @Override
            List<String> events(JsonNode body, @Nullable String command, String text) {
                ObjectNode part = text(text);
                if (command != null) {
                    part = NEW.objectNode();
                    ObjectNode call =
                            part.putObject("functionCall").put("name", "run_shell_command");
                    call.putObject("args")
                            .put("command", command)
                            .put("description", "what the stub wants");
                }
                return List.of("data: " + gemini(part) + "\n\n");
            }
        };

        static ObjectNode gemini(ObjectNode part) {
            ObjectNode answer = NEW.objectNode();
            ArrayNode candidates = answer.putArray("candidates");
            ObjectNode candidate = candidates.addObject().put("finishReason", "STOP");
            candidate.putObject("content").put("role", "model").putArray("parts").add(part);
            answer.putObject("usageMetadata")
                    .put("promptTokenCount", 1234)
                    .put("candidatesTokenCount", 56)
                    .put("totalTokenCount", 1290);
            return answer;
        }

        static String call() {
            return "call_" + System.nanoTime();
        }

        /// The newest prompt of a person.
        abstract String prompt(JsonNode body);

        /// Whether a tool's result is the newest message.
        abstract boolean toolAnswered(JsonNode body);

        abstract List<String> events(JsonNode body, @Nullable String command, String text);
    }
}
