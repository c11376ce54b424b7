package dev.muster.claude;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// A Messages API that does what the last line of the newest prompt says, as far as Claude Code
/// needs it:
///
/// | the prompt holds | the answer |
/// | --- | --- |
/// | `RUN:command` | uses Bash |
/// | `RUN2:command` | uses Bash twice side by side |
/// | `RUNBG:command` | uses Bash in the background |
/// | `ASK` | asks a question with two choices |
/// | `AGENT:text` | has a subagent do the text |
/// | `HOLD:name` | begins to speak and goes on after [#release] |
/// | `BUSY429:n` | 429 with `retry-after` n times, then text |
/// | `BUSY429:name` | the same until [#release] |
/// | `QUOTA` | 429 as for a subscription whose window of five hours is full |
/// | `FAIL:status` | that status |
/// | what `/compact` asks | a summary, after [#release] of `compact` |
/// | anything else | says `Heard: ` and the text's last line |
///
/// The results of tools are answered with `All done.`
final class StubModel implements AutoCloseable {
    /// When the full window of `QUOTA` begins anew.
    static final Instant RESET = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(7200);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern WORD =
            Pattern.compile("(RUN2|RUNBG|RUN|ASK|AGENT|HOLD|BUSY429|QUOTA|FAIL)(?::([^\\n]*))?");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger count = new AtomicInteger();
    private final Map<String, AtomicInteger> refusals = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();
    private final List<String> prompts = new CopyOnWriteArrayList<>();
    private final List<String> results = new CopyOnWriteArrayList<>();
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicReference<Bill> bill = new AtomicReference<>(Bill.NONE);

    StubModel() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// Lets `HOLD:name` go on.
    void release(String name) {
        latch(name).countDown();
    }

    /// The newest text of each request, in order.
    List<String> prompts() {
        return List.copyOf(prompts);
    }

