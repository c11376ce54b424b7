package dev.muster.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/// `lib/json.sh` against Jackson: documents of any shape, in the shells of the hosts.
class JsonScriptIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper PRETTY =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final Path SCRIPT = Path.of("src/main/resources/scripts/lib/json.sh");
    private static final List<List<String>> SHELLS =
            List.of(List.of("dash"), List.of("busybox", "ash"), List.of("bash"), List.of("mksh"));

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void findsEveryValueOfAnyDocument(
            @ForAll("documents") JsonNode document, @ForAll boolean pretty) throws Exception {
        String text = (pretty ? PRETTY : JSON).writeValueAsString(document);
        List<String> leaves = new ArrayList<>();
        collect("", document, leaves);
        assertThat(run("m_json_leaves", text).lines().toList())
                .as(text)
                .containsExactlyElementsOf(leaves);
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void readsAndWritesTexts(@ForAll("texts") String text) throws Exception {
        String quoted = JSON.writeValueAsString(text);
        assertThat(run("m_json_text", quoted)).isEqualTo(text);
        String written =
                "\"" + run("m_json_quoted \"$(cat; printf x)\" | sed 's/x$//'", text) + "\"";
        assertThat(JSON.readValue(written, String.class)).as(written).isEqualTo(text);
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void findsThePlaceForTrustInAnyDocument(
            @ForAll("states") ObjectNode state, @ForAll boolean pretty) throws Exception {
        String text = (pretty ? PRETTY : JSON).writeValueAsString(state);
        String answer = run("m_json_trust \"$(m_json_quoted '/srv/a \"b\"')\"", text).strip();
        ObjectNode wanted = state.deepCopy();
        wanted.withObjectProperty("projects")
                .withObjectProperty("/srv/a \"b\"")
                .put("hasTrustDialogAccepted", true);
        if (answer.isEmpty()) {
            // An empty document: nothing to put it beside.
            assertThat(state).isEmpty();
            return;
        }
        assertThat(JSON.readTree(trusted(text, answer)))
                .as(answer + " in " + text)
                .isEqualTo(JSON.readTree(JSON.writeValueAsString(wanted)));
    }

    /// What `agent-claude.sh` does with the answer.
    private static String trusted(String text, String answer) {
        String[] words = answer.split(" ");
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int at = Integer.parseInt(words[1]);
        String member = "\"hasTrustDialogAccepted\":true";
        String folder = "\"/srv/a \\\"b\\\"\":{" + member + "}";
        String put =
                switch (words[0]) {
                    case "true" -> "";
                    case "value" -> "true";
                    case "only" -> member;
                    case "member" -> member + ",";
                    case "first" -> folder;
                    case "folder" -> folder + ",";
                    case "projects" -> "\"projects\":{" + folder + "},";
                    default -> throw new AssertionError(answer);
                };
        int skip = words[0].equals("value") ? 5 : 0;
        return new String(bytes, 0, at, StandardCharsets.UTF_8)
                + put
                + new String(bytes, at + skip, bytes.length - at - skip, StandardCharsets.UTF_8);
    }

    @Test
    void tellsNoPlaceInWhatIsNoWholeDocument() throws Exception {
        for (String broken :
                List.of("", "{", "{\"projects\":{\"/srv/a\":{}}", "[1,2", "{\"a\":\"", "{}}")) {
            assertThat(run("m_json_trust /srv/a", broken)).as(broken).isEmpty();
        }
    }

    @Test
    void keepsOfALongInputWhatTheBoardNeeds() throws Exception {
        ObjectNode input = JSON.createObjectNode().put("hook_event_name", "PostToolUse");
        input.put("tool_name", "Read").putObject("tool_input").put("file_path", "/a\"b");
        input.withObject("/tool_input").put("content", "\\\"é\n".repeat(30_000));
        input.putObject("tool_response").put("text", "x".repeat(200_000));
        input.put("tool_use_id", "toolu_1");
        JsonNode cut = JSON.readTree(run("m_json_short", JSON.writeValueAsString(input)));
        assertThat(cut.path("cut").asBoolean()).isTrue();
        assertThat(cut.path("tool_use_id").asText()).isEqualTo("toolu_1");
        assertThat(cut.path("tool_input").path("file_path").asText()).isEqualTo("/a\"b");
        assertThat(cut.path("tool_input").path("content").asText()).hasSizeBetween(900, 2000);
        assertThat(cut.has("tool_response")).isFalse();
    }

    private static void collect(String path, JsonNode node, List<String> leaves)
            throws JsonProcessingException {
        if (node.isObject()) {
            for (var entry : node.properties()) {
                String key = JSON.writeValueAsString(entry.getKey());
                collect(path + key.substring(1, key.length() - 1) + "\t", entry.getValue(), leaves);
            }
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(path + i + "\t", node.get(i), leaves);
            }
        } else {
            leaves.add(path + JSON.writeValueAsString(node));
        }
    }

    /// The same in each shell that is installed.
    private static String run(String command, String input) throws Exception {
        String all = null;
        for (List<String> shell : SHELLS) {
            List<String> words = new ArrayList<>(shell);
            words.addAll(List.of("-c", ". " + SCRIPT + "; " + command));
            Process process;
            try {
                process = new ProcessBuilder(words).start();
            } catch (IOException e) {
                continue; // not installed
            }
            try (var in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String out =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).isZero();
            assertThat(all == null || all.equals(out))
                    .as("%s says %s, not %s", shell, out, all)
                    .isTrue();
            all = out;
        }
        assertThat(all).as("some shell is installed").isNotNull();
        return all;
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withChars("ab\"\\{}[]:, \n\t\r\u0001/é漢")
                .withChars('\u007f')
                .ofMaxLength(12)
                .flatMap(
                        text -> Arbitraries.of("", "🎉", "\\u0041", "\\\\").map(end -> text + end));
    }

    @Provide
    Arbitrary<JsonNode> documents() {
        return documents(3).filter(JsonNode::isContainerNode);
    }

    private Arbitrary<JsonNode> documents(int depth) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        Arbitrary<JsonNode> leaf =
                Arbitraries.oneOf(
                        texts().map(nodes::textNode),
                        Arbitraries.longs().map(nodes::numberNode),
                        Arbitraries.of(nodes.booleanNode(true), nodes.nullNode()));
        if (depth == 0) {
            return leaf;
        }
        Arbitrary<JsonNode> inner = documents(depth - 1);
        Arbitrary<JsonNode> object =
                Combinators.combine(texts(), inner)
                        .as(java.util.Map::entry)
                        .list()
                        .ofMaxSize(4)
                        .map(
                                entries -> {
                                    ObjectNode made = nodes.objectNode();
                                    entries.forEach(e -> made.set(e.getKey(), e.getValue()));
                                    return made;
                                });
        Arbitrary<JsonNode> array =
                inner.list()
                        .ofMaxSize(4)
                        .map(
                                items -> {
                                    ArrayNode made = nodes.arrayNode();
                                    items.forEach(made::add);
                                    return made;
                                });
        return Arbitraries.oneOf(leaf, object, array);
    }

    /// Objects in the shape of Claude Code's state, with or without the folder and its trust.
    @Provide
    Arbitrary<ObjectNode> states() {
        Arbitrary<ObjectNode> others =
                documents(3).filter(JsonNode::isObject).map(node -> (ObjectNode) node);
        return Combinators.combine(others, others, others, Arbitraries.integers().between(0, 5))
                .as(
                        (top, projects, folder, how) -> {
                            top.remove("projects");
                            projects.properties().removeIf(e -> !e.getValue().isObject());
                            folder.remove("hasTrustDialogAccepted");
                            if (how > 0) {
                                top.set("projects", projects);
                            }
                            if (how > 1) {
                                projects.set("/srv/a \"b\"", folder);
                            }
                            if (how > 3) {
                                folder.put("hasTrustDialogAccepted", how == 4);
                            }
                            return top;
                        });
    }
}
