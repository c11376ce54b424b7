package dev.muster.fleet.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the host's script reads from Claude Code's state file, with each awk there is, against what
/// a JSON library reads.
@Timeout(120)
class ClaudeStateIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEY_END = "key-0123456789abcdef";
    private static final String[] TEXTS = {
        "",
        "a",
        "hasTrustDialogAccepted",
        "projects",
        "approved",
        "true",
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "\"",
        "\\",
        "\\\"",
        "\\\\",
        "x\\",
        "/srv/é ü",
        "/srv/🚀\n",
        "\t",
        "\u0001",
        " ",
        KEY_END,
        "hasCompletedOnboarding",
        "customApiKeyResponses",
        "$HOME `id` 'x'",
        "\"}}]]\": true"
    };

    @TempDir Path dir;

    @ParameterizedTest
    @ValueSource(strings = {"awk", "mawk", "gawk", "busybox", "original-awk"})
    void readsTheFileOfTheRealOne(String awk) throws Exception {
        use(awk);
        Path file = dir.resolve("claude.json");
        try (InputStream sample =
                ClaudeStateIT.class.getResourceAsStream("/claude/claude-2.1.329.json")) {
            Files.copy(sample, file);
        }

        assertThat(read(file))
                .containsExactlyInAnyOrder(
                        "onboarding true",
                        "key approved",
                        "trust true /srv/prö j \"q\" \\b {x} [é] $HOME",
                        "trust false /srv/asked only");
    }

    @ParameterizedTest
    @ValueSource(strings = {"awk", "mawk", "gawk", "busybox", "original-awk"})
    void readsAnyFileAsALibraryDoes(String awk) throws Exception {
        use(awk);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            ObjectNode state = state(random);
            boolean spread = random.nextBoolean();
            Path file = dir.resolve("f" + i);
            Files.write(
                    file,
                    (spread ? JSON.writerWithDefaultPrettyPrinter() : JSON.writer())
                            .writeValueAsBytes(state));

            assertThat(read(file))
                    .as("seed %s: %s", seed, state)
                    .containsExactlyInAnyOrderElementsOf(expected(state));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"awk", "mawk", "gawk", "busybox"})
    void readsMegabytesOfHistoryInASecondOrTwo(String awk) throws Exception {
        use(awk);
        ObjectNode state = JSON.createObjectNode();
        ObjectNode projects = state.putObject("projects");
        for (int i = 0; i < 2000; i++) {
            ObjectNode project = projects.putObject("/srv/project " + i);
            project.put("hasTrustDialogAccepted", i % 2 == 0);
            project.putArray("history").add("pasted \"text\" \\ ".repeat(100));
        }
        Path file = dir.resolve("big.json");
        Files.write(file, JSON.writeValueAsBytes(state));
        assertThat(Files.size(file)).isGreaterThan(3_000_000);

        assertThat(read(file)).hasSize(2000);
        // The doctor's login shell has 12 s for all of it. Of the processor, since how much of that
        // a crowded machine gives to a test says nothing.
        assertThat(processorSeconds()).isLessThan(10);
    }

    private void use(String awk) throws IOException {
        Path program =
                List.of("/usr/bin", "/bin").stream()
                        .map(at -> Path.of(at, awk))
                        .filter(Files::isExecutable)
                        .findFirst()
                        .orElse(null);
        assumeTrue(program != null, "no " + awk + " here");
        Path bin = Files.createDirectories(dir.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("awk"), program);
    }

    /// A state file that means something here and there.
    private static ObjectNode state(Random random) {
        ObjectNode state = JSON.createObjectNode();
        for (int i = random.nextInt(4); i >= 0; i--) {
            state.set(text(random), value(random, 4));
        }
        if (random.nextBoolean()) {
            state.put("hasCompletedOnboarding", random.nextBoolean());
        }
        ObjectNode projects = state.putObject("projects");
        for (int i = random.nextInt(4); i > 0; i--) {
            ObjectNode project = projects.putObject(text(random) + i);
            project.set(text(random), value(random, 3));
            project.put("hasTrustDialogAccepted", random.nextBoolean());
            project.set(text(random) + "z", value(random, 3));
        }
        ObjectNode keys = state.putObject("customApiKeyResponses");
        for (String answer : List.of("approved", "rejected")) {
            ArrayNode given = keys.putArray(answer);
            for (int i = random.nextInt(3); i > 0; i--) {
                given.add(text(random));
            }
        }
        state.set(text(random) + "y", value(random, 4));
        return state;
    }

    private static JsonNode value(Random random, int depth) {
        int kind = random.nextInt(depth > 0 ? 7 : 5);
        return switch (kind) {
            case 0 -> JSON.getNodeFactory().textNode(text(random));
            case 1 -> JSON.getNodeFactory().numberNode(random.nextGaussian() * 1e20);
            case 2 -> JSON.getNodeFactory().booleanNode(random.nextBoolean());
            case 3 -> JSON.getNodeFactory().nullNode();
            case 4 -> JSON.getNodeFactory().numberNode(-random.nextInt(1000));
            case 5 -> {
                ArrayNode array = JSON.createArrayNode();
                for (int i = random.nextInt(3); i > 0; i--) {
                    array.add(value(random, depth - 1));
                }
                yield array;
            }
            default -> {
                ObjectNode object = JSON.createObjectNode();
                for (int i = random.nextInt(3); i > 0; i--) {
                    object.set(text(random), value(random, depth - 1));
                }
                yield object;
            }
        };
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(3); i >= 0; i--) {
            text.append(TEXTS[random.nextInt(TEXTS.length)]);
        }
        return text.toString();
    }

    /// By a library: at the places where the file means it, and nowhere else.
    private static List<String> expected(JsonNode state) {
        List<String> facts = new ArrayList<>();
        JsonNode onboarding = state.path("hasCompletedOnboarding");
        if (onboarding.isBoolean() || onboarding.isNull()) {
            facts.add("onboarding " + onboarding.asText());
        }
        for (Map.Entry<String, JsonNode> project : state.path("projects").properties()) {
            JsonNode trust = project.getValue().path("hasTrustDialogAccepted");
            if (trust.isBoolean() || trust.isNull()) {
                facts.add("trust " + trust.asText() + " " + project.getKey());
            }
        }
        for (JsonNode key : state.path("customApiKeyResponses").path("approved")) {
            if (key.asText().equals(KEY_END)) {
                facts.add("key approved");
            }
        }
        return facts;
    }

    /// What the script's own function says of a file, paths decoded as the service does.
    private List<String> read(Path file) throws Exception {
        Process process =
                new ProcessBuilder(
                                "sh",
                                "-c",
                                function()
                                        + "\nPATH=$3:$PATH; m_json \"$1\" \"$2\" && times >\"$4\"",
                                "sh",
                                file.toString(),
                                KEY_END,
                                dir.resolve("bin").toString(),
                                times().toString())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        List<String> facts = new ArrayList<>();
        for (String line : said.lines().toList()) {
            String[] words = line.split(" ", 3);
            facts.add(
                    words[0].equals("trust")
                            ? "trust "
                                    + words[1]
                                    + " "
                                    + JSON.readValue("\"" + words[2] + "\"", String.class)
                            : line);
        }
        return facts;
    }

    private Path times() {
        return dir.resolve("times");
    }

    /// What the programs that the last reading started have used: `0m1.25s 0m0.02s` is the second
    /// line that `times` prints.
    private double processorSeconds() throws IOException {
        double seconds = 0;
        for (String time : Files.readAllLines(times()).get(1).split(" ")) {
            String[] parts = time.replace("s", "").split("m");
            seconds += Double.parseDouble(parts[0]) * 60 + Double.parseDouble(parts[1]);
        }
        return seconds;
    }

    private static String function() throws IOException {
        String text = script("doctor-inside");
        int from = text.indexOf("m_json() {");
        return script("lib/json") + text.substring(from, text.indexOf("\n}\n", from) + 3);
    }

    private static String script(String name) throws IOException {
        try (InputStream script =
                ClaudeStateIT.class.getResourceAsStream("/scripts/" + name + ".sh")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