    /// Waits until it was asked that.
    void awaitPrompt(String text) {
        Awaitility.await("the prompt at the model")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> prompts.stream().anyMatch(p -> p.contains(text)));
    }

    /// How many answers it has given whole.
    int answers() {
        return answers.get();
    }

    /// Waits until it has given so many answers whole.
    void awaitAnswers(int wanted) {
        Awaitility.await("answer " + wanted + " of the model")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> answers.get() >= wanted);
    }

    /// What stood newest in each request, results of tools included, as JSON.
    List<String> results() {
        return List.copyOf(results);
    }

    /// What was billed for tokens that were sent, cached or not, and for those that came back.
    long sent() {
        return bill.get().sent();
    }

    long got() {
        return bill.get().got();
    }

    /// What was billed so far.
    Bill bill() {
        return bill.get();
    }

    @Override
    public void close() {
        held.values().forEach(CountDownLatch::countDown);
        server.stop(0);
        threads.close();
    }

    private CountDownLatch latch(String name) {
        return held.computeIfAbsent(name, _ -> new CountDownLatch(1));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(200, -1);
            } else if (path.endsWith("/count_tokens")) {
                json(exchange, 200, JSON.createObjectNode().put("input_tokens", 1234));
            } else if (path.endsWith("/messages")) {
                message(exchange, JSON.readTree(body));
            } else {
                error(exchange, 404, "not_found_error", "no such thing here");
            }
        }
    }

    private void message(HttpExchange exchange, JsonNode request) throws IOException {
        Newest newest = Newest.of(request);
        prompts.add(newest.text());
        JsonNode messages = request.path("messages");
        results.add(messages.path(messages.size() - 1).toString());
        Matcher word = WORD.matcher(newest.end());
        boolean tools = !request.path("tools").isEmpty();
        boolean compaction = newest.text().contains("<analysis>");
        String verb = !compaction && !newest.result() && word.find() ? word.group(1) : "";
        String rest = verb.isEmpty() || word.group(2) == null ? "" : word.group(2).strip();
        switch (verb) {
            case "BUSY429" -> {
                if (refuses(rest, newest.text())) {
                    exchange.getResponseHeaders().set("retry-after", "1");
                    error(exchange, 429, "rate_limit_error", "too many tokens in a minute");
                    return;
                }
            }
            case "QUOTA" -> {
                windows(exchange, "rejected", "1.0");
                exchange.getResponseHeaders().set("retry-after", "3600");
                exchange.getResponseHeaders().set("x-should-retry", "false");
                error(exchange, 429, "rate_limit_error", "the account's limit is reached");
                return;
            }
            case "FAIL" -> {
                boolean auth = rest.equals("401");
                error(
                        exchange,
                        Integer.parseInt(rest),
                        auth ? "authentication_error" : "invalid_request_error",
                        "as asked");
                return;
            }
            default -> {}
        }
        windows(exchange, "allowed", "0.37");
        ArrayNode blocks = tools ? blocks(verb, rest) : JSON.createArrayNode();
        boolean uses = !blocks.isEmpty();
        if (!uses) {
            blocks.add(says(newest.result() ? "All done." : "Heard: " + newest.end()));
        }
        String hold = compaction ? "compact" : verb.equals("HOLD") ? rest : null;
        if (request.path("stream").asBoolean(false)) {
            new Stream(exchange, request.path("model").asText()).send(blocks, uses, hold);
        } else {
            json(exchange, 200, whole(request, blocks, uses));
        }
        answers.incrementAndGet();
    }

    /// @param until a number of times, or the name whose release ends it
    private boolean refuses(String until, String prompt) {
        if (!until.matches("[0-9]+")) {
            return latch(until).getCount() > 0;
        }
        AtomicInteger times = refusals.computeIfAbsent(prompt, _ -> new AtomicInteger());
        return times.incrementAndGet() <= Integer.parseInt(until);
    }

    private ArrayNode blocks(String verb, String rest) {
        ArrayNode blocks = JSON.createArrayNode();
        switch (verb) {
            case "RUN" -> blocks.add(bash(rest, false));
            case "RUN2" -> blocks.add(bash(rest + " one", false)).add(bash(rest + " two", false));
            case "RUNBG" -> blocks.add(bash(rest, true));
            case "ASK" -> blocks.add(question());
            case "AGENT" ->
                    blocks.add(
                            use(
                                    "Agent",
                                    JSON.createObjectNode()
                                            .put("description", "a part of it")
                                            .put("subagent_type", "general-purpose")
                                            .put("run_in_background", false)
                                            .put("prompt", rest)));
            default -> {}
        }
        return blocks;
    }

    private JsonNode bash(String command, boolean background) {
        ObjectNode input =
                JSON.createObjectNode().put("command", command).put("description", "as asked");
        if (background) {
            input.put("run_in_background", true);
        }
        return use("Bash", input);
    }

    private JsonNode question() {
        ObjectNode input = JSON.createObjectNode();
        ObjectNode asked = input.putArray("questions").addObject();
        asked.put("question", "Which colour?").put("header", "Colour").put("multiSelect", false);
        ArrayNode options = asked.putArray("options");
        options.addObject().put("label", "Red").put("description", "warm");
        options.addObject().put("label", "Blue").put("description", "cold");
        return use("AskUserQuestion", input);
    }

    private ObjectNode use(String tool, JsonNode input) {
        ObjectNode block = JSON.createObjectNode();
        block.put("type", "tool_use").put("id", "toolu_" + count.incrementAndGet());
        block.put("name", tool).set("input", input);
        return block;
    }

    private static ObjectNode says(String text) {
        return JSON.createObjectNode().put("type", "text").put("text", text);
    }

    private ObjectNode whole(JsonNode request, ArrayNode blocks, boolean uses) {
        ObjectNode message = start(request.path("model").asText());
        message.set("content", blocks);
        message.put("stop_reason", uses ? "tool_use" : "end_turn");
        message.withObject("/usage").put("output_tokens", bill(message));
        return message;
    }

    /// Bills an answer that was begun so: no two for the same.
    ///
    /// @return the tokens that came back
    private int bill(ObjectNode message) {
        int out = message.path("usage").path("input_tokens").asInt() - 1158;
        bill.updateAndGet(before -> before.plus(billed(message, out)));
        return out;
    }

    private static Bill billed(ObjectNode message, int out) {
        JsonNode usage = message.path("usage");
        return Bill.of(
                usage.path("input_tokens").asLong(),
                usage.path("cache_creation_input_tokens").asLong(),
                usage.path("cache_read_input_tokens").asLong(),
                out);
    }

    private ObjectNode start(String model) {
        ObjectNode message = JSON.createObjectNode();
        int number = count.incrementAndGet();
        message.put("id", "msg_" + number).put("type", "message");
        message.put("role", "assistant").put("model", model).putArray("content");
        message.putNull("stop_reason").putNull("stop_sequence");
        message.putObject("usage")
                .put("input_tokens", 1200 + number)
                .put("cache_creation_input_tokens", 3000)
                .put("cache_read_input_tokens", 8000)
                .put("output_tokens", 1);
        return message;
    }

    /// What a subscription's answers say of its windows.
    private static void windows(HttpExchange exchange, String status, String fiveHours) {
        String name = "anthropic-ratelimit-unified-";
        String reset = Long.toString(RESET.getEpochSecond());
        Map.of(
                        "status", status,
                        "reset", reset,
                        "representative-claim", "five_hour",
                        "5h-status", status,
                        "5h-utilization", fiveHours,
                        "5h-reset", reset,
                        "7d-status", "allowed",
                        "7d-utilization", "0.62",
                        "7d-reset", reset)
                .forEach((key, value) -> exchange.getResponseHeaders().set(name + key, value));
    }

    private static void error(HttpExchange exchange, int status, String type, String text)
            throws IOException {
        ObjectNode problem = JSON.createObjectNode().put("type", "error");
        problem.putObject("error").put("type", type).put("message", text);
        json(exchange, status, problem);
    }

    private static void json(HttpExchange exchange, int status, JsonNode body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("content-type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /// What the newest message of the conversation says.
    ///
    /// @param result it is the result of a tool, and no text of a person stands behind it
    private record Newest(String text, boolean result) {
        static Newest of(JsonNode request) {
            List<JsonNode> blocks = new ArrayList<>();
            for (JsonNode message : request.path("messages")) {
                if (message.path("role").asText().equals("user")) {
                    blocks.clear();
                    JsonNode content = message.path("content");
                    if (content.isTextual()) {
                        blocks.add(says(content.textValue()));
                    } else {
                        content.forEach(blocks::add);
                    }
                }
            }
            StringBuilder text = new StringBuilder();
            boolean result = false;
            for (JsonNode block : blocks) {
                String says = block.path("text").asText("");
                if (block.path("type").asText().equals("tool_result")) {
                    result = true;
                    text.setLength(0);
                } else if (!says.isBlank()
                        && !says.startsWith("<system-reminder>")
                        && !says.startsWith("[Request interrupted")) {
                    result = false;
                    text.append(says).append('\n');
                }
            }
            return new Newest(text.toString().strip(), result);
        }

        String end() {
            return text.substring(text.lastIndexOf('\n') + 1);
        }
    }

    /// An answer as server-sent events.
    private final class Stream {
        private final HttpExchange exchange;
        private final OutputStream out;
        private final String model;

        Stream(HttpExchange exchange, String model) throws IOException {
            this.exchange = exchange;
            this.model = model;
            exchange.getResponseHeaders().set("content-type", "text/event-stream");
            exchange.getResponseHeaders().set("cache-control", "no-cache");
            exchange.sendResponseHeaders(200, 0);
            out = exchange.getResponseBody();
        }

        void send(ArrayNode blocks, boolean uses, @Nullable String hold) throws IOException {
            ObjectNode begin = JSON.createObjectNode();
            ObjectNode message = start(model);
            begin.set("message", message);
            event("message_start", begin);
            try {
                for (int i = 0; i < blocks.size(); i++) {
                    block(i, (ObjectNode) blocks.get(i), hold);
                }
            } catch (IOException e) {
                // Nobody listens any more: what was sent has to be paid, and what came until then.
                int out = message.path("usage").path("output_tokens").asInt();
                bill.updateAndGet(before -> before.plus(billed(message, out).broken()));
                throw e;
            }
            ObjectNode end = JSON.createObjectNode();
            end.putObject("delta")
                    .put("stop_reason", uses ? "tool_use" : "end_turn")
                    .putNull("stop_sequence");
            end.putObject("usage").put("output_tokens", bill(message));
            event("message_delta", end);
            event("message_stop", JSON.createObjectNode());
            exchange.close();
        }

        private void block(int index, ObjectNode block, @Nullable String hold) throws IOException {
            boolean isText = block.path("type").asText().equals("text");
            ObjectNode empty = block.deepCopy();
            if (isText) {
                empty.put("text", "");
            } else {
                empty.putObject("input");
            }
            ObjectNode begin = JSON.createObjectNode().put("index", index);
            begin.set("content_block", empty);
            event("content_block_start", begin);
            if (hold != null) {
                delta(index, says("Holding. "), true);
                await(hold);
            }
            delta(index, block, isText);
            event("content_block_stop", JSON.createObjectNode().put("index", index));
        }

        private void delta(int index, JsonNode block, boolean isText) throws IOException {
            ObjectNode delta = JSON.createObjectNode().put("index", index);
            ObjectNode part = delta.putObject("delta");
            if (isText) {
                part.put("type", "text_delta").put("text", block.path("text").asText());
            } else {
                part.put("type", "input_json_delta")
                        .put("partial_json", block.path("input").toString());
            }
            event("content_block_delta", delta);
        }

        private void await(String hold) throws IOException {
            try {
                while (!latch(hold).await(100, TimeUnit.MILLISECONDS)) {
                    // Notices that nobody listens any more.
                    event("ping", JSON.createObjectNode());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void event(String type, ObjectNode data) throws IOException {
            data.put("type", type);
            String text = "event: " + type + "\ndata: " + JSON.writeValueAsString(data) + "\n\n";
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }
}
