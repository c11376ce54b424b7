package dev.muster.agent;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Models that do as the newest prompt says, in the three dialects that the agents speak: OpenAI's
/// Responses and chat completions, and Gemini's generateContent. `run COMMAND` has them use their
/// shell, `delegate TASK` a subagent, `slow` is never answered, `limit` is refused with 429 and
/// `broken` with 400; all else is answered at once. Each reply costs [#SENT] and [#GOT] tokens.
final class StubModels implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NEW = JsonNodeFactory.instance;

    static final int SENT = 1234;
    static final int GOT = 56;

    private final HttpServer server;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger replies = new AtomicInteger();
    private final CountDownLatch slow = new CountDownLatch(1);

    StubModels() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// How many replies were given, but for those that only name a conversation: of these an agent
    /// keeps no account.
    int replies() {
        return replies.get();
    }

    /// Waits until it was asked what it never answers: then there is something to interrupt.
    void awaitSlow() throws InterruptedException {
        assertThat(slow.await(120, TimeUnit.SECONDS)).as("asked for what is slow").isTrue();
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
            slow.countDown();
            awaitClose();
            return;
        }
        ObjectNode call = used || body.path("tools").isEmpty() ? null : dialect.call(prompt);
        if (!dialect.names(body)) {
            replies.incrementAndGet();
        }
        for (String event : dialect.events(call, "done: " + prompt)) {
            http.getResponseBody().write(event.getBytes(StandardCharsets.UTF_8));
        }
        http.getResponseBody().flush();
    }

    private void awaitClose() throws IOException {
        try {
            closed.await();
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
                        if (isPrompt(item, part)) {
                            prompt = part.path("text").asText();
                        }
                    }
                }
                return prompt;
            }

            @Override
            boolean toolAnswered(JsonNode body) {
                boolean answered = false;
                for (JsonNode item : body.path("input")) {
                    answered |= item.path("type").asText("").endsWith("_output");
                    for (JsonNode part : item.path("content")) {
                        // What a subagent came to is told in a message that is no prompt.
                        answered &= !isPrompt(item, part);
                    }
                }
                return answered;
            }

            private boolean isPrompt(JsonNode item, JsonNode part) {
                // What the client adds of its own begins with a tag.
                return item.path("role").asText("").equals("user")
                        && !part.path("text").asText("<").startsWith("<");
            }

            @Override
            boolean names(JsonNode body) {
                return prompt(body).startsWith("Generate a concise");
            }

            @Override
            ObjectNode shell(String command) {
                ObjectNode call = NEW.objectNode().put("name", "exec_command");
                call.putObject("arguments")
                        .put("cmd", command)
                        .put("sandbox_permissions", "require_escalated")
                        .put("justification", "the stub wants it");
                return call;
            }

            @Override
            ObjectNode subagent(String task) {
                ObjectNode call = NEW.objectNode().put("name", "spawn_agent");
                call.put("namespace", "multi_agent_v1").putObject("arguments").put("message", task);
                return call;
            }

            @Override
            List<String> events(@Nullable ObjectNode call, String text) {
                ObjectNode item = NEW.objectNode();
                if (call == null) {
                    item.put("type", "message").put("role", "assistant").put("id", "msg_1");
                    item.putArray("content").add(text(text).put("type", "output_text"));
                } else {
                    item.put("type", "function_call").put("id", "fc_1").put("call_id", newCall());
                    item.setAll(call);
                    item.put("arguments", call.path("arguments").toString());
                }
                ObjectNode created = NEW.objectNode().put("type", "response.created");
                created.putObject("response").put("id", "resp_1");
                ObjectNode done = NEW.objectNode().put("type", "response.output_item.done");
                done.put("output_index", 0).set("item", item);
                ObjectNode completed = NEW.objectNode().put("type", "response.completed");
                ObjectNode response = completed.putObject("response").put("id", "resp_1");
                response.putArray("output").add(item);
                response.putObject("usage")
                        .put("input_tokens", SENT)
                        .put("output_tokens", GOT)
                        .put("total_tokens", SENT + GOT);
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
            boolean names(JsonNode body) {
                JsonNode first = body.path("messages").path(0).path("content");
                return first.asText("").contains("title generator");
            }

            @Override
            ObjectNode shell(String command) {
                ObjectNode call = NEW.objectNode().put("name", "bash");
                call.putObject("arguments")
                        .put("command", command)
                        .put("description", "what the stub wants");
                return call;
            }

            @Override
            ObjectNode subagent(String task) {
                ObjectNode call = NEW.objectNode().put("name", "task");
                call.putObject("arguments")
                        .put("description", "what the stub wants")
                        .put("prompt", task)
                        .put("subagent_type", "general");
                return call;
            }

            @Override
            List<String> events(@Nullable ObjectNode call, String text) {
                ObjectNode delta = NEW.objectNode().put("role", "assistant");
                if (call == null) {
                    delta.put("content", text);
                } else {
                    ObjectNode tool = delta.putArray("tool_calls").addObject();
                    tool.put("index", 0).put("id", newCall()).put("type", "function");
                    tool.putObject("function")
                            .put("name", call.path("name").asText())
                            .put("arguments", call.path("arguments").toString());
                }
                ObjectNode last = chunk(NEW.objectNode(), call == null ? "stop" : "tool_calls");
                last.putObject("usage")
                        .put("prompt_tokens", SENT)
                        .put("completion_tokens", GOT)
                        .put("total_tokens", SENT + GOT);
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
            boolean names(JsonNode body) {
                return false;
            }

            @Override
            ObjectNode shell(String command) {
                ObjectNode call = NEW.objectNode().put("name", "run_shell_command");
                call.putObject("arguments")
                        .put("command", command)
                        .put("description", "what the stub wants");
                return call;
            }

            @Override
            @Nullable ObjectNode subagent(String task) {
                return null;
            }

            @Override
            List<String> events(@Nullable ObjectNode call, String text) {
                ObjectNode part = text(text);
                if (call != null) {
                    part = NEW.objectNode();
                    part.putObject("functionCall")
                            .put("name", call.path("name").asText())
                            .set("args", call.path("arguments"));
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
                    .put("promptTokenCount", SENT)
                    .put("candidatesTokenCount", GOT)
                    .put("totalTokenCount", SENT + GOT);
            return answer;
        }

        static String newCall() {
            return "call_" + System.nanoTime();
        }

        /// The tool that a prompt wants used: its name and its arguments.
        @Nullable ObjectNode call(String prompt) {
            if (prompt.startsWith("run ")) {
                return shell(prompt.substring("run ".length()));
            }
            return prompt.startsWith("delegate ")
                    ? subagent(prompt.substring("delegate ".length()))
                    : null;
        }

        /// Whether it only asks for a conversation's name.
        abstract boolean names(JsonNode body);

        abstract ObjectNode shell(String command);

        abstract @Nullable ObjectNode subagent(String task);

        /// The newest prompt of a person.
        abstract String prompt(JsonNode body);

        /// Whether a tool has answered since the newest prompt.
        abstract boolean toolAnswered(JsonNode body);

        abstract List<String> events(@Nullable ObjectNode call, String text);
    }
}
